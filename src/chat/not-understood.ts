/** What to say when nobody understood: one short answer with the nearest command and a way on. */
import { type Command } from './command.ts'
import { notice } from './notice.ts'
import { type Button } from './views.ts'
import { nearestPhrase } from './route.ts'
import { type Answer, type Turn } from './turn.ts'

const waysOn: readonly Button[] = [
  { title: 'Help', verb: 'help', data: {} },
  { title: 'My call group', verb: 'show-group', data: {} },
]

export function notUnderstood(
  _turn: Turn,
  commands: readonly Command[],
  words: readonly string[],
): Promise<Answer> {
  if (words.length === 0)
    return Promise.resolve(notice('Say what you would like to do, or press Help.', waysOn))
  const near = nearestPhrase(commands, words)
  const hint =
    near === null ? 'Say "help" to see what I understand.' : `Did you mean "${near}"? Type it, or press Help.`
  return Promise.resolve(notice(`I did not understand that. ${hint}`, waysOn))
}
