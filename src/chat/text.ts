/** What somebody said, typed or by a button that stands for it: the command is found and run. */
import { commands } from './commands.ts'
import { notUnderstood } from './not-understood.ts'
import { route } from './route.ts'
import { type Answer, type Turn } from './turn.ts'
import { wordsOf } from './words.ts'

/** Runs the command in a text, or says what was probably meant. */
export async function runText(turn: Turn, text: string): Promise<Answer> {
  const words = wordsOf(text)
  const offered = commands.filter(({ isOffered }) => isOffered?.(turn) ?? true)
  const found = route(offered, words)
  return found ? found.command.run(turn, found.rest) : notUnderstood(offered, words)
}
