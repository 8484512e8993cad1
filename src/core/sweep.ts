/** Relationships that are left behind when somebody may share calls no more, and cleaning them up (calling-rules section 4). */
import { type CallingSettings, rulesUsing } from './calling-settings.ts'
import { type Change, unchanged } from './change.ts'
import { turnSharingOff } from './members.ts'
import { isEligible } from './policy.ts'
import { endSharing } from './remove-person.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'

/** Why somebody's relationships are stale: their policy has no call groups, or they lack a requirement. */
export type Stale = 'callGroupsOff' | 'notEligible'

/** What is stale about one person; null when nothing is. */
export function staleness({ settings, policy, eligibility }: Subscriber): Stale | null {
  const { members } = settings.group
  if (!isEligible(eligibility))
    return members.length > 0 || settings.memberships.length > 0 ? 'notEligible' : null
  const mayOwn = policy.allowCallGroups && policy.allowPrivateCalling
  const shares = members.length > 0 || rulesUsing(settings, 'group').length > 0
  return !mayOwn && shares ? 'callGroupsOff' : null
}

/** Whether there is anything in a sheet that could be stale, whatever its owner may do. */
export function mayBeStale(settings: CallingSettings): boolean {
  const { group, memberships } = settings
  return group.members.length > 0 || memberships.length > 0 || rulesUsing(settings, 'group').length > 0
}

/** Cleans up after one person. Policy alone does not end their being in other people's groups (A10). */
export function sweep(person: Subscriber, subscribers: Subscribers): Change {
  switch (staleness(person)) {
    case 'callGroupsOff':
      return turnSharingOff(person, subscribers)
    case 'notEligible':
      return endSharing(person, subscribers)
    case null:
      return unchanged
  }
}
