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
import { isGone, partyOf, type Party, withStanding } from './party.ts'
import { type PersonId } from './person.ts'
import { type Caller, type PersonOrNumber, type RingPlan } from './ring-plan.ts'
import { ended, moveOnIfNobodyIsLeft, namesIn, nextRound, nextSlot, peopleOfRound } from './ringing.ts'

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

export type Outcome = 'answered' | 'forwarded' | 'voicemail' | 'missed' | 'abandoned' | 'busy' | 'rejected'

export type Ended = {
  readonly is: 'ended'
  readonly outcome: Outcome
  /** When the ringing stopped: the moment of the winning click, not of the connection. */
  readonly at: number
  /** Who answered; absent when it was answered on a telephone we do not know. */
  readonly by?: PersonId
  readonly to?: PersonOrNumber
}

export type CallEvent =
  | { readonly is: 'callerHungUp'; readonly at: number }
  | { readonly is: 'claimed' | 'declined'; readonly by: PersonId; readonly at: number }
  | { readonly is: 'timeUp'; readonly at: number }
  | { readonly is: 'connected' | 'connectFailed'; readonly at: number }
  /** Taken out of the owner's group: may no longer claim. */
  | { readonly is: 'removed'; readonly person: PersonId; readonly at: number }

/** Seconds a hand-over may take before it counts as failed (or as done, from a source that never tells). */
export const connectSeconds = 30
/** Seconds a call rings at the least when it comes back after a failed hand-over. */
export const leastSecondsAgain = 10
/** A call returns to the group once; the second failed hand-over moves it on. */
const mostTimesAgain = 1
/** A deadline noticed this many seconds late belongs to a dead call: nobody is rung for it any more. */
export const deadAfterSeconds = 30

export type Step = { readonly call: Call; readonly effects: readonly CallEffect[] }

const firstInTie: ReadonlyArray<CallEvent['is']> = ['callerHungUp', 'claimed', 'declined']

export type Offer = Pick<Call, 'id' | 'owner' | 'caller' | 'plan' | 'reportsConnection'>

/** Starts a call: rings the first round, or ends at once when the plan rings nobody. */
export function begin(offer: Offer, at: number): Step {
  const nowhere: Ringing = { is: 'ringing', round: -1, roundEndsAt: at, slot: 0, slotEndsAt: null }
  const call = {
    ...offer,
    arrivedAt: at,
    version: 1,
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
  return person === call.owner || peopleOfRound(call, call.state.round).includes(person)
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
      return connected(call, state, event.at)
    case 'connectFailed':
      return state.is === 'connecting' ? notConnected(call, state, event.at) : call
    case 'timeUp':
      return timeUp(call, event.at)
  }
}

/** Does everything that has come due by now, one thing after the other, each at the time it was due. */
function timeUp(call: Call, now: number): Call {
  const due = nextDue(call)
  if (due === null || due > now || call.state.is === 'ended') return call
  if (call.state.is === 'connecting') {
    return call.reportsConnection ? notConnected(call, call.state, now) : connected(call, call.state, now)
  }
  if (now - due > deadAfterSeconds * 1000) return ended(call, { outcome: 'missed', at: due })
  const { roundEndsAt } = call.state
  return timeUp(due < roundEndsAt ? nextSlot(call, call.state, due) : nextRound(call, call.state, due), now)
}

function claimed(call: Call, state: Ringing, by: PersonId, at: number): Call {
  const connecting: Connecting = { is: 'connecting', by, at, until: at + connectSeconds * 1000, from: state }
  const parties = partyOf(call, by) ? call.parties : [...call.parties, pulledBy(call, by, at)]
  return { ...call, parties, state: connecting }
}

/** Somebody who took the call without having been told of it. */
function pulledBy(call: Call, person: PersonId, at: number): Party {
  const role = person === call.owner ? 'owner' : 'member'
  return { person, role, how: 'silent', since: at, standing: 'pulled', alerts: 1 }
}

function connected(call: Call, state: Ringing | Connecting, at: number): Call {
  if (state.is === 'ringing') return ended(call, { outcome: 'answered', at })
  return ended(call, { outcome: 'answered', at: state.at, by: state.by })
}

/** The hand-over failed: ring on with the time that was left when it was tried, or move on after the second try. */
function notConnected(call: Call, state: Connecting, at: number): Call {
  const tried = { ...call, notConnected: [...call.notConnected, state.by] }
  if (call.notConnected.length >= mostTimesAgain) return nextRound(tried, state.from, at)
  const lost = at - state.at
  const roundEndsAt = Math.max(state.from.roundEndsAt + lost, at + leastSecondsAgain * 1000)
  const { slotEndsAt } = state.from
  const again: Ringing = {
    ...state.from,
    roundEndsAt,
    slotEndsAt: slotEndsAt === null ? null : slotEndsAt + lost,
  }
  const parties = call.parties.map((party) =>
    party.standing === 'ringing' ? { ...party, alerts: party.alerts + 1 } : party,
  )
  return { ...tried, parties, state: again }
}

/** Takes one person out of this call; the others ring on, and when nobody is left the call moves on at once. */
function declined(call: Call, state: Ringing, by: PersonId, at: number): Call {
  const party = partyOf(call, by)
  if (!party || party.standing === 'declined' || party.standing === 'movedOn') return call
  return moveOnIfNobodyIsLeft(withStanding(call, [by], 'declined'), state, at)
}

function removed(call: Call, person: PersonId, at: number): Call {
  const isMember = call.plan.rounds.some((round) =>
    round.lanes.some((lane) => lane.ring === 'group' && namesIn(lane).includes(person)),
  )
  if (!isMember || call.removed.includes(person) || partyOf(call, person)?.role === 'delegate') return call
  const without = { ...call, removed: [...call.removed, person] }
  return call.state.is === 'ringing' ? moveOnIfNobodyIsLeft(without, call.state, at) : without
}

function finished(before: Call, next: Call): Step {
  const call: Call = { ...next, version: before.version + 1 }
  return { call, effects: effectsOf(before, call) }
}
