/** Where a call can be sent. */
import { type PersonId, type PhoneNumber } from './person.ts'

export type Target =
  | { readonly is: 'voicemail' }
  | { readonly is: 'person'; readonly person: PersonId }
  | { readonly is: 'number'; readonly number: PhoneNumber }
  | { readonly is: 'delegates' }
  | { readonly is: 'group' }

export const voicemail: Target = { is: 'voicemail' }
export const callGroup: Target = { is: 'group' }
export const myDelegates: Target = { is: 'delegates' }

/** Whether two targets lead to the same place. */
export function sameTarget(one: Target, other: Target): boolean {
  if (one.is === 'person' && other.is === 'person') return one.person === other.person
  if (one.is === 'number' && other.is === 'number') return one.number === other.number
  return one.is === other.is
}
