/** Somebody leaves for good: nobody's group or delegates name them any more, and nobody is left in theirs. */
import { type CallingSettings, withoutEmptyTargets } from './calling-settings.ts'
import { type Change, keep, unchanged } from './change.ts'
import { type PersonId } from './person.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'

/**
 * Calling-rules section 4 (1) to (6) for one person: sharing off, out of every group and every delegation, both ways.
 * A group or delegates left empty by this are no longer anybody's target.
 */
export function removePerson(person: Subscriber, subscribers: Subscribers): Change {
  const { group, delegates, memberships, managers } = person.settings
  const linked = new Set([
    ...group.members,
    ...delegates.map((delegate) => delegate.person),
    ...memberships.map(({ owner }) => owner),
    ...managers,
  ])
  if (linked.size === 0) return unchanged
  const alone = { group: { ...group, members: [] }, delegates: [], memberships: [], managers: [] }
  const own = withoutEmptyTargets({ ...person.settings, ...alone }, person.policy.allowVoicemail)
  const others = [...linked].map((id) => [id, withoutPerson(subscribers(id), person.id)] as const)
  return keep([[person.id, own], ...others])
}

function withoutPerson({ settings, policy }: Subscriber, person: PersonId): CallingSettings {
  const { group, delegates, memberships, managers } = settings
  const sheet: CallingSettings = {
    ...settings,
    group: { ...group, members: group.members.filter((member) => member !== person) },
    delegates: delegates.filter((delegate) => delegate.person !== person),
    memberships: memberships.filter(({ owner }) => owner !== person),
    managers: managers.filter((manager) => manager !== person),
  }
  return withoutEmptyTargets(sheet, policy.allowVoicemail)
}
