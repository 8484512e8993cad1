/** Somebody leaves for good, or may share calls no more: nobody's lists name them, and nobody is left in theirs. */
import { type CallingSettings, withoutEmptyTargets } from './calling-settings.ts'
import { type Change, keep, unchanged } from './change.ts'
import { type PersonId } from './person.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'

/**
 * Calling-rules section 4 (1) to (6) for one person: sharing off, out of every group and every delegation, both ways.
 * A group or delegates left empty by this are no longer anybody's target.
 */
export function removePerson(person: Subscriber, subscribers: Subscribers): Change {
  const { delegates, managers } = person.settings
  const linked = [...inGroups(person), ...delegates.map((delegate) => delegate.person), ...managers]
  return cutOff(person, linked, subscribers, (sheet, from) => outOfDelegation(outOfGroups(sheet, from), from))
}

/** The same for groups only: somebody who may not share calls may still act for others. */
export function endSharing(person: Subscriber, subscribers: Subscribers): Change {
  return cutOff(person, inGroups(person), subscribers, outOfGroups)
}

/** A sheet without one person; null is everybody. */
type Cut = (sheet: CallingSettings, from: PersonId | null) => CallingSettings

function cutOff(person: Subscriber, linked: readonly PersonId[], subscribers: Subscribers, cut: Cut): Change {
  if (linked.length === 0) return unchanged
  const own = withoutEmptyTargets(cut(person.settings, null), person.policy.allowVoicemail)
  const others = [...new Set(linked)].map((id) => {
    const { settings, policy } = subscribers(id)
    return [id, withoutEmptyTargets(cut(settings, person.id), policy.allowVoicemail)] as const
  })
  return keep([[person.id, own], ...others])
}

function inGroups({ settings: { group, memberships } }: Subscriber): readonly PersonId[] {
  return [...group.members, ...memberships.map(({ owner }) => owner)]
}

const outOfGroups: Cut = (sheet, from) => ({
  ...sheet,
  group: { ...sheet.group, members: without(sheet.group.members, from, (member) => member) },
  memberships: without(sheet.memberships, from, ({ owner }) => owner),
})

const outOfDelegation: Cut = (sheet, from) => ({
  ...sheet,
  delegates: without(sheet.delegates, from, ({ person }) => person),
  managers: without(sheet.managers, from, (manager) => manager),
})

function without<T>(list: readonly T[], from: PersonId | null, who: (one: T) => PersonId): readonly T[] {
  return from === null ? [] : list.filter((one) => who(one) !== from)
}
