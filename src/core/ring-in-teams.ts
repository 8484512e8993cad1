/** Calls that are left to Teams: it rings everybody by itself, and never tells who answered, or whether anybody did. */
import { isInOrder } from './lane.ts'
import { type PersonOrNumber, type RingPlan } from './ring-plan.ts'
import { type Subscriber } from './subscriber.ts'

export type RingInTeams = { readonly targets: readonly PersonOrNumber[]; readonly seconds: number }

/** Graph redirects one call to so many people at most, and lets them ring for so many seconds (call-redirect). */
const mostTargets = 25
const [leastSeconds, mostSeconds] = [15, 90]

/**
 * Whom Teams would ring for this plan, all at once and once only; null where the owner does not want that, where the group
 * is not rung first, or where only cards can do it: one after the other, or more people than Graph takes.
 */
export function ringInTeams(owner: Subscriber, { rounds: [first] }: RingPlan): RingInTeams | null {
  if (owner.settings.group.isRungByTeams !== true || !first) return null
  const isGroups = first.lanes.some((lane) => lane.ring === 'group')
  if (!isGroups || first.lanes.some(isInOrder)) return null
  const targets = first.lanes.flatMap((lane): readonly PersonOrNumber[] =>
    lane.ring === 'phone'
      ? [{ is: 'number', number: lane.number }]
      : lane.alerts.map(({ person }) => ({ is: 'person', person })),
  )
  const seconds = Math.min(mostSeconds, Math.max(leastSeconds, first.seconds))
  return targets.length === 0 || targets.length > mostTargets ? null : { targets, seconds }
}

/** The plan of a call that Teams has taken over. */
export function leftToTeams(plan: RingPlan): RingPlan {
  return { ...plan, rounds: [], end: { is: 'leftToTeams' } }
}

/** The plan as it is told to people while their calls come from Teams. */
export function asTeamsRings(owner: Subscriber, plan: RingPlan): RingPlan {
  const ring = ringInTeams(owner, plan)
  if (ring === null) return plan
  const rounds = plan.rounds.slice(0, 1).map((round) => ({ ...round, seconds: ring.seconds }))
  return { ...plan, rounds, end: { is: 'leftToTeams' } }
}
