/** Who is in a call group, and in which order: adding, removing, moving, leaving, and turning sharing off. */
import {
  charactersOf,
  moved,
  mostCharacters,
  mostInOrder,
  mostMembers,
  type Move,
  type RingOrder,
  ringWay,
  type RingWay,
} from './call-group.ts'
import { type CallingSettings, rulesUsing, withoutEmptyTargets } from './calling-settings.ts'
import { type Change, keep, refuse, unchanged } from './change.ts'
import { mostGroupsPerMember } from './notification.ts'
import { type PersonId } from './person.ts'
import { type Eligibility } from './policy.ts'
import { type Refusal, type Warning } from './refusal.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { warningsFor } from './warnings.ts'

/** Adds those who fit, in the order given, and names the rest with the reason. */
export function addMembers(owner: Subscriber, people: readonly PersonId[], subscribers: Subscribers): Change {
  const no = mayOwnGroup(owner)
  if (no) return refuse(no)
  const members = [...owner.settings.group.members]
  const refusals: Refusal[] = []
  for (const person of people) {
    const refusal = mayJoin(owner, members, subscribers(person))
    if (refusal) refusals.push(refusal)
    else members.push(person)
  }
  const added = members.slice(owner.settings.group.members.length)
  if (added.length === 0) return { ...unchanged, refusals }
  const isTooLong = owner.settings.group.order === 'inOrder' && members.length > mostInOrder
  const order: RingOrder = isTooLong ? 'simultaneous' : owner.settings.group.order
  const settings: CallingSettings = { ...owner.settings, group: { ...owner.settings.group, members, order } }
  const joined = added.map(
    (person) => [person, withMembership(subscribers(person).settings, owner.id)] as const,
  )
  const switched: Warning[] = isTooLong ? [{ code: 'W_ORDER_SWITCHED' }] : []
  const change = keep(
    [[owner.id, settings], ...joined],
    [...switched, ...warningsFor({ ...owner, settings }, subscribers)],
  )
  return { ...change, refusals }
}

/** Takes one member out; not the last one while a rule sends calls to the group. */
export function removeMember(owner: Subscriber, person: PersonId, subscribers: Subscribers): Change {
  return removeMembers(owner, [person], subscribers)
}

/** Takes all of these out, or nobody when one of them is no member or when a rule sends calls to who would be left. */
export function removeMembers(
  owner: Subscriber,
  people: readonly PersonId[],
  subscribers: Subscribers,
): Change {
  const { members } = owner.settings.group
  const strangers = people.filter((person) => !members.includes(person))
  if (strangers.length > 0)
    return refuse(...strangers.map((person) => ({ code: 'E_NOT_FOUND', person }) as const))
  const uses = rulesUsing(owner.settings, 'group')
  if (members.every((member) => people.includes(member)) && uses.length > 0)
    return refuse({ code: 'E_GROUP_IN_USE', uses })
  return without(owner, people, subscribers)
}

/**
 * Takes back an addition that was too much for an order: these people leave again, and the members ring in order as
 * before. Refused when there would still be too many.
 */
export function takeBack(owner: Subscriber, people: readonly PersonId[], subscribers: Subscribers): Change {
  const { members, order } = owner.settings.group
  const leaving = members.filter((member) => people.includes(member))
  if (leaving.length === 0 && order === 'inOrder') return unchanged
  const count = members.length - leaving.length
  if (count > mostInOrder) return refuse({ code: 'E_ORDER_LIMIT', count })
  return without(owner, leaving, subscribers, 'inOrder')
}

/** Moves one member; nothing happens when they are there already. */
export function moveMember(
  owner: Subscriber,
  person: PersonId,
  move: Move,
  subscribers: Subscribers,
): Change {
  const { group } = owner.settings
  if (!group.members.includes(person)) return refuse({ code: 'E_NOT_FOUND', person })
  const members = moved(group.members, person, move)
  return members === group.members ? unchanged : withGroup(owner, { ...group, members }, subscribers)
}

/** In order works with five members or fewer; Teams rings all at once. */
export function setRingOrder(owner: Subscriber, way: RingWay, subscribers: Subscribers): Change {
  const { group } = owner.settings
  const { members } = group
  const count = members.length
  if (way === 'inOrder' && count > mostInOrder) return refuse({ code: 'E_ORDER_LIMIT', count })
  if (way === ringWay(group)) return unchanged
  const next =
    way === 'byTeams'
      ? ({ members, order: 'simultaneous', isRungByTeams: true } as const)
      : { members, order: way }
  return withGroup(owner, next, subscribers)
}

/** A member goes of their own accord. That is never refused: a group left empty is no longer anybody's target. */
export function leaveGroup(member: Subscriber, owner: PersonId, subscribers: Subscribers): Change {
  const isMember = member.settings.memberships.some((membership) => membership.owner === owner)
  if (!isMember) return refuse({ code: 'E_NOT_MEMBER', owner })
  return without(subscribers(owner), [member.id], subscribers)
}

/**
 * Clean-up of one owner (calling-rules section 4, 1 to 4): no rule leads to the group, and nobody is in it. The ring
 * order stays as chosen: it says how the next group shall ring, and nobody is rung by it now.
 */
export function turnSharingOff(owner: Subscriber, subscribers: Subscribers): Change {
  const { members } = owner.settings.group
  if (members.length === 0 && rulesUsing(owner.settings, 'group').length === 0) return unchanged
  const settings = withMembers(owner, [])
  return keep(
    [[owner.id, settings], ...left(owner, members, subscribers)],
    warningsFor({ ...owner, settings }, subscribers),
  )
}

/** Why this person may not have a call group; null when they may. */
export function mayOwnGroup({ id, policy, eligibility }: Subscriber): Refusal | null {
  if (!policy.allowPrivateCalling) return { code: 'E_POLICY_CALLING' }
  return policy.allowCallGroups ? notEligible(id, eligibility) : { code: 'E_POLICY_GROUPS' }
}

function notEligible(person: PersonId, { teamsOnly, phoneSystem }: Eligibility): Refusal | null {
  if (!teamsOnly) return { code: 'E_NOT_TEAMS_ONLY', person }
  return phoneSystem ? null : { code: 'E_NO_LICENCE', person }
}

/** Why this person may not join these members; null when they may. */
export function mayJoin(
  owner: Subscriber,
  members: readonly PersonId[],
  { id, eligibility, settings }: Subscriber,
): Refusal | null {
  if (id === owner.id) return { code: 'E_SELF', person: id }
  if (members.includes(id)) return { code: 'E_DUP', person: id }
  const no = notEligible(id, eligibility)
  if (no) return no
  if (members.length >= mostMembers) return { code: 'E_GROUP_FULL', person: id, count: members.length }
  const size = charactersOf([...members, id])
  if (size > mostCharacters) return { code: 'E_GROUP_CHARS', person: id, size }
  return settings.memberships.length >= mostGroupsPerMember ? { code: 'E_MEMBER_QUOTA', person: id } : null
}

function without(
  owner: Subscriber,
  people: readonly PersonId[],
  subscribers: Subscribers,
  order: RingOrder = owner.settings.group.order,
): Change {
  const members = owner.settings.group.members.filter((member) => !people.includes(member))
  const { group, ...others } = withMembers(owner, members)
  const settings = { ...others, group: { ...group, order } }
  return keep(
    [[owner.id, settings], ...left(owner, people, subscribers)],
    warningsFor({ ...owner, settings }, subscribers),
  )
}

/** The sheets of people who are in this owner's group no more. */
function left(owner: Subscriber, people: readonly PersonId[], subscribers: Subscribers) {
  return people.map((person) => [person, withoutMembership(subscribers(person).settings, owner.id)] as const)
}

/** The owner's sheet with these members; without any, no rule leads to the group. */
function withMembers({ settings, policy }: Subscriber, members: readonly PersonId[]): CallingSettings {
  return withoutEmptyTargets({ ...settings, group: { ...settings.group, members } }, policy.allowVoicemail)
}

function withGroup(owner: Subscriber, group: CallingSettings['group'], subscribers: Subscribers): Change {
  const settings = { ...owner.settings, group }
  return keep([[owner.id, settings]], warningsFor({ ...owner, settings }, subscribers))
}

/** The sheet of somebody who is in this owner's group from now on; they are rung until they choose otherwise (A16). */
export function withMembership(settings: CallingSettings, owner: PersonId): CallingSettings {
  return { ...settings, memberships: [...settings.memberships, { owner, notification: 'ring' }] }
}

/** The sheet of somebody who is in this owner's group no more. */
export function withoutMembership(settings: CallingSettings, owner: PersonId): CallingSettings {
  return { ...settings, memberships: settings.memberships.filter((membership) => membership.owner !== owner) }
}
