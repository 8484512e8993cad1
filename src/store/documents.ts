/** The kinds of documents that are kept, and what each holds. */
import { type CallingSettings } from '../core/calling-settings.ts'
import { type Person, type PersonId } from '../core/person.ts'
import { type CallingPolicy, type Eligibility } from '../core/policy.ts'

export type Documents = {
  /** Who somebody is and where the bot can write to them; id: the person. */
  person: PersonRecord
  /** Somebody's calling settings; id: the person. Absent: never configured. */
  settings: CallingSettings
  /** What an admin decided about somebody; id: the person. Absent: eligible, Global policy. */
  rights: { readonly eligibility: Eligibility; readonly policy: CallingPolicy }
  /** Another name for a person: an address, an object id, a channel's user id; id: that name. */
  alias: { readonly person: PersonId }
}

/** Where a person can be written to: their 1:1 conversation with the bot. */
export type Reach = {
  readonly channel: string
  readonly serviceUrl: string
  readonly conversation: string
  /** The bot's and the person's ids in that channel. */
  readonly bot: string
  readonly user: string
  readonly tenant?: string
}

export type PersonRecord = Person & {
  /** Absent until the person has opened the bot, and again after they removed it. */
  readonly reach?: Reach
  readonly welcomed: boolean
}
