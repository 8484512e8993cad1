/** What to say when nobody understood: the nearest command and a way on. */
import { type Command } from '../command.ts'
import { type Answer, say } from '../draw/answer.ts'
import { notice } from '../draw/notice.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { moveIn } from './place.ts'
import { nearestPhrase } from './route.ts'
import { plainWord } from './words.ts'

const waysOn: readonly Button[] = [
  { title: 'Help', verb: 'help', data: {} },
  { title: 'My call group', verb: 'show-group', data: {} },
]

/** One short answer with what was probably meant, to be said by pressing it where nothing has to be filled in. */
export function notUnderstood(commands: readonly Command[], words: readonly string[]): Answer {
  const polite = politeAnswer(words)
  if (polite) return polite
  if (isAboutPlace(words)) return meant(`move ${plainName(words.join(' '))}`)
  const near = nearestPhrase(commands, words)
  if (!near) return notice(`${sorry} Say "help" to see what I understand.`, waysOn)
  const { phrase, title, isWhole } = near
  if (!isWhole) return notice(`${sorry} Did you mean "${title}"? Type it, or press Help.`, waysOn)
  return meant(phrase)
}

/** Offers a whole command, to be said by pressing it. */
function meant(text: string): Answer {
  const title = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  return notice(`${sorry} Did you mean "${text}"?`, [{ title, verb: 'say', data: { text } }, ...waysOn])
}

const mostNameWords = 3

/** "Bo first" is about a member's place; "what's up" is not, nor a whole sentence that ends so. */
function isAboutPlace(words: readonly string[]): boolean {
  const place = moveIn(words.at(-1) ?? '')
  return (place === 'first' || place === 'last') && words.length > 1 && words.length <= mostNameWords + 1
}

const sorry = 'I did not understand that.'

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
