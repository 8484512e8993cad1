/** Every command there is. Routing, help and the list that Teams shows are made from this one table. */
import { adminCommands } from './admin/administration.ts'
import { answerTo } from './asked/asked.ts'
import { callsCommands } from './calls/log.ts'
import { pickupCommands } from './calls/pickup.ts'
import { simulateCommands } from './calls/simulate.ts'
import { whoRingsCommands } from './calls/who-rings.ts'
import { type Command } from './command.ts'
import { type Answer } from './draw/answer.ts'
import { helpCard } from './help.ts'
import { alsoSaid } from './said/also-said.ts'
import { notUnderstood } from './said/not-understood.ts'
import { route } from './said/route.ts'
import { wordsOf } from './said/words.ts'
import { callGroupCommands } from './settings/call-group.ts'
import { delegateCommands } from './settings/delegates.ts'
import { forwardingCommands } from './settings/forwarding.ts'
import { introductionCommands } from './settings/introduction.ts'
import { notificationCommands } from './settings/notification.ts'
import { settingsCommands } from './settings/settings.ts'
import { type Turn } from './turn.ts'

const rows: readonly Command[] = [
  {
    title: 'help',
    description: 'Everything you can say.',
    phrases: [
      'help',
      'hi',
      'hello',
      'hey',
      'commands',
      'what can you do',
      'what do you do',
      'who are you',
      'how does this work',
      'good morning',
      'good afternoon',
      'good evening',
    ],
    topic: 'Your settings',
    inManifest: true,
    run: (turn) => helpCard(turn, commands),
  },
  ...settingsCommands,
  ...callGroupCommands,
  ...forwardingCommands,
  ...notificationCommands,
  ...delegateCommands,
  ...whoRingsCommands,
  ...pickupCommands,
  ...callsCommands,
  ...adminCommands,
  ...introductionCommands,
  ...simulateCommands,
]

export const commands: readonly Command[] = rows.map((row) => ({
  ...row,
  phrases: [...row.phrases, ...(row.alone ?? []), ...(alsoSaid[row.title] ?? [])],
}))

/** Answers the question in a text, else runs its command, or says what was probably meant. */
export async function runText(turn: Turn, text: string): Promise<Answer> {
  const answer = await answerTo(turn, text)
  if (answer) return answer
  const words = wordsOf(text)
  const offered = commands.filter(({ isOffered }) => isOffered?.(turn) ?? true)
  const found = route(offered, words)
  return found ? found.command.run(turn, found.rest) : notUnderstood(offered, words)
}
