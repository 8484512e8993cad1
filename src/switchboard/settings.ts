/** Changes calling settings: reads the sheets a rule asks for, lets it decide, keeps all it decided or nothing. */
import { type CallingSettings, neverConfigured } from '../core/calling-settings.ts'
import { type Change } from '../core/change.ts'
import { type Delegate } from '../core/delegate.ts'
import { type PersonId } from '../core/person.ts'
import { type Batch, type Effect, type MembershipChange, type Put, type Store } from '../store/store.ts'
import { auditRow, changedParts } from './audit.ts'
import { type Author, isAdmin } from './author.ts'
import { merged } from './batch.ts'
import { type News, told } from './effects.ts'
import { type LiveCalls } from './live-calls.ts'
import { askWith, type Rule, sheetOf } from './sheets.ts'

/** A change that was decided, and the sheets as they were. */
export type Decision = { readonly change: Change; readonly before: (id: PersonId) => CallingSettings }

export type MoreToKeep = {
  /** What else goes into the same commit. */
  readonly also?: (decision: Decision) => Batch
  /** What people are told whose own sheet an admin changed. */
  readonly told?: News
}

export class SettingsDesk {
  readonly #store: Store
  readonly #calls: LiveCalls
  readonly #now: () => number

  constructor(store: Store, calls: LiveCalls, now: () => number) {
    this.#store = store
    this.#calls = calls
    this.#now = now
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
   * Decides and keeps a change, and who made it. Those whose sheet somebody else changed are told.
   * Calls that ring now lose the people who were removed.
   */
  async change(by: Author, rule: Rule<Change>, more: MoreToKeep = {}): Promise<Change> {
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
      const decision = { change: answer, before }
      const memberships = membershipChanges(answer, before)
      const effects = by.isQuiet ? [] : news(by, decision, memberships, more.told)
      const own: Batch = { puts, memberships, effects, audit: this.#audit(by, decision) }
      const removals = await this.#calls.withoutMembers(
        memberships.filter(({ change }) => change === 'leave'),
      )
      const also = more.also?.(decision) ?? {}
      if ((await this.#store.commit(merged(own, removals, also))) === 'committed') return answer
    }
  }

  #audit(by: Author, { change, before }: Decision) {
    return [...change.sheets]
      .map(([id, sheet]) => auditRow(this.#now(), by, id, changedParts(before(id), sheet)))
      .filter(({ parts }) => parts.length > 0)
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
  by: Author,
  { change, before }: Decision,
  memberships: readonly MembershipChange[],
  toldTheEdited: News = isAdmin(by) ? 'editedByAdmin' : 'edited',
): readonly Effect[] {
  const { person: author } = by
  const isAsked = by.door !== 'bot'
  const heard: Array<readonly [person: PersonId, what: News, about: PersonId]> = []
  for (const { change: how, owner, member } of memberships) {
    if (how === 'join') heard.push([member, 'added', owner])
    else if (author === member) heard.push([owner, 'left', member])
    else if (isAsked) heard.push([member, 'removed', owner])
  }
  for (const [owner, { delegates }] of change.sheets)
    for (const [person, what] of delegateNews(before(owner).delegates, delegates))
      if (isAsked || what !== 'notDelegate') heard.push([person, what, owner])
  for (const [id, sheet] of isAsked ? change.sheets : []) {
    const isEdited = id !== author && changedParts(before(id), sheet).length > 0
    if (isEdited && !heard.some(([person]) => person === id)) heard.push([id, toldTheEdited, author ?? id])
  }
  return heard.filter(([person]) => person !== author).map((one) => told(...one))
}

/** Who has become a delegate, may do something else now, or is one no more. */
function delegateNews(
  then: readonly Delegate[],
  now: readonly Delegate[],
): ReadonlyArray<readonly [PersonId, News]> {
  const mayIn = (delegates: readonly Delegate[], person: PersonId) =>
    delegates.find((one) => one.person === person)?.may.join()
  const come = now.filter(({ person }) => mayIn(then, person) === undefined)
  const changed = now.filter(({ person, may }) => ![undefined, may.join()].includes(mayIn(then, person)))
  const gone = then.filter(({ person }) => mayIn(now, person) === undefined)
  return [
    ...come.map(({ person }) => [person, 'delegate'] as const),
    ...changed.map(({ person }) => [person, 'mayOtherwise'] as const),
    ...gone.map(({ person }) => [person, 'notDelegate'] as const),
  ]
}
