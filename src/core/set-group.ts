/** Writing a whole call group at once, as Set-CsUserCallingSettings does: the list given replaces the list there is. */
import { type CallGroup, mostInOrder, mostMembers, ringWay } from './call-group.ts'
import { type CallingSettings, rulesUsing } from './calling-settings.ts'
import { type Change, keep, refuse, unchanged } from './change.ts'
import { mayJoin, mayOwnGroup, withMembership, withoutMembership } from './members.ts'
import { type PersonId } from './person.ts'
import { type Refusal } from './refusal.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { warningsFor } from './warnings.ts'

/** Writes members and order, all of it or nothing. People may be taken out whatever the policy says. */
export function setGroup(owner: Subscriber, group: CallGroup, subscribers: Subscribers): Change {
  const before = owner.settings.group
  const isSame = group.order === before.order && ringWay(group) === ringWay(before)
  if (isSame && group.members.join() === before.members.join()) return unchanged
  const no = refused(owner, group, subscribers)
  if (no.length > 0) return refuse(...no)
  const settings: CallingSettings = { ...owner.settings, group }
  const joined = difference(group.members, before.members)
  const left = difference(before.members, group.members)
  return keep(
    [
      [owner.id, settings],
      ...joined.map((id) => [id, withMembership(subscribers(id).settings, owner.id)] as const),
      ...left.map((id) => [id, withoutMembership(subscribers(id).settings, owner.id)] as const),
    ],
    warningsFor({ ...owner, settings }, subscribers),
  )
}

function refused(
  owner: Subscriber,
  { members, order }: CallGroup,
  subscribers: Subscribers,
): readonly Refusal[] {
  const before = owner.settings.group.members
  const uses = rulesUsing(owner.settings, 'group')
  if (members.length === 0 && uses.length > 0) return [{ code: 'E_GROUP_IN_USE', uses }]
  const joins = difference(members, before)
  const no = joins.length > 0 ? mayOwnGroup(owner) : null
  if (no) return [no]
  const refusals = joins.flatMap((person): readonly Refusal[] => {
    const others = members.slice(0, members.indexOf(person))
    const refusal = mayJoin(owner, others, subscribers(person))
    // One word about the whole list, below, instead of one about each who is too many.
    return refusal === null || refusal.code === 'E_GROUP_FULL' ? [] : [refusal]
  })
  const tooMany = members[mostMembers]
  if (tooMany !== undefined) refusals.push({ code: 'E_GROUP_FULL', person: tooMany, count: members.length })
  if (order === 'inOrder' && members.length > mostInOrder)
    refusals.push({ code: 'E_ORDER_LIMIT', count: members.length })
  return refusals
}

function difference(one: readonly PersonId[], other: readonly PersonId[]): readonly PersonId[] {
  return one.filter((person) => !other.includes(person))
}
