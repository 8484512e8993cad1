/** How a ringing call goes on: from turn to turn inside a round, from round to round, to the planned end. */
import { type Call, type Ended, type Ringing } from './call.ts'
import { isGone, partyOf, type Role, withAlert, withStanding } from './party.ts'
import { type PersonId } from './person.ts'
import { type Alert, isInOrder, type Lane, type RingPlan, slotSeconds } from './ring-plan.ts'

export function moveOnIfNobodyIsLeft(call: Call, state: Ringing, at: number): Call {
  const lanes = call.plan.rounds[state.round]?.lanes ?? []
  const isOut = ({ person }: Alert) => isGone(call, person)
  if (lanes.every((lane) => lane.ring !== 'phone' && lane.alerts.every(isOut)))
    return nextRound(call, state, at)
  const turn = lanes.find(isInOrder)?.alerts[state.slot]
  return turn && state.slotEndsAt !== null && isOut(turn) ? nextSlot(call, state, at) : call
}

/** The next member's turn; the one before stays able to pick up. When the list is over, so is a round that ends with it. */
export function nextSlot(call: Call, state: Ringing, at: number): Call {
  const round = call.plan.rounds[state.round]
  const lane = round?.lanes.find(isInOrder)
  if (!round || !lane) return call
  const over = withStanding(call, ringingNames(call, lane.alerts.slice(0, state.slot + 1)), 'turnOver')
  const slot = lane.alerts.findIndex((alert, index) => index > state.slot && !isGone(call, alert.person))
  const next = lane.alerts[slot]
  if (!next) {
    const waiting: Ringing = { ...state, slot: lane.alerts.length, slotEndsAt: null }
    return round.endsWithList ? nextRound(over, waiting, at) : { ...over, state: waiting }
  }
  const ringing: Ringing = { ...state, slot, slotEndsAt: at + slotSeconds * 1000 }
  return { ...over, parties: withAlert(over, next, 'member', at), state: ringing }
}

/** Starts the next round, or ends the call as planned when there is none. */
export function nextRound(call: Call, state: Ringing, at: number): Call {
  const index = state.round + 1
  const round = call.plan.rounds[index]
  if (!round) return ended(call, { ...plannedEnd(call.plan), at })
  const first: Ringing = {
    is: 'ringing',
    round: index,
    roundEndsAt: at + round.seconds * 1000,
    slot: -1,
    slotEndsAt: null,
  }
  const rung = leaveRound(call, index)
  const parties = round.lanes
    .filter((lane) => lane.ring !== 'phone')
    .flatMap((lane) =>
      [...(isInOrder(lane) ? [] : lane.alerts), ...lane.silent].map((alert) => ({ alert, lane })),
    )
    .filter(({ alert }) => !isGone(call, alert.person))
    .reduce(
      (told, { alert, lane }) => withAlert({ ...rung, parties: told }, alert, roleIn(lane), at),
      rung.parties,
    )
  const ringing = { ...rung, parties, state: first }
  const begun = round.lanes.some(isInOrder) ? nextSlot(ringing, first, at) : ringing
  return begun.state.is === 'ringing' && begun.state.round === index
    ? moveOnIfNobodyIsLeft(begun, begun.state, at)
    : begun
}

/** Those of earlier rounds who are not in this one: their turn is over; only the owner may still pick up. */
function leaveRound(call: Call, index: number): Call {
  const stay = peopleOfRound(call, index)
  const leaving = call.parties.filter(
    ({ person, standing }) => !stay.includes(person) && (standing === 'ringing' || standing === 'turnOver'),
  )
  const names = leaving.map((party) => party.person)
  const others = withStanding(
    call,
    names.filter((person) => person !== call.owner),
    'movedOn',
  )
  return withStanding(
    others,
    names.filter((person) => person === call.owner),
    'turnOver',
  )
}

function ringingNames(call: Call, alerts: readonly Alert[]): readonly PersonId[] {
  return alerts.map((alert) => alert.person).filter((person) => partyOf(call, person)?.standing === 'ringing')
}

function roleIn(lane: Lane): Role {
  switch (lane.ring) {
    case 'owner':
      return 'owner'
    case 'group':
      return 'member'
    case 'delegates':
      return 'delegate'
    case 'person':
    case 'phone':
      return 'person'
  }
}

export function peopleOfRound(call: Call, index: number): readonly PersonId[] {
  return (call.plan.rounds[index]?.lanes ?? []).flatMap(namesIn)
}

export function namesIn(lane: Lane): readonly PersonId[] {
  if (lane.ring === 'phone') return []
  return [...lane.alerts, ...lane.silent].map((alert) => alert.person).concat(lane.mayPull)
}

function plannedEnd({ end }: RingPlan): Pick<Ended, 'outcome' | 'to'> {
  switch (end.is) {
    case 'transfer':
      return { outcome: 'forwarded', to: end.to }
    case 'reject':
      return { outcome: 'rejected' }
    case 'voicemail':
    case 'missed':
    case 'busy':
      return { outcome: end.is }
  }
}

export function ended(call: Call, end: Omit<Ended, 'is'>): Call {
  return { ...call, state: { is: 'ended', ...end } }
}
