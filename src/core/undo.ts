/**
 * Takes back what a sweep did. What people have changed since then stays as they have it; of the rest all comes back
 * that the limits still allow, and what does not fit is named.
 */
import { charactersOf, mostCharacters, mostInOrder, mostMembers } from './call-group.ts'
import { type CallingSettings, withoutEmptyTargets } from './calling-settings.ts'
import { type Change, keep } from './change.ts'
import { type Delegate, mostDelegates, mostManagers } from './delegate.ts'
import { reaches } from './delegates.ts'
import { type GroupMembership, mostGroupsPerMember } from './notification.ts'
import { type PersonId } from './person.ts'
import { type Refusal } from './refusal.ts'
import { type Subscribers } from './subscriber.ts'

/** One sheet that was changed: as it was before, and as it was left. */
export type SweptSheet = {
  readonly id: PersonId
  readonly before: CallingSettings
  readonly after: CallingSettings
}

/** The sheets as they were, as far as nobody has changed them since. */
export function restore(swept: readonly SweptSheet[], subscribers: Subscribers): Change {
  const restoring = new Restoring(subscribers)
  for (const sheet of swept) restoring.members(sheet, swept)
  for (const sheet of swept) restoring.delegates(sheet, swept)
  for (const sheet of swept) restoring.choices(sheet)
  return restoring.change()
}

class Restoring {
  readonly #subscribers: Subscribers
  readonly #sheets = new Map<PersonId, CallingSettings>()
  readonly #refusals: Refusal[] = []

  constructor(subscribers: Subscribers) {
    this.#subscribers = subscribers
  }

  /** Members who were swept out come back to their places, and each to the notification they had chosen. */
  members({ id, before, after }: SweptSheet, swept: readonly SweptSheet[]): void {
    for (const member of gone(before.group.members, after.group.members)) {
      const { members, order } = this.#of(id).group
      if (members.includes(member)) continue
      const refusal = this.#mayJoin(id, member)
      if (refusal) this.#refusals.push(refusal)
      else {
        const list = reinserted(members, member, before.group.members)
        this.#edit(id, { group: { members: list, order } })
        this.#join(member, id, swept.find((one) => one.id === member)?.before.memberships ?? [])
      }
    }
  }

  delegates({ id, before, after }: SweptSheet, swept: readonly SweptSheet[]): void {
    const persons = (list: readonly Delegate[]) => list.map(({ person }) => person)
    for (const delegate of before.delegates) {
      const { person } = delegate
      const { delegates } = this.#of(id)
      const isSwept = !persons(after.delegates).includes(person)
      if (!isSwept || persons(delegates).includes(person)) continue
      const refusal = this.#mayDelegate(id, person)
      if (refusal) this.#refusals.push(refusal)
      else {
        const places = reinserted(persons(delegates), person, persons(before.delegates))
        const all = [...delegates, delegate]
        this.#edit(id, {
          delegates: places.flatMap((one) => all.filter((other) => other.person === one)),
        })
        const { managers } = this.#of(person)
        const then = swept.find((one) => one.id === person)?.before.managers ?? []
        this.#edit(person, { managers: reinserted(managers, id, then) })
      }
    }
  }

  /** Rules and ring order come back unless they were changed since; none leads to where nobody is. */
  choices({ id, before, after }: SweptSheet): void {
    const now = this.#of(id)
    const { forwarding, unanswered } = now
    const order = now.group.order === after.group.order ? before.group.order : now.group.order
    const fits = order === 'simultaneous' || now.group.members.length <= mostInOrder
    this.#edit(id, {
      forwarding: isSame(forwarding, after.forwarding) ? before.forwarding : forwarding,
      unanswered: isSame(unanswered, after.unanswered) ? before.unanswered : unanswered,
      group: { ...now.group, order: fits ? order : 'simultaneous' },
    })
  }

  change(): Change {
    const sheets = [...this.#sheets]
      .map(([id, sheet]) => {
        const { allowVoicemail } = this.#subscribers(id).policy
        return [id, withoutEmptyTargets(sheet, allowVoicemail)] as const
      })
      .filter(([id, sheet]) => !isSame(sheet, this.#subscribers(id).settings))
    return { ...keep(sheets), refusals: this.#refusals }
  }

  #of(id: PersonId): CallingSettings {
    return this.#sheets.get(id) ?? this.#subscribers(id).settings
  }

  #edit(id: PersonId, parts: Partial<CallingSettings>): void {
    this.#sheets.set(id, { ...this.#of(id), ...parts })
  }

  #mayJoin(owner: PersonId, person: PersonId): Refusal | null {
    const { members } = this.#of(owner).group
    if (members.length >= mostMembers) return { code: 'E_GROUP_FULL', person, count: members.length }
    const size = charactersOf([...members, person])
    if (size > mostCharacters) return { code: 'E_GROUP_CHARS', person, size }
    const isFull = this.#of(person).memberships.length >= mostGroupsPerMember
    return isFull ? { code: 'E_MEMBER_QUOTA', person } : null
  }

  #mayDelegate(owner: PersonId, person: PersonId): Refusal | null {
    const who: Subscribers = (id) => ({ ...this.#subscribers(id), settings: this.#of(id) })
    if (this.#of(owner).delegates.length >= mostDelegates)
      return { code: 'E_DELEGATE_LIMIT', person, side: 'delegates' }
    if (this.#of(person).managers.length >= mostManagers)
      return { code: 'E_DELEGATE_LIMIT', person, side: 'managers' }
    return reaches(who(person), owner, who) ? { code: 'E_DELEGATE_CIRCLE', person } : null
  }

  #join(member: PersonId, owner: PersonId, before: readonly GroupMembership[]): void {
    const { memberships } = this.#of(member)
    const mine: GroupMembership = before.find((one) => one.owner === owner) ?? { owner, notification: 'ring' }
    const owners = (list: readonly GroupMembership[]) => list.map((one) => one.owner)
    const places = reinserted(owners(memberships), owner, owners(before))
    const all = [...memberships, mine]
    this.#edit(member, {
      memberships: places.flatMap((one) => all.filter((other) => other.owner === one)),
    })
  }
}

/** Who was there before and is not there after. */
function gone(before: readonly PersonId[], after: readonly PersonId[]): readonly PersonId[] {
  return before.filter((person) => !after.includes(person))
}

/** The list with one person put back behind the nearest of those who stood before them. */
function reinserted(
  now: readonly PersonId[],
  person: PersonId,
  before: readonly PersonId[],
): readonly PersonId[] {
  const ahead = before.slice(0, Math.max(0, before.indexOf(person)))
  const place = Math.max(-1, ...ahead.map((one) => now.indexOf(one))) + 1
  const known = before.includes(person) ? place : now.length
  return [...now.slice(0, known), person, ...now.slice(known)]
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
