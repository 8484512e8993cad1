/** Two records of one person become one: somebody named by address turns out to be somebody the bot has met. */
import { type CallingSettings } from './calling-settings.ts'
import { type Change } from './change.ts'
import { type PersonId } from './person.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'

/** Puts `into` wherever `from` is a member or a delegate; `from` is then in no group and nobody's delegate. */
export function absorb(into: Subscriber, from: Subscriber, subscribers: Subscribers): Change {
  const owners = from.settings.memberships.map(({ owner }) => owner).filter((owner) => owner !== into.id)
  const managers = from.settings.managers.filter((manager) => manager !== into.id)
  const sheets = new Map<PersonId, CallingSettings>()
  for (const id of new Set([...owners, ...managers])) {
    const { settings } = subscribers(id)
    const members = replaced(settings.group.members, from.id, into.id)
    const delegates = settings.delegates
      .filter(({ person }) => person !== from.id || !settings.delegates.some((one) => one.person === into.id))
      .map((delegate) => (delegate.person === from.id ? { ...delegate, person: into.id } : delegate))
    sheets.set(id, { ...settings, group: { ...settings.group, members }, delegates })
  }
  if (sheets.size === 0) return { sheets, refusals: [], warnings: [] }
  const own = into.settings.memberships
  const joined = from.settings.memberships.filter(
    ({ owner }) => owner !== into.id && !own.some((membership) => membership.owner === owner),
  )
  sheets.set(into.id, {
    ...into.settings,
    memberships: [...own, ...joined],
    managers: [...new Set([...into.settings.managers, ...managers])],
  })
  sheets.set(from.id, { ...from.settings, memberships: [], managers: [] })
  return { sheets, refusals: [], warnings: [] }
}

function replaced(people: readonly PersonId[], from: PersonId, into: PersonId): readonly PersonId[] {
  if (people.includes(into)) return people.filter((person) => person !== from)
  return people.map((person) => (person === from ? into : person))
}
