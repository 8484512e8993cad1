/**
 * One incoming call from the first ring to its end. Pure: events in, the next call and what to do out.
 *
 *             slot over, declined, round over
 *                      ┌───┐
 *                      ▼   │
 *   begin ─────────► ringing ──── claimed ────► connecting ──── connected ──► ended: answered
 *      │               ▲ │                        │  │
 *      │               │ │                        │  └── caller hung up ──► ended: abandoned
 *      │               └─┼──── could not connect ─┘
 *      │                 │          (once; the second time it moves on)
 *      │                 ├── caller hung up ──────────────────────────────► ended: abandoned
 *      │                 ├── answered on a telephone ─────────────────────► ended: answered
 *      └─ nobody rings ──┴── nobody took it ──► ended: forwarded, voicemail, missed, busy, rejected
 *
 * An ended call never changes again. Of two events the first processed wins; `inTieOrder` says which of several
 * events of the same moment that is.
 */
import { type Alert, type Caller } from './lane.ts'
import { type PersonId } from './person.ts'
import { type PersonOrNumber, type RingPlan } from './ring-plan.ts'

export type CallId = string

export type Call = {
  readonly id: CallId
  readonly owner: PersonId
  readonly caller: Caller
  /** When the call came in; like every time here in milliseconds since 1970. */
  readonly arrivedAt: number
  readonly plan: RingPlan
  /** Whether the source tells us how a hand-over went. One that does not is believed after `connectSeconds`. */
  readonly reportsConnection: boolean
  /** How long a hand-over may take before it counts as failed, where the source needs longer than others. */
  readonly connectSeconds?: number
  /** Grows with every change; a card that shows this version is up to date. */
  readonly version: number
  readonly state: CallState
  /** Everybody who was told of this call, in the order they were told, and whoever took it without being told. */
  readonly parties: readonly Party[]
  readonly removed: readonly PersonId[]
  /** Who picked up but could not be connected, oldest first. */
  readonly notConnected: readonly PersonId[]
}

export type Party = {
  readonly person: PersonId
  readonly how: Alert['how']
  readonly standing: 'ringing' | 'turnOver' | 'declined' | 'movedOn' | 'pulled'
  /** How often this person was alerted: a call that rings again after a failed hand-over alerts anew. */
  readonly alerts: number
}

export type CallState = Ringing | Connecting | Ended

export type Ringing = {
  readonly is: 'ringing'
  readonly round: number
  readonly roundEndsAt: number
  /** Whose turn it is in an in-order group: an index into the lane's alerts. */
  readonly slot: number
  readonly slotEndsAt: number | null
}

export type Connecting = {
  readonly is: 'connecting'
  readonly by: PersonId
  readonly at: number
  readonly until: number
  /** The ringing to go back to when the hand-over fails. */
  readonly from: Ringing
}

/** Left to Teams: Teams rang the people by itself, and nobody tells how that went. */
export type Outcome =
  'answered' | 'forwarded' | 'voicemail' | 'missed' | 'abandoned' | 'busy' | 'rejected' | 'leftToTeams'

export type Ended = {
  readonly is: 'ended'
  readonly outcome: Outcome
  /** When the ringing stopped: the moment of the winning click, not of the connection. */
  readonly at: number
  /** Who answered; absent when it was answered on a telephone we do not know. */
  readonly by?: PersonId
  readonly to?: PersonOrNumber
  /** It was passed on to whoever picked up, and nobody tells whether they took it on their telephone. */
  readonly isAssumed?: boolean
}

export type CallEvent =
  | { readonly is: 'callerHungUp'; readonly at: number }
  | { readonly is: 'claimed' | 'declined'; readonly by: PersonId; readonly at: number }
  | { readonly is: 'timeUp'; readonly at: number }
  | { readonly is: 'connectFailed'; readonly at: number; readonly order?: OrderMeant }
  /** By: who has the caller, where the source tells; a hand-over may be done when the call has moved on already. */
  | {
      readonly is: 'connected'
      readonly at: number
      readonly by?: PersonId
      readonly isAssumed?: boolean
      readonly order?: OrderMeant
    }
  /** Taken out of the owner's group: may no longer claim. */
  | { readonly is: 'removed'; readonly person: PersonId; readonly at: number }

/** Which hand-over a source means, as far as it says so: its number, whom it was to reach. Words on another count for nothing. */
export type OrderMeant = { readonly number?: number; readonly to?: PersonId }

/** When time alone changes the call next; null when only an event can. */
export function nextDue(call: Call): number | null {
  switch (call.state.is) {
    case 'ringing':
      return Math.min(call.state.roundEndsAt, call.state.slotEndsAt ?? Infinity)
    case 'connecting':
      return call.state.until
    case 'ended':
      return null
  }
}

/** Whole seconds from the first ring to the end of the ringing, or to `now` while it rings. */
export function secondsRung(call: Call, now: number): number {
  const end = call.state.is === 'ringing' ? now : call.state.at
  return Math.max(0, Math.round((end - call.arrivedAt) / 1000))
}
