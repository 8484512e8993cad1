/** Somebody leaves for good: nobody's group or delegates name them any more, and nobody is left in theirs. */
import { type CallingSettings, withoutTarget } from './calling-settings.ts'
import { type Change, keep, unchanged } from './change.ts'
import { whoReceiveCalls } from './delegate.ts'
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
  const own = { ...person, settings: { ...person.settings, ...alone } }
  const others = [...linked].map((id) => [id, withoutPerson(subscribers(id), person.id)] as const)
  return keep([[person.id, withoutEmptyTargets(own)], ...others])
}

function withoutPerson({ settings, ...rest }: Subscriber, person: PersonId): CallingSettings {
  const { group, delegates, memberships, managers } = settings
  return withoutEmptyTargets({
    ...rest,
    settings: {
      ...settings,
      group: { ...group, members: group.members.filter((member) => member !== person) },
      delegates: delegates.filter((delegate) => delegate.person !== person),
      memberships: memberships.filter(({ owner }) => owner !== person),
      managers: managers.filter((manager) => manager !== person),
    },
  })
}

function withoutEmptyTargets({ settings, policy }: Pick<Subscriber, 'settings' | 'policy'>): CallingSettings {
  const { allowVoicemail } = policy
  const sheet =
    settings.group.members.length > 0 ? settings : withoutTarget(settings, 'group', allowVoicemail)
  return whoReceiveCalls(sheet.delegates).length > 0
    ? sheet
    : withoutTarget(sheet, 'delegates', allowVoicemail)
}
