/**
 * PostgreSQL as the ground of a schedule. Its time is the schedule's: now_ms() reads a file that is written before
 * every request. A life has a line of its own to the database, which is cut when it ends, also in the middle of a request;
 * now and then all its connections break, as when the database fails over. What lies between is as quick as it is, so a
 * seed draws what happens, but not in what order two requests under way are done.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { openSync, closeSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type Clock } from '../../src/clock.ts'
import { openPostgres } from '../../src/store/postgres/postgres.ts'
import { type Ground } from '../simulation/ground.ts'
import { Line } from './line.ts'
import { ask, dropSchema, newSchema } from './server.ts'

/** Turns of the event loop after which whoever had an answer has asked the next thing. */
const calmTurns = 12
/** The store looks for work that much less often than in life, and when hardly anything happens any more less still. */
const lazy = { busy: 8, late: 60 }
const busyMs = 120_000
const shortMs = 200
/** What a life waits for that is over. */
const never = new Promise<never>(() => undefined)
/** Within so much of a life its connections break, in half of all lives. */
const breaksWithinMs = 45_000

export class DatabaseGround implements Ground {
  readonly #url: string
  readonly #schema: string
  readonly #folder: string
  readonly #time: number
  #line: Line | null = null
  #opening: Promise<unknown> = Promise.resolve()
  #now = () => 0
  #stepsLeft = Infinity
  isBroken = false

  private constructor(url: string, schema: string, folder: string) {
    this.#url = url
    this.#schema = schema
    this.#folder = folder
    this.#time = openSync(join(folder, 'time'), 'w', 0o644)
  }

  /** On a server of this machine that lets us read its files. */
  static async make(url: string): Promise<DatabaseGround> {
    const [schema, folder] = [newSchema(), await mkdtemp(join(tmpdir(), 'time-'))]
    await chmod(folder, 0o755)
    const { store } = await openPostgres({ url, schema })
    await store.close()
    await ask(
      url,
      `create or replace function "${schema}".now_ms() returns bigint language sql volatile as
       $$ select pg_read_file('${join(folder, 'time')}')::bigint $$`,
    )
    return new DatabaseGround(url, schema, folder)
  }

  async open(clock: Clock, random: () => number) {
    this.isBroken = false
    this.#now = () => clock.now()
    const line = new Line(Number(new URL(this.#url).port), () => this.#request())
    this.#line = line
    const url = new URL(this.#url)
    url.port = String(await line.open())
    const late = clock.now() + busyMs
    const timing: Clock = {
      now: () => clock.now(),
      wall: () => clock.wall(),
      after: (ms, run) =>
        clock.after(ms < shortMs ? ms * (clock.now() < late ? lazy.busy : lazy.late) : ms, run),
    }
    const options = { url: url.href, schema: this.#schema, connections: 4, random, timing }
    const opening = openPostgres(options).catch((error: unknown) => {
      if (line.isCut) return never
      throw error
    })
    this.#opening = Promise.race([opening, line.gone])
    const opened = await opening
    if (random() < 0.5)
      clock.after(random() * breaksWithinMs, () => {
        line.breakAll()
      })
    const told: Clock = { ...timing, now: () => opened.clock.now() }
    return { store: opened.store, clock: told }
  }

  end(): void {
    this.#line?.cut()
  }

  breakAfter(steps: number): void {
    this.#stepsLeft = steps
  }

  readonly quiet = async (): Promise<void> => {
    await this.#opening
    for (let calm = 0; calm < calmTurns; calm += 1) {
      await setImmediate()
      if (!this.#line?.isBusy) continue
      await this.#line.isIdle()
      calm = 0
    }
  }

  async remove(): Promise<void> {
    this.end()
    closeSync(this.#time)
    await dropSchema(this.#url, this.#schema)
    await rm(this.#folder, { recursive: true })
  }

  /** The database sees what time it is; every other break comes too late for what was asked. */
  #request(): 'carry' | 'cut' | 'carry and cut' {
    writeSync(this.#time, String(Math.floor(this.#now())), 0)
    this.#stepsLeft -= 1
    if (this.#stepsLeft >= 0 || this.isBroken) return 'carry'
    this.#stepsLeft = Infinity
    this.isBroken = true
    return Math.floor(this.#now()) % 2 === 0 ? 'cut' : 'carry and cut'
  }
}
