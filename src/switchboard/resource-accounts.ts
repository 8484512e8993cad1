/** Whose calls each resource account takes: an account of Teams that calls can be routed to, made for this bot's application. */
import { type PersonId, plainAddress } from '../core/person.ts'
import { type Listed, type Page, type Store } from '../store/store.ts'
import { auditRow } from './audit.ts'
import { type Author } from './author.ts'
import { whoIs } from './who-is.ts'

export class ResourceAccounts {
  readonly #store: Store
  readonly #now: () => number

  constructor(store: Store, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** Whose calls an account takes; null when nobody was named. */
  async ownerOf(account: string): Promise<PersonId | null> {
    const kept = await this.#store.get('resourceAccount', plainAddress(account))
    if (!kept) return null
    return (await whoIs(this.#store, kept.doc.owner)) ?? kept.doc.owner
  }

  /** The accounts in the order of their object ids. */
  async list(page: Page): Promise<ReadonlyArray<Listed<'resourceAccount'>>> {
    return this.#store.list('resourceAccount', page)
  }

  /** Says whose calls an account takes, null nobody's. False when nobody's they were before. */
  async setOwner(by: Author, account: string, owner: PersonId | null): Promise<boolean> {
    const id = plainAddress(account)
    for (;;) {
      const kept = await this.#store.get('resourceAccount', id)
      const before = kept?.doc.owner ?? null
      if (before === owner) return owner !== null
      const doc = owner === null ? null : { owner }
      const puts = [{ kind: 'resourceAccount', id, expect: kept?.rev ?? 0, doc } as const]
      const audit = [
        auditRow(this.#now(), by, `resourceAccount:${id}`, [{ part: 'owner', before, after: owner }]),
      ]
      if ((await this.#store.commit({ puts, audit })) === 'committed') return true
    }
  }
}
