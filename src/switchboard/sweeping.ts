/** Cleaning up relationships that are left behind, with a preview, and taking it back (calling-rules section 4). */
import { type Change, unchanged } from '../core/change.ts'
import { type PersonId } from '../core/person.ts'
import { type Refusal } from '../core/refusal.ts'
import { removePerson } from '../core/remove-person.ts'
import { mayBeStale, type Stale, staleness, sweep } from '../core/sweep.ts'
import { type Subscribers } from '../core/subscriber.ts'
import { restore } from '../core/undo.ts'
import { type SweepRecord } from '../store/documents.ts'
import { type Batch, type Put, type Reader, type Store, type Timer } from '../store/store.ts'
import { type Author } from './author.ts'
import { every } from './every.ts'
import { type Decision, type SettingsDesk } from './settings.ts'
import { sheetOf } from './sheets.ts'
import { walk } from '../walk.ts'

/** Somebody whose relationships are stale, why, and how many there are. */
export type StalePerson = {
  readonly person: PersonId
  readonly why: Stale
  readonly members: number
  readonly memberships: number
}

/** What became, or would become, of one person: who else is concerned, and how to take it back. */
export type Swept = {
  readonly person: PersonId
  readonly why: Stale | 'left'
  readonly concerned: readonly PersonId[]
  /** Null when nothing was applied. */
  readonly undo: string | null
}

export type Undone =
  | { readonly is: 'undone'; readonly people: readonly PersonId[]; readonly refusals: readonly Refusal[] }
  | { readonly is: 'unknown' | 'alreadyUndone' }

/** One run of a clean-up: what it is taken back by, when it was, and after whom it cleaned up. */
export type SweepRun = {
  readonly id: string
  readonly at: number
  readonly people: readonly PersonId[]
  readonly isUndone: boolean
}

export type SweepingParts = {
  readonly store: Store
  readonly settings: SettingsDesk
  readonly now: () => number
  /** A name nobody can guess, of 128 random bits in hexadecimal. */
  readonly newId: () => string
}

/** How long what a sweep did can be taken back: 30 days. */
export const undoableMs = 30 * 24 * 60 * 60 * 1000

export class Sweeping {
  readonly #parts: SweepingParts

  constructor(parts: SweepingParts) {
    this.#parts = parts
  }

  /** Everybody whose relationships are stale, in the order of their ids. */
  async *stale(after = ''): AsyncGenerator<StalePerson> {
    const { store } = this.#parts
    for await (const { id, doc } of every(store, 'settings', after)) {
      // Most people share nothing: what they may do need not be read.
      const one = mayBeStale(doc) ? await this.#staleOne(id) : null
      if (one !== null) yield one
    }
  }

  async #staleOne(person: PersonId): Promise<StalePerson | null> {
    const { subscriber } = await sheetOf(this.#parts.store, person)
    const why = staleness(subscriber)
    const { group, memberships } = subscriber.settings
    return why && { person, why, members: group.members.length, memberships: memberships.length }
  }

  /** Cleans up after everybody who is stale, or after these people only; each of them wholly or not at all. */
  async sweep(by: Author, people: readonly PersonId[] | null, apply: boolean): Promise<readonly Swept[]> {
    const swept: Swept[] = []
    const run = this.#parts.newId()
    for await (const { person, why } of this.#staleAmong(people)) {
      const rule = (who: Subscribers) => sweep(who(person), who)
      const one = await this.#clean(by, person, why, rule, apply ? `${run}-${place(swept.length)}` : null)
      if (one) swept.push(one)
    }
    return swept
  }

  /** Cleans up after somebody who has left. Null when nobody counted on them. */
  async left(by: Author, person: PersonId, apply = true): Promise<Swept | null> {
    const id = apply ? `${this.#parts.newId()}-${place(0)}` : null
    return this.#clean(by, person, 'left', (who) => removePerson(who(person), who), id)
  }

  /** The clean-ups of the last thirty days, the newest first. */
  async runs(most: number): Promise<readonly SweepRun[]> {
    const runs = new Map<string, SweepRun & { readonly people: PersonId[] }>()
    for await (const { id, doc } of every(this.#parts.store, 'undo')) {
      const run = runOf(id)
      const { people = [], isUndone = true } = runs.get(run) ?? {}
      people.push(doc.person)
      runs.set(run, { id: run, at: doc.at, people, isUndone: isUndone && doc.undone })
    }
    return [...runs.values()].sort((one, other) => other.at - one.at).slice(0, most)
  }

  /** Takes back a whole run, or what it did for one person. */
  async undo(by: Author, id: string): Promise<Undone> {
    const { store } = this.#parts
    const found: Array<{ readonly id: string; readonly doc: SweepRecord }> = []
    for await (const one of every(store, 'undo', `${id}`.slice(0, -1))) {
      if (one.id === id || one.id.startsWith(`${id}-`)) found.push(one)
      else if (one.id > `${id}-~`) break
    }
    if (found.length === 0) return { is: 'unknown' }
    const open = found.filter(({ doc }) => !doc.undone)
    if (open.length === 0) return { is: 'alreadyUndone' }
    const refusals: Refusal[] = []
    // The last one first: a later sweep of the run may rest on an earlier one.
    for (const one of open.reverse()) refusals.push(...(await this.#restore(by, one.id)))
    return { is: 'undone', people: open.map(({ doc }) => doc.person).reverse(), refusals }
  }

  /** What a timer forgets: a sweep that can no longer be taken back. */
  static async forgotten(read: Reader, id: string): Promise<Batch> {
    const kept = await read.get('undo', id)
    return kept ? { puts: [{ kind: 'undo', id, expect: kept.rev, doc: null }] } : {}
  }

  async *#staleAmong(people: readonly PersonId[] | null): AsyncGenerator<StalePerson> {
    if (people === null) yield* this.stale()
    for await (const person of walk(new Set(people))) {
      const one = await this.#staleOne(person)
      if (one !== null) yield one
    }
  }

  async #clean(
    by: Author,
    person: PersonId,
    why: Swept['why'],
    rule: (who: Subscribers) => Change,
    id: string | null,
  ): Promise<Swept | null> {
    const { settings, now } = this.#parts
    const also = (decision: Decision) => (id === null ? {} : recordOf(id, person, decision, now()))
    const change =
      id === null ? await settings.ask(rule) : await settings.change(by, rule, { also, told: 'swept' })
    const concerned = [...change.sheets.keys()].filter((other) => other !== person)
    return change.sheets.size === 0 ? null : { person, why, concerned, undo: id }
  }

  async #restore(by: Author, id: string): Promise<readonly Refusal[]> {
    const { store, settings } = this.#parts
    for (;;) {
      const kept = await store.get('undo', id)
      if (!kept || kept.doc.undone) return []
      const done: Put = { kind: 'undo', id, expect: kept.rev, doc: { ...kept.doc, undone: true } }
      // Once: when somebody else was quicker, what they left of the record has to be read first.
      let isTried = false
      const rule = (who: Subscribers) => (isTried ? unchanged : restore(kept.doc.sheets, who))
      const also = (): Batch => {
        isTried = true
        return { puts: [done] }
      }
      const change = await settings.change(by, rule, { also, told: 'restored' })
      if (change.sheets.size > 0) return change.refusals
      if (!isTried && (await store.commit({ puts: [done] })) === 'committed') return change.refusals
    }
  }
}

/** What is kept beside a sweep so that it can be taken back, until it can no longer. */
function recordOf(id: string, person: PersonId, { change, before }: Decision, at: number): Batch {
  const sheets = [...change.sheets].map(([one, after]): SweepRecord['sheets'][number] => ({
    id: one,
    before: before(one),
    after,
  }))
  const timer: Timer = { key: `forget ${id}`, due: at + undoableMs, event: { is: 'forgetUndo', id } }
  const doc: SweepRecord = { at, person, undone: false, sheets }
  return { puts: [{ kind: 'undo', id, expect: 0, doc }], setTimers: [timer] }
}

/** The run that a record of a sweep belongs to. */
export function runOf(record: string): string {
  return record.replace(/-\d+$/u, '')
}

function place(index: number): string {
  return String(index).padStart(6, '0')
}
