/**
 * How the chat writes to people: the port behind which the channel's connector stands. Failures that belong to the
 * business of sending are answers, not exceptions, and say what may be done next.
 */
import { type Reach } from '../../store/documents.ts'
import { type CardJson } from '../draw/card.ts'

export type Message = {
  /** Plain text, never Markdown. */
  readonly text?: string
  readonly card?: CardJson
  /** The line of the notification. */
  readonly summary?: string
  /** Whether Teams should alert the person beyond the message itself. */
  readonly alert?: boolean
}

export type Sent = { readonly is: 'sent'; readonly id: string }

export type SendFailure =
  /** Nobody there: blocked, not installed, removed. Not to be tried again until they write. */
  | { readonly is: 'unreachable' }
  /** The conversation or the message no longer exists. */
  | { readonly is: 'gone' }
  | { readonly is: 'throttled'; readonly retryAfterMs: number }
  | { readonly is: 'tooBig' }
  /** The service finds something wrong with it: the same again would be refused again. */
  | { readonly is: 'refused' }
  /** Certainly not delivered; may be tried again. */
  | { readonly is: 'transient' }
  /** May have been delivered: a POST must not be repeated blindly. */
  | { readonly is: 'unknown' }

export type Opened = { readonly is: 'opened'; readonly conversation: string }

export type Member = {
  readonly is: 'member'
  readonly name: string
  /** Addresses that are theirs: the user principal name first, then the mail address where that is another one. */
  readonly addresses: readonly string[]
  readonly objectId?: string
}

/**
 * 0 goes first: somebody waits for it; 1 is a card that rings; 2 goes after these, and is what is meant when nothing is said;
 * 3 is news, of which whoever hears a little later misses nothing.
 */
export type SendOptions = { readonly priority: 0 | 1 | 2 | 3 }

export interface Messenger {
  post(to: Reach, message: Message, options?: SendOptions): Promise<Sent | SendFailure>
  update(to: Reach, activity: string, message: Message, options?: SendOptions): Promise<Sent | SendFailure>
  delete(to: Reach, activity: string): Promise<Sent | SendFailure>
  /** Opens the 1:1 conversation with a user of the same service and tenant as `like`; asking again opens the same one. */
  open(like: Reach, user: string): Promise<Opened | SendFailure>
  /** What the channel knows of a member of a conversation. It is not asked, as if it could not be, while too much else is. */
  member(of: Reach, user: string): Promise<Member | SendFailure>
}
