/** The lanes and effects in the database, as one instance sees and takes them. Names here are as the database keeps them. */
import { type Effect, type EffectWork } from '../store.ts'
import { type Database } from './database.ts'

export type EffectRow = {
  readonly lane: string
  readonly number: number
  readonly priority: Effect['priority']
  readonly work: EffectWork
  readonly failures: number
}

/** How a lane is left: empty, to be tried again later, or for others to go first. */
export type Leaving =
  | { readonly is: 'idle' }
  | { readonly is: 'given' }
  | { readonly is: 'rest'; readonly ms: number; readonly failures: number }

/** For how long a lane is taken, or kept: milliseconds. Those of a dead instance wait no longer than this. */
export const holdMs = 1500
/** After the database was away its instances get so long to say which lanes they still hold: as long as a request may hang. */
const sparedMs = 3000

export class EffectTable {
  readonly #database: Database
  readonly #me: string

  /** `me` is a name for this instance that no other has had. */
  constructor(database: Database, me: string) {
    this.#database = database
    this.#me = me
  }

  /** The most urgent ones. */
  take(most: number): Promise<readonly EffectRow[]> {
    return this.#database.once('take', 'select * from take_lanes($1, $2, $3, $4)', [
      this.#me,
      most,
      holdMs,
      this.#database.wasAwayWithin(sparedMs),
    ])
  }

  /** How many lanes could be taken now in which something urgent waits. */
  async urgent(): Promise<number> {
    const text = `select count(*)::integer as count from (
      select w.lane from wake w where w.priority < 2
        and not exists (select from lane l where l.name = w.lane and l.free_at > now_ms())
      union
      select l.name from lane l where l.free_at <= now_ms() and l.priority < 2) ready`
    const [row] = await this.#database.once<{ count: number }>('urgent', text, [])
    return row?.count ?? 0
  }

  /** Those that are still ours. */
  async keep(names: readonly string[]): Promise<readonly string[]> {
    const text = 'select keep_lanes($1, $2, $3) as name'
    const rows = await this.#database.once<{ name: string }>('keep', text, [this.#me, names, holdMs])
    return rows.map(({ name }) => name)
  }

  /** What more there is in the lanes that were left idle. */
  end(done: readonly number[], left: ReadonlyMap<string, Leaving>): Promise<readonly EffectRow[]> {
    const rests = [...left].flatMap(([name, how]) => (how.is === 'rest' ? [{ ...how, name }] : []))
    const names = (is: Leaving['is']) => [...left].flatMap(([name, how]) => (how.is === is ? [name] : []))
    return this.#database.once('end', 'select * from end_effects($1, $2, $3, $4, $5, $6, $7)', [
      this.#me,
      done,
      rests.map(({ name }) => name),
      rests.map(({ ms }) => Math.max(0, Math.ceil(ms))),
      rests.map(({ failures }) => failures),
      names('given'),
      names('idle'),
    ])
  }

  async free(): Promise<void> {
    await this.#database.once('free', 'select free_lanes($1)', [this.#me])
  }
}
