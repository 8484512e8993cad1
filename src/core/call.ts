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
import { type CallEffect, effectsOf } from './call-effects.ts'
import { claimed, connected, isMeant, notConnected } from './hand-over.ts'
import { declined, removed } from './leaving.ts'
import { isGone, type Party } from './party.ts'
import { type PersonId } from './person.ts'
import { type Caller } from './lane.ts'
import { type PersonOrNumber, type RingPlan } from './ring-plan.ts'
import { concernsRound, ended, nextRound, nextSlot } from './ringing.ts'

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

/** A deadline noticed this many seconds late belongs to a dead call: nobody is rung for it any more. */
export const deadAfterSeconds = 30

export type Step = { readonly call: Call; readonly effects: readonly CallEffect[] }

const firstInTie: ReadonlyArray<CallEvent['is']> = ['callerHungUp', 'claimed', 'declined']

export type Offer = Pick<Call, 'id' | 'owner' | 'caller' | 'plan' | 'reportsConnection' | 'connectSeconds'>

/** Starts a call: rings the first round, or ends at once when the plan rings nobody. */
export function begin(offer: Offer, at: number): Step {
  const nowhere: Ringing = { is: 'ringing', round: -1, roundEndsAt: at, slot: 0, slotEndsAt: null }
  const call = {
    ...offer,
    arrivedAt: at,
    version: 0,
    state: nowhere,
    parties: [],
    removed: [],
    notConnected: [],
  }
  return finished(call, nextRound(call, nowhere, at))
}

/** The call after an event. A call that the event does not concern comes back as the same object, without effects. */
export function step(call: Call, event: CallEvent): Step {
  const next = after(call, event)
  return next === call ? { call, effects: [] } : finished(call, next)
}

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

/** Orders events of the same moment: hang-up, claim, decline, everything else; earlier moments first. */
export function inTieOrder(events: readonly CallEvent[]): readonly CallEvent[] {
  const rank = ({ is }: CallEvent) => (firstInTie.includes(is) ? firstInTie.indexOf(is) : firstInTie.length)
  return [...events].sort((one, other) => one.at - other.at || rank(one) - rank(other))
}

/** Whether this person may take the call now. */
export function mayClaim(call: Call, person: PersonId): boolean {
  if (call.state.is !== 'ringing' || isGone(call, person)) return false
  return concernsRound(call, call.state.round, person)
}

/** Whole seconds from the first ring to the end of the ringing, or to `now` while it rings. */
export function secondsRung(call: Call, now: number): number {
  const end = call.state.is === 'ringing' ? now : call.state.at
  return Math.max(0, Math.round((end - call.arrivedAt) / 1000))
}

function after(call: Call, event: CallEvent): Call {
  const { state } = call
  if (state.is === 'ended') return call
  switch (event.is) {
    case 'callerHungUp':
      return ended(call, { outcome: 'abandoned', at: event.at })
    case 'claimed':
      return state.is === 'ringing' && mayClaim(call, event.by)
        ? claimed(call, state, event.by, event.at)
        : call
    case 'declined':
      return state.is === 'ringing' ? declined(call, state, event.by, event.at) : call
    case 'removed':
      return removed(call, event.person, event.at)
    case 'connected':
      return isMeant(call, event.order) ? connected(call, state, { by: event.order?.to, ...event }) : call
    case 'connectFailed':
      return state.is === 'connecting' && isMeant(call, event.order)
        ? notConnected(call, state, event.at)
        : call
    case 'timeUp':
      return timeUp(call, event.at)
  }
}

/**
 * Does everything that has come due by now, one thing after the other, each as of the time it was due.
 * A call that nobody looked after for too long ends without ringing anybody, unless it was handed over long ago.
 */
function timeUp(call: Call, now: number): Call {
  const due = nextDue(call)
  if (due === null || due > now) return call
  const isDead = now - due > deadAfterSeconds * 1000
  return timeUp(
    isDead && !isBelieved(call) ? ended(call, { outcome: 'missed', at: due }) : afterDue(call, due),
    now,
  )
}

function afterDue(call: Call, due: number): Call {
  const { state } = call
  switch (state.is) {
    case 'ringing':
      return due < state.roundEndsAt ? nextSlot(call, state, due) : nextRound(call, state, due)
    case 'connecting':
      return isBelieved(call)
        ? connected(call, state, { at: due, isAssumed: true })
        : notConnected(call, state, due)
    case 'ended':
      return call
  }
}

/** Whether this hand-over counts as done unless we hear otherwise. */
function isBelieved({ state, reportsConnection }: Call): boolean {
  return state.is === 'connecting' && !reportsConnection
}

function finished(before: Call, next: Call): Step {
  const call: Call = { ...next, version: before.version + 1 }
  return { call, effects: effectsOf(before, call) }
}
