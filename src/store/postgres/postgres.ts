/** Opens the store in a PostgreSQL database: brings its schema up to date, and joins the parts. */
import { randomUUID } from 'node:crypto'
import { type Clock, realClock } from '../../clock.ts'
import { type Archive } from '../archive.ts'
import { type Tell } from '../store-event.ts'
import { type Instances } from '../instances.ts'
import { DatabaseClock } from './database-clock.ts'
import { Database } from './database.ts'
import { Timers } from './timers.ts'
import { Effects } from './effects.ts'
import { PostgresInstances } from './instances.ts'
import { EffectTable } from './effect-table.ts'
import { migrate } from './migrate.ts'
import { checkSession } from './pooled.ts'
import { PostgresArchive } from './postgres-archive.ts'
import { PostgresStore } from './postgres-store.ts'
import { regularly } from './regularly.ts'
import { forgetOld } from './retention.ts'
import { DatabaseUnusable, unusable } from './unusable.ts'

export type PostgresOptions = {
  /** `postgresql://…`; how it is encrypted stands there too (sslmode, sslrootcert). */
  readonly url: string
  /** Keeps several deployments apart in one database. */
  readonly schema: string
  /** Whether a pooler in transaction mode stands before the database. */
  readonly isPooled?: boolean
  /** How many connections this instance uses for requests; two more decide on timers. */
  readonly connections?: number
  readonly historyDays?: number
  readonly auditDays?: number
  readonly random?: () => number
  /** What pauses and looks are timed by; the database's time is asked for all the same. */
  readonly timing?: Clock
  readonly log?: Tell
}

export type Postgres = {
  readonly store: PostgresStore
  /** The database's time, for everything that the instances must agree on. */
  readonly clock: Clock
  readonly instances: Instances
  readonly archive: Archive
}

/** PostgreSQL 15. */
const oldestServer = 150_000
const dayMs = 24 * 60 * 60 * 1000
const clockEveryMs = 10_000
const retentionEveryMs = 60 * 60 * 1000

/** Opens the store, or begins one. Throws DatabaseUnusable when the database cannot be had, or cannot do it. */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  const {
    url,
    schema,
    connections = 8,
    isPooled = false,
    timing = realClock,
    log: tell = () => undefined,
  } = options
  const me = randomUUID()
  const database = new Database({ url, schema, me, isPooled, most: connections, clock: timing, tell })
  try {
    await prepare(database, schema, isPooled)
    return await joined(database, me, options)
  } catch (error) {
    await database.close()
    throw unusable(error)
  }
}

/** Brings the schema up to this version and opens nothing. Throws DatabaseUnusable when it cannot. */
export async function migrateDatabase({
  url,
  schema,
}: Pick<PostgresOptions, 'url' | 'schema'>): Promise<void> {
  const tell = () => undefined
  const database = new Database({
    url,
    schema,
    me: randomUUID(),
    isPooled: false,
    most: 1,
    clock: realClock,
    tell,
  })
  try {
    await prepare(database, schema, false)
  } catch (error) {
    throw unusable(error)
  } finally {
    await database.close()
  }
}

async function prepare(database: Database, schema: string, isPooled: boolean): Promise<void> {
  await database.apart(async (client) => {
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
    if (Number(rows[0]?.server_version_num) < oldestServer)
      throw new DatabaseUnusable('tooOld', 'this PostgreSQL is too old. Use version 15 or newer')
    if (isPooled) await checkSession(client, schema)
    await migrate(client, schema, !isPooled)
  })
}

async function joined(database: Database, me: string, options: PostgresOptions): Promise<Postgres> {
  const { historyDays = 90, auditDays = 365, random = Math.random, log: tell = () => undefined } = options
  const { timing } = options
  const pauses = timing ?? realClock
  const clock = new DatabaseClock(
    async () => {
      const [row] = await database.query<{ now: number }>('now', 'select now_ms() as now', [])
      return row?.now ?? 0
    },
    timing && (() => timing.now()),
  )
  await clock.look()
  const table = new EffectTable(database, me)
  const effects = new Effects({ table, clock: pauses, random, tell })
  const onEffects = () => void effects.look().catch(() => undefined)
  const timers = new Timers({ database, clock: pauses, random, tell, onEffects })
  const instances = new PostgresInstances({ database, effects, me })
  const kept = { historyMs: historyDays * dayMs, auditMs: auditDays * dayMs }
  await forgetOld(database, kept)
  const chores = [
    regularly(
      pauses,
      () => clockEveryMs,
      async () => {
        await clock.look()
        await instances.forget()
      },
    ),
    regularly(
      pauses,
      () => retentionEveryMs,
      () => forgetOld(database, kept),
    ),
  ]
  const store = new PostgresStore({ database, timers, effects, chores })
  return { store, clock, instances, archive: new PostgresArchive(database) }
}
