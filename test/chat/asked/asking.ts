/** People who ask the bot in this process; an answer as one line, its buttons in brackets. */
import { type Answer } from '../../../src/chat/draw/answer.ts'
import { runText } from '../../../src/chat/commands.ts'
import { answerTo } from '../../../src/chat/asked/asked.ts'
import { type Talk } from '../talk.ts'

/** What somebody is answered to a question; null where it is none. */
export async function asks(talk: Talk, who: string, text: string): Promise<string | null> {
  const answer = await answerTo(await talk.turn(who), text)
  return answer && shown(answer)
}

/** The same for a command. */
export async function says(talk: Talk, who: string, text: string): Promise<string> {
  return shown(await runText(await talk.turn(who), text))
}

function shown(answer: Answer): string {
  if (answer.is === 'text') return answer.text
  const actions = (answer.card['actions'] ?? []) as ReadonlyArray<{ readonly title: string }>
  return [answer.summary, ...actions.map(({ title }) => `[${title}]`)].join(' ')
}
