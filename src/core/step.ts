/** What happens to a call: how it begins, what each event makes of it, and what time does. call.ts has the picture. */
import { type CallEffect, effectsOf } from './call-effects.ts'
import { type Call, type CallEvent, nextDue, type Ringing } from './call.ts'
import { claimed, connected, isMeant, notConnected } from './hand-over.ts'
import { declined, removed } from './drop-out.ts'
import { isGone } from './party.ts'
import { type PersonId } from './person.ts'
import { concernsRound, ended, nextRound, nextSlot } from './ringing.ts'

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
