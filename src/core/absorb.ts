/**
 * Two records of one person become one: somebody named by address turns out to be somebody the bot has met.
 * Whoever counted on the old record now counts on the person: groups they are in, people they act for, and their choices
 * there. What the old record had set up itself goes to the person too, unless they have set up something of their own;
 * then that stays, and the old record's group and delegates are let go.
 */
import { type CallingSettings, neverConfigured, ruleOf, withoutEmptyTargets } from './calling-settings.ts'
import { type Change, keep, unchanged } from './change.ts'
import { mostManagers } from './delegate.ts'
import { reaches } from './delegates.ts'
import { mostGroupsPerMember } from './notification.ts'
import { type PersonId } from './person.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { type Target } from './target.ts'

/** Puts `into` wherever `from` stands; `from` is then in no group, nobody's delegate, and has nothing of their own. */
export function absorb(into: Subscriber, from: Subscriber, subscribers: Subscribers): Change {
  if (into.id === from.id) return unchanged
  const moving = new Moving(into.id, from.id, subscribers)
  moving.takeOver(hasOwn(into.settings) ? letGo(from.settings) : ownPart(from.settings))
  moving.joinGroups(from.settings)
  moving.actForManagers(from.settings)
  return moving.change()
}

/** The sheets while one person takes the place of another; those not looked at yet are as they were. */
class Moving {
  readonly #into: PersonId
  readonly #from: PersonId
  readonly #subscribers: Subscribers
  readonly #sheets = new Map<PersonId, CallingSettings>()

  constructor(into: PersonId, from: PersonId, subscribers: Subscribers) {
    this.#into = into
    this.#from = from
    this.#subscribers = subscribers
    const old = this.#settings(from)
    this.#sheets.set(from, neverConfigured)
    this.#edit(into, (sheet) => ({ ...this.#withoutBoth(sheet), override: sheet.override ?? old.override }))
  }

  /** What the old record had set up: its members and delegates are now the person's, or nobody's. */
  takeOver(own: Partial<CallingSettings>): void {
    const old = this.#subscribers(this.#from).settings
    this.#edit(this.#into, (sheet) => this.#withoutBoth({ ...sheet, ...own }))
    this.#edit(this.#into, (sheet) => ({ ...sheet, delegates: this.#withoutCircles(sheet.delegates) }))
    const { group, delegates } = this.#settings(this.#into)
    for (const member of old.group.members)
      this.#edit(member, (sheet) => ({
        ...sheet,
        memberships: sheet.memberships.flatMap((one) => {
          if (one.owner !== this.#from) return [one]
          return own.group && group.members.includes(member) ? [{ ...one, owner: this.#into }] : []
        }),
      }))
    for (const { person } of old.delegates) {
      const stays = own.delegates !== undefined && delegates.some((one) => one.person === person)
      this.#edit(person, (sheet) => ({
        ...sheet,
        managers: sheet.managers.flatMap((one) => (one !== this.#from ? [one] : stays ? [this.#into] : [])),
      }))
    }
  }

  /** In each group the person takes the old record's place, as long as they may be in another one. */
  joinGroups({ memberships }: CallingSettings): void {
    for (const membership of memberships.filter(({ owner }) => owner !== this.#into)) {
      const own = this.#settings(this.#into).memberships
      const isIn = own.some(({ owner }) => owner === membership.owner)
      const joins = !isIn && own.length < mostGroupsPerMember
      if (joins) this.#edit(this.#into, (sheet) => ({ ...sheet, memberships: [...own, membership] }))
      this.#edit(membership.owner, (sheet) => ({
        ...sheet,
        group: { ...sheet.group, members: this.#replaced(sheet.group.members, joins) },
      }))
    }
  }

  /** The person acts for whom the old record acted, unless that would be one too many or go round in a circle. */
  actForManagers({ managers }: CallingSettings): void {
    for (const manager of managers.filter((one) => one !== this.#into)) {
      const own = this.#settings(this.#into).managers
      const isRoom = own.length < mostManagers && !reaches(this.#who(this.#into), manager, this.#who)
      const joins = !own.includes(manager) && isRoom
      if (joins) this.#edit(this.#into, (sheet) => ({ ...sheet, managers: [...own, manager] }))
      this.#edit(manager, (sheet) => ({
        ...sheet,
        delegates: sheet.delegates.flatMap((one) => {
          if (one.person !== this.#from) return [one]
          return joins ? [{ ...one, person: this.#into }] : []
        }),
      }))
    }
  }

  change(): Change {
    const sheets = [...this.#sheets].map(([id, sheet]) => {
      const { allowVoicemail } = this.#subscribers(id).policy
      return [id, withoutEmptyTargets(sheet, allowVoicemail)] as const
    })
    return keep(sheets.filter(([id, sheet]) => !isSame(sheet, this.#subscribers(id).settings)))
  }

  readonly #who: Subscribers = (id) => ({ ...this.#subscribers(id), settings: this.#settings(id) })

  #settings(id: PersonId): CallingSettings {
    return this.#sheets.get(id) ?? this.#subscribers(id).settings
  }

  #edit(id: PersonId, edit: (sheet: CallingSettings) => CallingSettings): void {
    if (id !== this.#from) this.#sheets.set(id, edit(this.#settings(id)))
  }

  #withoutCircles(delegates: CallingSettings['delegates']): CallingSettings['delegates'] {
    return delegates.filter(({ person }) => !reaches(this.#who(person), this.#into, this.#who))
  }

  #replaced(people: readonly PersonId[], joins: boolean): readonly PersonId[] {
    return people.flatMap((person) => (person !== this.#from ? [person] : joins ? [this.#into] : []))
  }

  /** Nobody is in their own group, their own delegate, or where their own calls go. */
  #withoutBoth(sheet: CallingSettings): CallingSettings {
    const isOther = (person: PersonId) => person !== this.#into && person !== this.#from
    const isSelf = (to: Target | undefined) => to?.is === 'person' && !isOther(to.person)
    const { forwarding, unanswered } = sheet
    return {
      ...sheet,
      forwarding: isSelf(ruleOf(forwarding)?.to) ? neverConfigured.forwarding : forwarding,
      unanswered: isSelf(ruleOf(unanswered)?.to) ? neverConfigured.unanswered : unanswered,
      group: { ...sheet.group, members: sheet.group.members.filter(isOther) },
      delegates: sheet.delegates.filter(({ person }) => isOther(person)),
    }
  }
}

/** What only the owner of a sheet sets. */
function ownPart({ group, forwarding, unanswered, delegates, busyOnBusy }: CallingSettings) {
  return { group, forwarding, unanswered, delegates, busyOnBusy }
}

/** Nothing of it is taken over. */
function letGo(_: CallingSettings): Partial<CallingSettings> {
  return {}
}

function hasOwn(settings: CallingSettings): boolean {
  return !isSame(ownPart(settings), ownPart(neverConfigured))
}

function isSame(one: unknown, other: unknown): boolean {
  return inWords(one) === inWords(other)
}

/** Equal values in equal words, whatever order their fields were written in. */
function inWords(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}
