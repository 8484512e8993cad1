/** One turn of a chat: who spoke, where, what they may use, and what they get as an answer. */
import { type Caller, type Presence } from '../core/lane.ts'
import { type PersonId } from '../core/person.ts'
import { type PersonRecord } from '../store/documents.ts'
import { type Store } from '../store/store.ts'
import { type Directory, type Sender } from '../switchboard/directory.ts'
import { type RightsDesk } from '../switchboard/rights.ts'
import { type SettingsDesk } from '../switchboard/settings.ts'
import { type Sweeping } from '../switchboard/sweeping.ts'
import { type Switchboard } from '../switchboard/switchboard.ts'
import { type Arrivals } from './arrivals.ts'

/** What the chat works with. */
export type Office = {
  readonly store: Store
  readonly directory: Directory
  readonly settings: SettingsDesk
  readonly switchboard: Switchboard
  readonly arrivals: Arrivals
  readonly rights: RightsDesk
  readonly sweeping: Sweeping
  /** Ids and addresses of people who may do in the chat what admins do. */
  readonly admins: ReadonlySet<string>
  readonly now: () => number
  /** Absent unless calls can be simulated. */
  readonly simulation?: Simulation
  /** Whether calls come from Teams, which may ring a group by itself. */
  readonly canRingByTeams?: boolean
  /** Nobody is authenticated here, so people may say who they are. */
  readonly isLocal: boolean
}

export type Turn = Office & {
  readonly person: PersonRecord
  readonly sender: Sender
  /** `msteams`, or any other channel of the Bot Framework. */
  readonly channel: string
  /** People mentioned in the message, by the name as it stands in the text. */
  readonly mentions: readonly Mention[]
}

export type Mention = { readonly name: string; readonly id: string; readonly objectId?: string }

/** The part of the simulated call source that the chat uses. */
export interface Simulation {
  call(call: SimulatedCall): Promise<{ readonly id: string; readonly heard: string }>
  hangUp(id: string): Promise<string>
  setPresence(person: PersonId, presence: Presence): void
}

export type SimulatedCall = {
  readonly owner: string
  readonly caller: Caller
  /** Seconds. */
  readonly hangUpAfter?: number
  readonly connectFails?: boolean
}
