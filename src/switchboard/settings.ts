/** Changes calling settings: reads the sheets a rule asks for, lets it decide, keeps all it decided or nothing. */
import { neverConfigured } from '../core/calling-settings.ts'
import { type Change } from '../core/change.ts'
import { type PersonId } from '../core/person.ts'
import { type Batch, type Effect, type MembershipChange, type Put, type Store } from '../store/store.ts'
import { type CallingSettings } from '../core/calling-settings.ts'
import { merged } from './batch.ts'
import { type LiveCalls } from './live-calls.ts'
import { askWith, type Rule, sheetOf } from './sheets.ts'

/** What people are told of changes that others made. */
export type News = 'added' | 'removed' | 'left' | 'delegate' | 'notDelegate' | 'edited'

export class SettingsDesk {
  readonly #store: Store
  readonly #calls: LiveCalls

  constructor(store: Store, calls: LiveCalls) {
    this.#store = store
    this.#calls = calls
  }

  /** What a rule answers about the settings as they are now. */
  async ask<Answer>(rule: Rule<Answer>): Promise<Answer> {
    return (await askWith(this.#store, rule)).answer
  }

  async settingsOf(person: PersonId): Promise<CallingSettings> {
    return (await sheetOf(this.#store, person)).subscriber.settings
  }

  /** Whether this person never configured anything and nobody counts on them. */
  async isUntouched(person: PersonId): Promise<boolean> {
    return (await this.#store.get('settings', person)) === null
  }

  /**
   * Decides and keeps a change. `by` is who asked for it: those whose sheet somebody else changed are told; null is for
   * changes that nobody asked for and that mean nothing new to those concerned.
   * Calls that ring now lose the people who were removed.
   */
  async change(by: PersonId | null, rule: Rule<Change>): Promise<Change> {
    for (;;) {
      const { answer, sheets } = await askWith(this.#store, rule)
      if (answer.sheets.size === 0) return answer
      const puts = [...answer.sheets].map(([id, doc]): Put => ({
        kind: 'settings',
        id,
        expect: sheets.get(id)?.rev ?? 0,
        doc,
      }))
      const before = (id: PersonId) => sheets.get(id)?.subscriber.settings ?? neverConfigured
      const memberships = membershipChanges(answer, before)
      const own: Batch = { puts, memberships, effects: news(by, answer, before, memberships) }
      const removals = await this.#calls.withoutMembers(
        memberships.filter(({ change }) => change === 'leave'),
      )
      if ((await this.#store.commit(merged(own, removals))) === 'committed') return answer
    }
  }
}

function membershipChanges(
  change: Change,
  before: (id: PersonId) => CallingSettings,
): readonly MembershipChange[] {
  return [...change.sheets].flatMap(([owner, { group }]) => {
    const old = before(owner).group.members
    const joined = group.members.filter((member) => !old.includes(member))
    const left = old.filter((member) => !group.members.includes(member))
    return [
      ...joined.map((member): MembershipChange => ({ change: 'join', owner, member })),
      ...left.map((member): MembershipChange => ({ change: 'leave', owner, member })),
    ]
  })
}

/** Everybody is told of what others did with them: into a group and out of it, a delegate and no more, edited settings. */
function news(
  by: PersonId | null,
  change: Change,
  before: (id: PersonId) => CallingSettings,
  memberships: readonly MembershipChange[],
): readonly Effect[] {
  const told: Array<readonly [person: PersonId, what: News, about: PersonId]> = []
  for (const { change: how, owner, member } of memberships) {
    if (how === 'join') told.push([member, 'added', owner])
    else if (by === member) told.push([owner, 'left', member])
    else if (by !== null) told.push([member, 'removed', owner])
  }
  for (const [owner, { delegates }] of change.sheets) {
    const [now, then] = [delegates, before(owner).delegates].map((list) => list.map(({ person }) => person))
    for (const person of difference(now, then)) told.push([person, 'delegate', owner])
    if (by !== null) for (const person of difference(then, now)) told.push([person, 'notDelegate', owner])
  }
  for (const [id, sheet] of by === null ? [] : change.sheets) {
    const isEdited = id !== by && ownPartOf(sheet) !== ownPartOf(before(id))
    if (isEdited && !told.some(([person]) => person === id)) told.push([id, 'edited', by ?? id])
  }
  return told
    .filter(([person]) => person !== by)
    .map(([person, what, about]) => ({
      lane: `chat ${person}`,
      work: { do: 'tell', id: person, what, about },
      priority: 2,
    }))
}

function difference(one: readonly PersonId[] = [], other: readonly PersonId[] = []): readonly PersonId[] {
  return one.filter((person) => !other.includes(person))
}

/** The part of a sheet that only its owner and their delegates change. */
function ownPartOf({ group, forwarding, unanswered, delegates, busyOnBusy }: CallingSettings): string {
  return JSON.stringify([group, forwarding, unanswered, delegates, busyOnBusy])
}
