/** What has to be done about the difference between a call and the call after an event. Described here, done elsewhere. */
import { type Call } from './call.ts'
import { type Face, faceOf } from './face.ts'
import { partyOf } from './party.ts'
import { type PersonId } from './person.ts'
import { type PersonOrNumber } from './ring-plan.ts'

export type SourceOrder = { readonly number: number } & (
  | { readonly do: 'connect'; readonly to: PersonId }
  | { readonly do: 'forward'; readonly to: PersonOrNumber }
  | { readonly do: 'voicemail' | 'missed' | 'busy' | 'reject' }
)

export type CallEffect =
  /** This person's card must show the call as it now is. */
  | { readonly do: 'show'; readonly person: PersonId }
  /** What becomes of the caller. */
  | { readonly do: 'order'; readonly order: SourceOrder }
  /** This person was never rung, and should hear that they missed the call. */
  | { readonly do: 'tellMissed'; readonly person: PersonId }

/** The orders for the caller's side first, then the winner's card, then everybody else whose card has something new to say. */
export function effectsOf(before: Call, call: Call): readonly CallEffect[] {
  const changed = call.parties
    .map((party) => party.person)
    .filter((person) => !sameFace(faceOf(before, person), faceOf(call, person)))
  const shows = winnerFirst(call, changed).map((person): CallEffect => ({ do: 'show', person }))
  return [...orders(before, call), ...shows, ...missedNotice(call)]
}

function sameFace(one: Face | null, other: Face | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function winnerFirst(call: Call, people: readonly PersonId[]): readonly PersonId[] {
  const winner = call.state.is === 'ringing' ? undefined : call.state.by
  return [...people].sort((one, other) => Number(other === winner) - Number(one === winner))
}

/** The orders of a call are counted: the first is 1, and every hand-over that failed is followed by the next. */
export function orderNumber({ notConnected }: Call): number {
  return notConnected.length + 1
}

/** What the caller's side has to do about the call as it is now; null when it waits for nothing from us. */
export function orderNow(call: Call): SourceOrder | null {
  const { state } = call
  const number = orderNumber(call)
  if (state.is === 'ringing') return null
  if (state.is === 'connecting') return { number, do: 'connect', to: state.by }
  switch (state.outcome) {
    case 'forwarded':
      return state.to ? { number, do: 'forward', to: state.to } : null
    case 'rejected':
      return { number, do: 'reject' }
    case 'voicemail':
    case 'missed':
    case 'busy':
      return { number, do: state.outcome }
    case 'answered':
    case 'abandoned':
    case 'leftToTeams':
      return null
  }
}

function orders(before: Call, call: Call): readonly CallEffect[] {
  const order = before.state.is === call.state.is ? null : orderNow(call)
  return order ? [{ do: 'order', order }] : []
}

/** An owner who was not rung still hears of a call that nobody answered, unless forwarding it was their own wish. */
function missedNotice(call: Call): readonly CallEffect[] {
  if (call.state.is !== 'ended' || partyOf(call, call.owner)) return []
  const { outcome } = call.state
  const lost = outcome === 'missed' || outcome === 'abandoned'
  const sentOn = outcome === 'voicemail' || outcome === 'forwarded'
  const wished = call.plan.rule === 'R4' || call.plan.rule === 'R5'
  return lost || (sentOn && !wished) ? [{ do: 'tellMissed', person: call.owner }] : []
}
