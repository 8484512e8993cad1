/** Reads where calls shall go, as people say it: voicemail, my group, my delegates, a person, a number. */
import { type PersonId, readPhoneNumber } from '../../core/person.ts'
import { type Refusal } from '../../core/refusal.ts'
import { callGroup, myDelegates, type Target, voicemail } from '../../core/target.ts'
import { typedText } from '../draw/plain.ts'
import { type Speaker } from './called.ts'
import { findAmong, type Found } from './people.ts'
import { plainWord } from './words.ts'

export type ReadTarget =
  | { readonly is: 'target'; readonly target: Target }
  | { readonly is: 'refused'; readonly refusal: Refusal }
  | Extract<Found, { is: 'several' }>

const targets: Readonly<Record<string, Target>> = {
  voicemail,
  'voice mail': voicemail,
  'voice-mail': voicemail,
  mailbox: voicemail,
  'answering machine': voicemail,
  group: callGroup,
  'call group': callGroup,
  'group members': callGroup,
  team: callGroup,
  delegates: myDelegates,
  delegate: myDelegates,
}

/** "now" in "forward to Bo now" is nobody's name. */
const afterwards = ['now', 'too', 'instead']

/** The target these words name: of people first of all one of these. */
export async function readTarget(
  turn: Speaker,
  words: readonly string[],
  meant: readonly PersonId[] = [],
): Promise<ReadTarget> {
  const named = words.filter((word) => !['my', 'the', 'to'].includes(plainWord(word)))
  const plain = afterwards.includes(plainWord(named.at(-1) ?? '')) ? named.slice(0, -1) : named
  const target = namedTarget(plain.map(plainWord).join(' '))
  return target ? { is: 'target', target } : readSomebody(turn, plain.join(' '), meant)
}

function namedTarget(phrase: string): Target | undefined {
  return Object.hasOwn(targets, phrase) ? targets[phrase] : undefined
}

/** A person or a number, however it is written. */
export async function readSomebody(
  turn: Speaker,
  text: string,
  meant: readonly PersonId[] = [],
): Promise<ReadTarget> {
  const number = readPhoneNumber(asDialled(text))
  if (number !== null) return { is: 'target', target: { is: 'number', number } }
  if (text.trim() === '') return { is: 'refused', refusal: { code: 'E_TARGET_FORMAT', given: '' } }
  if (telephones.includes(plainWord(text.trim())))
    return { is: 'refused', refusal: { code: 'E_TARGET_FORMAT', given: text } }
  const person = await findAmong(turn, text, meant)
  if (person.is === 'found') return { is: 'target', target: { is: 'person', person: person.id } }
  return person
}

/** What people call a telephone; its number has to follow. */
const telephones = ['mobile', 'cell', 'phone', 'number', 'landline', 'home', 'desk']

/** A number as it is pasted: any dash, digits of any width, "ext 12" behind, "mobile" in front. */
function asDialled(text: string): string {
  const plain = typedText(text)
    .normalize('NFKC')
    .replace(/\p{Pd}/gu, '-')
  const words = plain.split(/\s/u).filter((word) => word !== '')
  const number = telephones.includes(plainWord(words[0] ?? '')) ? words.slice(1) : words
  return number.join(' ').replace(/ ?(?:extension|ext\.?|x) ?(\d{1,10})$/iu, ';ext=$1')
}
