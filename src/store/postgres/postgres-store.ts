/** The store in PostgreSQL, shared by as many instances as there are. */
import { type PersonId } from '../../core/person.ts'
import { isEmpty } from '../change.ts'
import {
  type AuditEntry,
  type AuditQuery,
  type AuditRow,
  type Batch,
  type Committed,
  type Handlers,
  type HistoryQuery,
  type HistoryRow,
  type Kept,
  type Kind,
  type Listed,
  type Page,
  type Reader,
  type Store,
  StoreFailed,
  type StoreTrouble,
} from '../store.ts'
import { batchColumns } from './batch-columns.ts'
import { commitText } from './commit-text.ts'
import { type Database } from './database.ts'
import { type Timers } from './timers.ts'
import { type Effects } from './effects.ts'
import { readerOver } from './reading.ts'
import { type Stop } from './regularly.ts'
import { kept, read } from './text.ts'

export type PostgresParts = {
  readonly database: Database
  readonly timers: Timers
  readonly effects: Effects
  /** What goes on while the store is open. */
  readonly chores: readonly Stop[]
}

/** Later than any time, and higher than any number. */
const last = Number.MAX_SAFE_INTEGER

export class PostgresStore implements Store {
  readonly #parts: PostgresParts
  readonly #reader: Reader
  #isClosed = false

  constructor(parts: PostgresParts) {
    this.#parts = parts
    this.#reader = readerOver((name, text, values) => parts.database.query(name, text, values))
  }

  get<K extends Kind>(kind: K, id: string): Promise<Kept<K> | null> {
    return this.#reader.get(kind, id)
  }

  groupsOf(member: PersonId): Promise<readonly PersonId[]> {
    return this.#reader.groupsOf(member)
  }

  async list<K extends Kind>(kind: K, { after = '', limit }: Page): Promise<ReadonlyArray<Listed<K>>> {
    const text = 'select id, rev, doc from document where kind = $1 and id > $2 order by id limit $3'
    const rows = await this.#query<Listed<K>>('list', text, [kind, kept(after), limit])
    return rows.map((row) => ({ ...row, id: read(row.id) }))
  }

  async history({ person, before = last, limit }: HistoryQuery): Promise<readonly HistoryRow[]> {
    const text = `select h.doc from seen s join history h using (at, number)
      where s.person = $1 and s.at < $2 order by s.at desc, s.number desc limit $3`
    const rows = await this.#query<{ doc: HistoryRow }>('history', text, [kept(person), whole(before), limit])
    return rows.map(({ doc }) => doc)
  }

  async audit({ about, before = last, limit }: AuditQuery): Promise<readonly AuditEntry[]> {
    const which = about === undefined ? '' : 'about = $3 and'
    const text = `select number, doc from audit where ${which} number < $1 order by number desc limit $2`
    const values = [whole(before), limit, ...(about === undefined ? [] : [kept(about)])]
    const rows = await this.#query<{ number: number; doc: AuditRow }>(`audit ${which}`, text, values)
    return rows.map(({ number, doc }) => ({ ...doc, number }))
  }

  async commit(batch: Batch): Promise<Committed> {
    if (this.#isClosed) throw new StoreFailed('closed')
    if (isEmpty(batch)) return 'committed'
    const values = batchColumns(batch, null)
    const committed = await this.#parts.database.again((tries) => this.#commit(batch, values, tries > 1))
    if (committed === 'committed' && batch.effects?.length) this.#deliver()
    return committed
  }

  start({ onTimer, onEffect }: Handlers): Promise<void> {
    const { timers, effects } = this.#parts
    effects.run(onEffect)
    timers.run(onTimer)
    return Promise.resolve()
  }

  async stop(): Promise<void> {
    const { timers, effects } = this.#parts
    await Promise.all([timers.pause(), effects.pause()])
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    await this.stop()
    this.#isClosed = true
    await Promise.all(this.#parts.chores.map((stop) => stop()))
    await this.#parts.database.close()
  }

  trouble(): StoreTrouble | null {
    return this.#parts.database.trouble
  }

  #query: Database['query'] = (name, text, values) => this.#parts.database.query(name, text, values)

  /** Asked again after an answer got lost, a conflict may be with this very batch. */
  async #commit(batch: Batch, values: readonly unknown[], isRepeated: boolean): Promise<Committed> {
    const [answer] = await this.#parts.database.once<{ is: Committed }>('commit', commitText, values)
    if (answer?.is === 'committed') return 'committed'
    return isRepeated && (await this.#isKept(batch)) ? 'committed' : 'conflict'
  }

  /** Whether every document is as this batch leaves it. */
  async #isKept({ puts = [] }: Batch): Promise<boolean> {
    const found = await Promise.all(
      puts.map(async ({ kind, id, expect, doc }) => {
        const now = await this.get(kind, id)
        if (doc === null) return now === null
        return now?.rev === expect + 1 && JSON.stringify(now.doc) === JSON.stringify(doc)
      }),
    )
    return found.every((isSame) => isSame)
  }

  /** Whoever commits begins at once; what fails now is found by the next poll, here or elsewhere. */
  #deliver(): void {
    void this.#parts.effects.look().catch(() => undefined)
  }
}

/** Times and numbers are whole in the database; less than a fraction is less than the next whole. */
function whole(before: number): number {
  return Math.min(last, Math.ceil(before))
}
