/** The kinds of documents that are kept, and what each holds. */
import { type Call, type CallId } from '../core/call.ts'
import { type CallingSettings } from '../core/calling-settings.ts'
import { type Person, type PersonId } from '../core/person.ts'
import { type CallingPolicy, type Eligibility } from '../core/policy.ts'
import { type SweptSheet } from '../core/undo.ts'

export type Documents = {
  /** Who somebody is and where the bot can write to them; id: the person. */
  person: PersonRecord
  /** Somebody's calling settings; id: the person. Absent: never configured. */
  settings: CallingSettings
  /** What somebody may do; id: the person. Absent: eligible, Global policy. */
  rights: Rights
  /** A named calling policy; id: its name in small letters. `global` is for everybody who has no other. */
  policy: NamedPolicy
  /** Sheets that a sweep changed, kept so that it can be undone; id: the run and a number in it. */
  undo: SweepRecord
  /** Whom a name means now: an address, an object id, a channel's user id; id: that name. */
  alias: { readonly person: PersonId }
  /** Whom an address meant as an id, kept when it becomes somebody else's, so that what was kept under it stays theirs. */
  became: { readonly person: PersonId }
  /** People known by one word of their names, the one met last first; id: the word. */
  named: { readonly people: readonly PersonId[] }
  /** A call, live or ended within the last day; id: the call. */
  call: CallRecord
  /** The live calls to one person; id: the person. */
  line: { readonly calls: readonly CallId[] }
  /** What one person was sent about one call; id: `cardId`. */
  card: PostedCard
  /** A call source's own notes on one of its calls; id: the call. */
  leg: { readonly notes: Readonly<Record<string, unknown>> }
  /** When a source took in a call last: who counts its calls sees that none came in between; id: the source. */
  legAdmitted: { readonly at: number }
  /** Whose calls a resource account of Teams takes; id: the account's object id. */
  resourceAccount: { readonly owner: PersonId }
  /** A call whose end was heard before its beginning; id: the call. */
  endedEarly: { readonly at: number }
  /** That everything here goes, or went, elsewhere (id: `out`), or comes from elsewhere (id: `in`); see move.ts. */
  move: MoveMark
}

/** The parts of a store, in the order in which they are read out. */
export const sections = ['documents', 'memberships', 'timers', 'effects', 'history', 'audit'] as const

export type Section = (typeof sections)[number]

/** Where reading stopped; only the store that said it knows what the key means. */
export type Place = { readonly section: Section; readonly key: string }

export type MoveMark = {
  /** The same on both sides, and no other move's. */
  readonly id: string
  readonly at: number
  /** Out: everything is elsewhere by now, so nothing may be changed here any more. */
  readonly isOver?: boolean
  /** In: how many things have come, and how far the other side was read. */
  readonly came?: number
  readonly place?: Place
}

/** What an admin decided counts before what Microsoft Graph says. */
export type Rights = {
  readonly eligibility?: Eligibility
  /** The id of a policy. */
  readonly policy?: string
  readonly graph?: { readonly eligibility: Eligibility; readonly policy: string | null; readonly at: number }
}

export type NamedPolicy = { readonly name: string; readonly policy: CallingPolicy }

/** What a sweep did for one person. */
export type SweepRecord = {
  readonly at: number
  readonly person: PersonId
  readonly undone: boolean
  readonly sheets: readonly SweptSheet[]
}

export type CallRecord = {
  readonly call: Call
  /** The name of the call source it came from, and what that source needs to know to act on it. */
  readonly source: string
  readonly leg: Leg
  /** The call that has this one's name at the source by now. */
  readonly next?: CallId
}

/** The source's own side of a call: its id there, and whatever else it must remember. */
export type Leg = { readonly id: string } & Readonly<Record<string, string>>

export type PostedCard = {
  /** The activity that shows the card; null when none is known: never reached, or the answer to the POST got lost. */
  readonly activity: string | null
  readonly conversation: string
  /** The version of the call that the card shows, and the alert it was posted for. */
  readonly version: number
  readonly alerts: number
  readonly trouble?: CardTrouble
}

/** `unknown`: may have arrived. `unreachable`: nobody there to see it. */
export type CardTrouble = 'unknown' | 'unreachable'

/** Calls have no blanks in their ids, so the two halves cannot be confused. */
export function cardId(call: CallId, person: PersonId): string {
  return `${call} ${person}`
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
  /** Their Entra object id, where they are kept under another name. */
  readonly objectId?: string
  /** Absent until the person has opened the bot, and again after they removed it. */
  readonly reach?: Reach
  readonly welcomed: boolean
  /** Their IANA time zone, where the channel told it. */
  readonly zone?: string
  /** Where the name came from; absent in records from before this was kept. */
  readonly nameFrom?: NameSource
  /** Further addresses that lead to them: their mail address where that is another one, and those they had. */
  readonly alsoAt?: readonly string[]
  /**
   * What Teams said of them last: the name with what they write, the name in its roster, and when that was asked for
   * (milliseconds since 1970). The two may differ for ever; whichever changed last is how they are called.
   */
  readonly teams?: { readonly inTurn?: string; readonly inRoster?: string; readonly askedAt?: number }
}

/** `address`: made of their address, until somebody tells a better one. */
export type NameSource = 'address' | 'mention' | 'import' | 'channel'
