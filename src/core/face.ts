/** What one person's card has to say about a call. Two versions of a call with the same face need no new card. */
import { type Call, type Ended, type Ringing } from './call.ts'
import { partyOf } from './party.ts'
import { type PersonId } from './person.ts'
import { isInOrder, type Lane } from './lane.ts'

export type Face =
  | {
      readonly is: 'ringing'
      /** In order, and the next one's turn has come: may still pick up. */
      readonly turnOver: boolean
      /** Grows when the person is to be alerted anew. */
      readonly alerts: number
      readonly alsoRings: readonly string[]
      readonly notConnected: readonly PersonId[]
    }
  | { readonly is: 'declined' | 'removed' }
  | { readonly is: 'movedOn'; readonly to: Lane['ring'] }
  | { readonly is: 'taken'; readonly by: PersonId; readonly at: number }
  | Ended

/** The face for somebody who was told of the call, or took it; null for everybody else. */
export function faceOf(call: Call, person: PersonId): Face | null {
  const party = partyOf(call, person)
  if (!party) return null
  const { state } = call
  if (state.is !== 'ringing') return faceOnceDecided(state)
  if (call.removed.includes(person)) return { is: 'removed' }
  if (party.standing === 'declined') return { is: 'declined' }
  const lanes = call.plan.rounds[state.round]?.lanes ?? []
  if (party.standing === 'movedOn') return { is: 'movedOn', to: lanes[0]?.ring ?? 'owner' }
  const alsoRings = lanes.flatMap((lane) => ringsIn(lane, state.slot)).filter((other) => other !== person)
  const { notConnected } = call
  return {
    is: 'ringing',
    turnOver: party.standing === 'turnOver',
    alerts: party.alerts,
    alsoRings,
    notConnected,
  }
}

/** What everybody hears, told of the call or not, once it is taken or over. */
export function faceOnceDecided(state: Exclude<Call['state'], Ringing>): Face {
  return state.is === 'ended' ? state : { is: 'taken', by: state.by, at: state.at }
}

/** Who rings in a lane: a telephone, the member whose turn it is, or all of its people at once. */
function ringsIn(lane: Lane, slot: number): readonly string[] {
  if (lane.ring === 'phone') return [lane.number]
  const alerts = isInOrder(lane) ? lane.alerts.filter((_, index) => index === slot) : lane.alerts
  return alerts.map((alert) => alert.person)
}
