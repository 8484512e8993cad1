/**
 * The way to the database: two pools of connections, none of which waits without limit. What fails because the database
 * went away is asked again for a few seconds: it may only be restarting, or handing over to its standby.
 */
import pg from 'pg'
import { type Clock } from '../../clock.ts'
import { type Tell } from '../store-event.ts'
import { StoreFailed, type StoreTrouble } from '../store.ts'
import { DatabaseFailed, failureOf } from './failure.ts'

export type DatabaseParts = {
  readonly url: string
  readonly schema: string
  /** A name for this instance that no other has. */
  readonly me: string
  /** A pooler stands in between that lends a session for one transaction: nothing of a session outlasts that. */
  readonly isPooled: boolean
  /** How many connections requests may use at once. */
  readonly most: number
  readonly clock: Clock
  readonly tell: Tell
}

export type Query = <R extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: readonly unknown[],
) => Promise<readonly R[]>

/** How long somebody who waits for an answer is kept waiting for a database that does not answer: milliseconds. */
const askedForMs = 4000
const pauseMs = 100
const connectWithinMs = 2000
/** The server gives up first, so that what it answers is known. */
export const statementMs = 2000
const answerWithinMs = 3000
/** A process that is frozen in the middle of a decision loses the right to it after this. */
export const idleInTransactionMs = 1500
/** Timers are decided two at a time in each instance. */
export const decidersAtOnce = 2

export class Database {
  readonly #parts: DatabaseParts
  readonly #requests: pg.Pool
  readonly #decisions: pg.Pool
  #trouble: StoreTrouble | null = null
  /** When it was last found to be away: by the clock that nobody sets. */
  #awayAt = -Infinity

  constructor(parts: DatabaseParts) {
    this.#parts = parts
    this.#requests = this.#pool(parts.most)
    this.#decisions = this.#pool(decidersAtOnce)
  }

  /** Why the last request could not be answered; null when it was. */
  get trouble(): StoreTrouble | null {
    return this.#trouble
  }

  /** Whether it was away a moment ago, or is. */
  wasAwayWithin(ms: number): boolean {
    return performance.now() - this.#awayAt < ms
  }

  /** Asks, and asks again while the database may come back. Throws StoreFailed when it does not. */
  query<R extends pg.QueryResultRow>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<readonly R[]> {
    return this.again(() => this.once(name, text, values))
  }

  /** Asks once. */
  once<R extends pg.QueryResultRow>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<readonly R[]> {
    return this.#with(this.#requests, (query) => query(name, text, values))
  }

  /** Runs something again while it fails for a reason that may pass. */
  async again<T>(run: (tries: number) => Promise<T>): Promise<T> {
    const end = performance.now() + askedForMs
    for (let tries = 1; ; tries += 1) {
      try {
        return await run(tries)
      } catch (error) {
        const failure = failureOf(error)
        if (failure.is === 'bug') throw error
        if (failure.is === 'no' || performance.now() > end) throw new StoreFailed(failure.trouble)
        await this.wait(failure.isConnectionLost ? pauseMs : 0)
      }
    }
  }

  /** Runs something in one transaction, which is rolled back when it throws. Not run again by itself. */
  transaction<T>(run: (query: Query) => Promise<T>): Promise<T> {
    return this.#with(this.#decisions, async (query) => {
      await query('', 'begin', [])
      try {
        const answer = await run(query)
        await query('', 'commit', [])
        return answer
      } catch (error) {
        await query('', 'rollback', []).catch(() => undefined)
        throw error
      }
    })
  }

  /** Runs something with a connection of its own, which may take its time: for changing the schema, and long looks. */
  async apart<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
    const { url, schema, isPooled } = this.#parts
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: connectWithinMs,
      ...(isPooled ? {} : { options: searchPath(schema) }),
    })
    client.on('error', () => undefined)
    await client.connect()
    try {
      if (!isPooled) return await run(client)
      await client.query('begin; set local statement_timeout = 0')
      const answer = await run(client)
      await client.query('commit')
      return answer
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  /** Whether others are connected to this schema as this program is. */
  async isShared(): Promise<boolean> {
    const { me, schema } = this.#parts
    const text = `select exists (
      select from pg_stat_activity where datname = current_database() and application_name <> $1
        and left(application_name, $2) = left($1, $2) and substr(application_name, $3) = substr($1, $3)
    ) as "isShared"`
    const own = sessionName(me, schema)
    const [answer] = await this.query<{ isShared: boolean }>('', text, [
      own,
      program.length,
      program.length + shortMe + 1,
    ])
    return answer?.isShared === true
  }

  wait(ms: number): Promise<void> {
    return new Promise((done) => void this.#parts.clock.after(ms, done))
  }

  async close(): Promise<void> {
    this.#trouble = 'closed'
    await Promise.all([this.#requests.end(), this.#decisions.end()])
  }

  async #with<T>(pool: pg.Pool, run: (query: Query) => Promise<T>): Promise<T> {
    let isLost = false
    const noted = (error: unknown): never => {
      const failed = new DatabaseFailed(error)
      const { failure } = failed
      isLost ||= failure.is !== 'again' || failure.isConnectionLost
      if (failure.is !== 'bug' && isLost) this.#is(failure.trouble, error)
      if (failure.is === 'again' && failure.isConnectionLost) this.#awayAt = performance.now()
      throw failed
    }
    const client = await pool.connect().catch(noted)
    try {
      const answer = await run(
        async <R extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]) => {
          const config = {
            text,
            values: [...values],
            ...(name === '' || this.#parts.isPooled ? {} : { name }),
          }
          return (await client.query<R>(config).catch(noted)).rows
        },
      )
      this.#is(null, null)
      return answer
    } finally {
      // A connection that something went wrong on may still be busy with it: it is not used again.
      client.release(isLost)
    }
  }

  #is(trouble: StoreTrouble | null, error: unknown): void {
    if (this.#trouble === trouble || this.#trouble === 'closed') return
    this.#trouble = trouble
    this.#parts.tell(trouble === null ? { is: 'healed' } : { is: 'writeFailed', trouble, error })
  }

  #pool(max: number): pg.Pool {
    const { url, schema, me, isPooled } = this.#parts
    const pool = new pg.Pool({
      connectionString: url,
      max,
      keepAlive: true,
      keepAliveInitialDelayMillis: 1000,
      connectionTimeoutMillis: connectWithinMs,
      query_timeout: answerWithinMs,
      ...(isPooled ? {} : { options: `${searchPath(schema)} ${sessionLimits}` }),
      application_name: sessionName(me, schema),
      types,
    })
    // An idle connection that breaks is replaced by the next request.
    pool.on('error', () => undefined)
    // One that breaks while it is used fails what it is used for.
    pool.on('connect', (client) => {
      client.on('error', () => undefined)
    })
    return pool
  }
}

/** Whole numbers as such: here they stay far below 2^53. */
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, Number)

const program = 'call-pickup-bot/'
const shortMe = 8

/** How this instance's connections are called in the database; longer names are cut off there. */
function sessionName(me: string, schema: string): string {
  return `${program}${me.slice(0, shortMe)} ${schema}`.slice(0, 63)
}

const sessionLimits = `-c statement_timeout=${statementMs} -c idle_in_transaction_session_timeout=${idleInTransactionMs}`
const searchPath = (schema: string) => `-c search_path=${schema}`
