/** One turn of a chat: who spoke, where, what they may use, and what they get as an answer. */
import { type Arrivals } from './arrivals.ts'
import { type Simulation } from './simulate.ts'
import { type Directory, type Sender } from '../switchboard/directory.ts'
import { type RightsDesk } from '../switchboard/rights.ts'
import { type SettingsDesk } from '../switchboard/settings.ts'
import { type Sweeping } from '../switchboard/sweeping.ts'
import { type Switchboard } from '../switchboard/switchboard.ts'
import { type PersonRecord } from '../store/documents.ts'
import { type Store } from '../store/store.ts'
import { type CardJson } from './messenger.ts'
import { plainText } from './plain.ts'

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

/** A card, or a sentence. A card comes with a line for the notification and for screens that draw no cards. */
export type Answer =
  | {
      readonly is: 'card'
      readonly card: CardJson
      readonly summary: string
      /** The same card is on its way as a consequence of what was decided: where a click cannot redraw, say nothing more. */
      readonly isPostedAnyway?: boolean
    }
  | { readonly is: 'text'; readonly text: string }

/** A sentence; what it quotes is made fit to be shown. */
export function say(text: string): Answer {
  return { is: 'text', text: plainText(text) }
}
