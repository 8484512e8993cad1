/**
 * A store on top of another: what is committed is only pretended, and can be read by its id as if it were so. Lists and
 * logs are those of the real one.
 */
import { type PersonId } from '../core/person.ts'
import {
  type Batch,
  type Committed,
  type Kept,
  type Kind,
  type Listed,
  type Page,
  type Store,
} from '../store/store.ts'
import { desksOver } from '../switchboard/desks.ts'
import { walk } from '../walk.ts'
import { type AdminParts } from './api.ts'

/** The same parts over a store that only pretends to keep what it is told. */
export function pretending(parts: AdminParts): AdminParts & { readonly store: DryRun } {
  const store = new DryRun(parts.store)
  return { ...parts, ...desksOver(store, parts.now, () => 'pretended'), store }
}

export class DryRun implements Store {
  readonly #store: Store
  readonly #documents = new Map<string, Listed | { readonly rev: number; readonly doc: null }>()
  readonly #groups = new Map<PersonId, Set<PersonId>>()
  /** The revisions of the real sheets when they were read first; 0 of one that was not there. */
  readonly #sheets = new Map<PersonId, number>()

  constructor(store: Store) {
    this.#store = store
  }

  async get<K extends Kind>(kind: K, id: string): Promise<Kept<K> | null> {
    const pretended = this.#documents.get(`${kind} ${id}`)
    if (pretended === undefined) {
      const kept = await this.#store.get(kind, id)
      if (kind === 'settings' && !this.#sheets.has(id)) this.#sheets.set(id, kept?.rev ?? 0)
      return kept
    }
    // The key holds the kind, so what lies there is of that kind.
    return pretended.doc === null ? null : ({ rev: pretended.rev, doc: pretended.doc } as Kept<K>)
  }

  async groupsOf(member: PersonId): Promise<readonly PersonId[]> {
    return [...(this.#groups.get(member) ?? (await this.#store.groupsOf(member)))].sort()
  }

  async commit({ puts = [], memberships = [] }: Batch): Promise<Committed> {
    const kept = await Promise.all(puts.map(({ kind, id }) => this.get(kind, id)))
    if (puts.some(({ expect }, index) => (kept[index]?.rev ?? 0) !== expect)) return 'conflict'
    for (const { change, owner, member } of memberships) {
      const owners = this.#groups.get(member) ?? new Set(await this.#store.groupsOf(member))
      if (change === 'join') owners.add(owner)
      else owners.delete(owner)
      this.#groups.set(member, owners)
    }
    for (const { kind, id, expect, doc } of puts)
      this.#documents.set(`${kind} ${id}`, { id, rev: expect + 1, doc })
    return 'committed'
  }

  /** How many people have got other settings in earnest since they were read: what was pretended rests on those they had. */
  async changedMeanwhile(): Promise<number> {
    let changed = 0
    for await (const [id, rev] of walk(this.#sheets))
      if (((await this.#store.get('settings', id))?.rev ?? 0) !== rev) changed += 1
    return changed
  }

  list<K extends Kind>(kind: K, page: Page): Promise<ReadonlyArray<Listed<K>>> {
    return this.#store.list(kind, page)
  }

  history: Store['history'] = (query) => this.#store.history(query)
  audit: Store['audit'] = (query) => this.#store.audit(query)
  start = (): Promise<void> => Promise.resolve()
  stop = (): Promise<void> => Promise.resolve()
  close = (): Promise<void> => Promise.resolve()
  trouble: Store['trouble'] = () => this.#store.trouble()
}
