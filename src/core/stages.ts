/** A plan along the time since the call came in: who rings from when to when, and when nobody does any more. */
import { isInOrder, type Lane, slotSeconds } from './lane.ts'
import { type PersonId } from './person.ts'
import { type RingPlan } from './ring-plan.ts'

/** One bar of the timeline: these people ring from `from` to `to`, in seconds since the call came in. */
export type Stage = {
  readonly ring: Lane['ring']
  readonly people: readonly string[]
  readonly from: number
  readonly to: number
}

/** The plan as bars of a timeline, in order of start, the owner first. */
export function stagesOf(plan: RingPlan): readonly Stage[] {
  let start = 0
  return plan.rounds.flatMap((round) => {
    const from = start
    start += round.seconds
    const stages = round.lanes.flatMap((lane) => laneStages(lane, from, from + round.seconds))
    return stages.sort((one, other) => one.from - other.from)
  })
}

/** Seconds until the planned end, when nobody touches the call. */
export function endsAfter(plan: RingPlan): number {
  return plan.rounds.reduce((seconds, round) => seconds + round.seconds, 0)
}

/** Members of an in-order group that an also-ring or unanswered delay never reaches (warning W_ORDER_CUTOFF). */
export function neverReached(plan: RingPlan): readonly PersonId[] {
  return plan.rounds.flatMap((round) =>
    round.lanes.flatMap((lane) =>
      isInOrder(lane)
        ? lane.alerts.slice(Math.ceil(round.seconds / slotSeconds)).map((alert) => alert.person)
        : [],
    ),
  )
}

function laneStages(lane: Lane, from: number, end: number): Stage[] {
  if (lane.ring === 'phone') return [{ ring: 'phone', people: [lane.number], from, to: end }]
  const people = lane.alerts.map((alert) => alert.person)
  if (!isInOrder(lane)) return [{ ring: lane.ring, people, from, to: end }]
  return people
    .map((person, slot) => ({
      ring: lane.ring,
      people: [person],
      from: from + slot * slotSeconds,
      to: Math.min(from + (slot + 1) * slotSeconds, end),
    }))
    .filter((stage) => stage.from < end)
}
