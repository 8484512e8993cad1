/** Between the winning click and the conversation: somebody has the call and is being connected. */
import { orderNumber } from './call-effects.ts'
import { type Call, type Connecting, type OrderMeant, type Party, type Ringing } from './call.ts'
import { partyOf } from './party.ts'
import { type PersonId } from './person.ts'
import { ended, moveOnIfNobodyIsLeft, nextRound } from './ringing.ts'

/** Seconds a hand-over may take before it counts as failed (or as done, from a source that never tells), unless said. */
export const usualConnectSeconds = 30
/** Seconds a call rings at the least when it comes back after a failed hand-over. */
const leastSecondsAgain = 10
/** A call returns to the group once; the second failed hand-over moves it on. */
const mostTimesAgain = 1

/** This person has the call; nobody else can win it any more. */
export function claimed(call: Call, state: Ringing, by: PersonId, at: number): Call {
  const until = at + (call.connectSeconds ?? usualConnectSeconds) * 1000
  const connecting: Connecting = { is: 'connecting', by, at, until, from: state }
  const parties = partyOf(call, by) ? call.parties : [...call.parties, pulledBy(by)]
  return { ...call, parties, state: connecting }
}

/** Somebody who took the call without having been told of it. */
function pulledBy(person: PersonId): Party {
  return { person, how: 'silent', standing: 'pulled', alerts: 1 }
}

type Connected = {
  readonly at: number
  readonly by?: PersonId | undefined
  readonly isAssumed?: boolean
}

/**
 * Whether a source's word is about what is going on now. One that comes again, or late, is about a hand-over that is over:
 * nothing follows from it for the next.
 */
export function isMeant(call: Call, { number, to }: OrderMeant = {}): boolean {
  const { state, notConnected: tried } = call
  const isNow = state.is === 'connecting'
  if (number !== undefined && (!isNow || number !== orderNumber(call))) return false
  return to === undefined || (isNow ? to === state.by : !tried.includes(to))
}

/** The conversation began: with whoever picked up, with whom the source names, or on a telephone that rang beside us. */
export function connected(call: Call, state: Ringing | Connecting, { at, by, isAssumed }: Connected): Call {
  const assumed = isAssumed === true ? { isAssumed } : {}
  if (state.is === 'connecting' && (by ?? state.by) === state.by)
    return ended(call, { outcome: 'answered', at: state.at, by: state.by, ...assumed })
  return ended(call, { outcome: 'answered', at, ...(by === undefined ? {} : { by }), ...assumed })
}

/** The hand-over failed: ring on with the time that was left when it was tried, or move on after the second try. */
export function notConnected(call: Call, state: Connecting, at: number): Call {
  const tried = { ...call, notConnected: [...call.notConnected, state.by] }
  if (call.notConnected.length >= mostTimesAgain) return nextRound(tried, state.from, at)
  const parties = call.parties.map((party) =>
    party.standing === 'ringing' ? { ...party, alerts: party.alerts + 1 } : party,
  )
  return moveOnIfNobodyIsLeft({ ...tried, parties, state: ringingAgain(state, at) }, at)
}

/** The ringing of before the hand-over, turn and round put off alike. */
function ringingAgain({ from, at: triedAt }: Connecting, at: number): Ringing {
  const left = Math.min(from.roundEndsAt, from.slotEndsAt ?? Infinity) - triedAt
  const putOff = at - triedAt + Math.max(0, leastSecondsAgain * 1000 - left)
  const slotEndsAt = from.slotEndsAt === null ? null : from.slotEndsAt + putOff
  return { ...from, roundEndsAt: from.roundEndsAt + putOff, slotEndsAt }
}
