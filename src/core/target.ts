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
