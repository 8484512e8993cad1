/** People who drop out of a call while the others ring on. When nobody is left the call moves on at once. */
import { type Call, type Ringing } from './call.ts'
import { isGone, partyOf, withStanding } from './party.ts'
import { type PersonId } from './person.ts'
import { concernsRound, moveOnIfNobodyIsLeft, namesIn } from './ringing.ts'

/** Takes somebody who declines out of this call for ever, if it still asks them. */
export function declined(call: Call, state: Ringing, by: PersonId, at: number): Call {
  const isAsked = partyOf(call, by) && !isGone(call, by) && concernsRound(call, state.round, by)
  return isAsked ? moveOnIfNobodyIsLeft(withStanding(call, by, 'declined'), at) : call
}

/** Takes away what somebody may do as a member of the group; a delegate or a forwarding target remains one. */
export function removed(call: Call, person: PersonId, at: number): Call {
  const lanes = call.plan.rounds
    .flatMap((round) => round.lanes)
    .filter((lane) => namesIn(lane).includes(person))
  const isOnlyMember = lanes.length > 0 && lanes.every((lane) => lane.ring === 'group')
  if (!isOnlyMember || isGone(call, person)) return call
  return moveOnIfNobodyIsLeft({ ...call, removed: [...call.removed, person] }, at)
}
