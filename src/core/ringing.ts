/** How a ringing call goes on: from turn to turn inside a round, from round to round, to the planned end. */
import { type Call, type Ended, type Party, type Ringing } from './call.ts'
import { type Alert, isInOrder, type Lane, slotSeconds } from './lane.ts'
import { isGone, partyOf, withAlert, withStanding } from './party.ts'
import { type PersonId } from './person.ts'
import { type RingPlan, type Round } from './ring-plan.ts'

/** Ends a round in which everybody who rings is out, and a turn of somebody who is out. Telephones are never out. */
export function moveOnIfNobodyIsLeft(call: Call, at: number): Call {
  const { state } = call
  if (state.is !== 'ringing') return call
  const lanes = call.plan.rounds[state.round]?.lanes ?? []
  const isOut = ({ person }: Alert) => isGone(call, person)
  if (lanes.every((lane) => lane.ring !== 'phone' && lane.alerts.every(isOut)))
    return nextRound(call, state, at)
  const turn = lanes.find(isInOrder)?.alerts[state.slot]
  return turn && isOut(turn) ? nextSlot(call, state, at) : call
}

/** The next member's turn; the one before stays able to pick up. When the list is over, so is a round that ends with it. */
export function nextSlot(call: Call, state: Ringing, at: number): Call {
  const round = call.plan.rounds[state.round]
  const lane = round?.lanes.find(isInOrder)
  if (!round || !lane) return call
  const over = turnOver(call, lane.alerts[state.slot])
  const slot = lane.alerts.findIndex((alert, index) => index > state.slot && !isGone(call, alert.person))
  const next = lane.alerts[slot]
  if (!next) {
    const waiting: Ringing = { ...state, slot: lane.alerts.length, slotEndsAt: null }
    return round.endsWithList ? nextRound(over, waiting, at) : { ...over, state: waiting }
  }
  const ringing: Ringing = { ...state, slot, slotEndsAt: at + slotSeconds * 1000 }
  return { ...withAlert(over, next), state: ringing }
}

function turnOver(call: Call, turn: Alert | undefined): Call {
  return turn && partyOf(call, turn.person)?.standing === 'ringing'
    ? withStanding(call, turn.person, 'turnOver')
    : call
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
  const told = toldAtOnce(round)
    .filter(({ person }) => !isGone(call, person))
    .reduce(withAlert, leaveRound(call, index))
  const ringing = { ...told, state: first }
  return moveOnIfNobodyIsLeft(round.lanes.some(isInOrder) ? nextSlot(ringing, first, at) : ringing, at)
}

/** Those who hear of the call when the round begins: everybody but the members who wait for their turn. */
function toldAtOnce({ lanes }: Round): readonly Alert[] {
  return lanes.flatMap((lane) => {
    if (lane.ring === 'phone') return []
    return isInOrder(lane) ? lane.silent : [...lane.alerts, ...lane.silent]
  })
}

/** Nobody rings any more; those the next round concerns, and the owner, may still pick up. */
function leaveRound(call: Call, next: number): Call {
  const standingOf = ({ person, standing }: Party): Party['standing'] => {
    if (standing === 'declined') return 'declined'
    if (!concernsRound(call, next, person)) return 'movedOn'
    return standing === 'pulled' ? 'pulled' : 'turnOver'
  }
  const parties = call.parties.map((party) => ({ ...party, standing: standingOf(party) }))
  return { ...call, parties }
}

/** Whether people may pick up in this round: those it names, and always the owner. */
export function concernsRound(call: Call, index: number, person: PersonId): boolean {
  const lanes = call.plan.rounds[index]?.lanes ?? []
  return person === call.owner || lanes.some((lane) => namesIn(lane).includes(person))
}

/** Everybody a lane names: who rings, who gets a silent card, who may only pull. */
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
    case 'leftToTeams':
      return { outcome: end.is }
  }
}

/** The call at its end. */
export function ended(call: Call, end: Omit<Ended, 'is'>): Call {
  return { ...call, state: { is: 'ended', ...end } }
}
