/** What to say when nobody understood: one short answer with the nearest command and a way on. */
import { type Command } from './command.ts'
import { notice } from './notice.ts'
import { type Button } from './views.ts'
import { nearestPhrase } from './route.ts'
import { type Answer, say, type Turn } from './turn.ts'
import { plainWord } from './words.ts'

const waysOn: readonly Button[] = [
  { title: 'Help', verb: 'help', data: {} },
  { title: 'My call group', verb: 'show-group', data: {} },
]

export function notUnderstood(
  _turn: Turn,
  commands: readonly Command[],
  words: readonly string[],
): Promise<Answer> {
  return Promise.resolve(politeAnswer(words) ?? notice(hint(nearestPhrase(commands, words)), waysOn))
}

function hint(near: string | null): string {
  const next =
    near === null ? 'Say "help" to see what I understand.' : `Did you mean "${near}"? Type it, or press Help.`
  return `I did not understand that. ${next}`
}

const gratitude = [
  'thanks',
  'thank you',
  'thank you very much',
  'thanks a lot',
  'thx',
  'cheers',
  'great',
  'bye',
]
const yesOrNo = ['yes', 'no', 'ok', 'okay', 'sure', 'cancel', 'undo', 'stop', 'back', 'no thanks']

/** Words that ask for nothing are answered as what they are. */
function politeAnswer(words: readonly string[]): Answer | null {
  const said = words.map(plainWord).join(' ')
  if (!/[\p{L}\p{N}]/u.test(said)) return notice('Say what you would like to do, or press Help.', waysOn)
  if (gratitude.includes(said)) return say('You are welcome.')
  if (yesOrNo.includes(said))
    return notice('Press a button on the card you mean, or say in words what you would like.', waysOn)
  return null
}
