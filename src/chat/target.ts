/** Reads where calls shall go, as people say it: voicemail, my group, my delegates, a person, a number. */
import { readPhoneNumber } from '../core/person.ts'
import { type Refusal } from '../core/refusal.ts'
import { callGroup, myDelegates, type Target, voicemail } from '../core/target.ts'
import { findPerson } from './people.ts'
import { type Turn } from './turn.ts'
import { plainWord } from './words.ts'

export type ReadTarget =
  { readonly is: 'target'; readonly target: Target } | { readonly is: 'refused'; readonly refusal: Refusal }

const named: Readonly<Record<string, Target>> = {
  voicemail,
  'voice mail': voicemail,
  mailbox: voicemail,
  group: callGroup,
  'call group': callGroup,
  team: callGroup,
  delegates: myDelegates,
  delegate: myDelegates,
}

/** The target these words name. */
export async function readTarget(turn: Turn, words: readonly string[]): Promise<ReadTarget> {
  const plain = words.filter((word) => !['my', 'the', 'to'].includes(plainWord(word)))
  const phrase = plain.map(plainWord).join(' ')
  const target = Object.hasOwn(named, phrase) ? named[phrase] : undefined
  return target ? { is: 'target', target } : readSomebody(turn, plain.join(' '))
}

/** A person or a number, however it is written. */
export async function readSomebody(turn: Turn, text: string): Promise<ReadTarget> {
  const number = readPhoneNumber(text)
  if (number !== null) return { is: 'target', target: { is: 'number', number } }
  if (text.trim() === '') return { is: 'refused', refusal: { code: 'E_TARGET_FORMAT', given: '' } }
  const person = await findPerson(turn, text)
  if (person.is === 'found') return { is: 'target', target: { is: 'person', person: person.id } }
  if (person.is === 'refused') return person
  return { is: 'refused', refusal: { code: 'E_NOT_FOUND', given: person.given } }
}
