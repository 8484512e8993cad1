/**
 * Fires the timers that are due. Whoever locks an alarm decides on it, in the transaction that commits what was decided:
 * when a process dies, its lock dies with it, and when it is frozen, the database ends its transaction.
 */
import { type Clock } from '../../clock.ts'
import { backOffMs } from '../back-off.ts'
import { type Tell } from '../store-event.ts'
import { type Batch, type Handlers, type Reader, type Timer, type TimerEvent } from '../store.ts'
import { batchColumns } from './batch-columns.ts'
import { commitText } from './commit-text.ts'
import { type Database, decidersAtOnce, type Query } from './database.ts'
import { failureOf } from './failure.ts'
import { readerOver } from './reading.ts'
import { regularly, type Stop } from './regularly.ts'
import { read } from './text.ts'

export type TimersParts = {
  readonly database: Database
  readonly clock: Clock
  readonly random: () => number
  readonly tell: Tell
  /** Told when a decision left effects to be performed. */
  readonly onEffects: () => void
}

export type AlarmRow = {
  readonly number: number
  readonly key: string
  readonly due: number
  readonly within: number | null
  readonly event: TimerEvent
  readonly failures: number
}

const pollMs = 50
/** Alarms older than this are left to the sweep: rows long dead make the look at all of them slow. */
const boundMs = 30_000
const sweepEveryMs = 10_000
/** A decision that conflicts this often in a row is left alone for a while. */
const mostAsked = 10

export class Timers {
  readonly #parts: TimersParts
  #onTimer: Handlers['onTimer'] | null = null
  #stop: Stop = () => Promise.resolve()
  #sweptAt = -Infinity

  constructor(parts: TimersParts) {
    this.#parts = parts
  }

  run(onTimer: Handlers['onTimer']): void {
    const { clock, random } = this.#parts
    this.#onTimer = onTimer
    this.#sweptAt = -Infinity
    this.#stop = regularly(
      clock,
      () => pollMs * (0.5 + random()),
      () => this.#poll(),
    )
  }

  /** Resolves when every decision under way has ended. */
  async pause(): Promise<void> {
    this.#onTimer = null
    await this.#stop()
  }

  async #poll(): Promise<void> {
    const { clock, database } = this.#parts
    const isSweep = clock.now() - this.#sweptAt > sweepEveryMs
    if (isSweep) await database.once('sweep', 'select sweep_alarms()', [])
    const bound = isSweep ? '0' : `now_ms() - ${boundMs}`
    if (isSweep) this.#sweptAt = clock.now()
    const due = await database.once<{ found: boolean }>(
      isSweep ? 'anyDue' : 'due',
      `select exists (select from alarm where due_at > ${bound} and due_at <= now_ms()) as found`,
      [],
    )
    if (due[0]?.found !== true) return
    await Promise.all(Array.from({ length: decidersAtOnce }, () => this.#decideAll(bound)))
  }

  async #decideAll(bound: string): Promise<void> {
    while (this.#onTimer && (await this.#decideNext(bound, this.#onTimer)));
  }

  /** Whether there was one. */
  async #decideNext(bound: string, onTimer: Handlers['onTimer']): Promise<boolean> {
    let row: AlarmRow | undefined
    let effects = 0
    try {
      await this.#parts.database.transaction(async (query) => {
        ;[row] = await query<AlarmRow>(`next ${bound}`, `select * from next_alarm(${bound})`, [])
        if (row) effects = await decide(query, row, onTimer)
      })
    } catch (error) {
      if (failureOf(error).is !== 'bug' || !row) throw error
      await this.#putOff(row, error)
    }
    if (effects > 0) this.#parts.onEffects()
    return row !== undefined
  }

  async #putOff({ number, failures, event }: AlarmRow, error: unknown): Promise<void> {
    const { database, random, tell } = this.#parts
    tell({ is: 'timerFailed', event: event.is, error })
    await database.once(
      'putOff',
      'update alarm set due_at = now_ms() + $2, failures = failures + 1 where number = $1',
      [number, Math.ceil(backOffMs(failures + 1, random))],
    )
  }
}

/** How many effects were left by what was decided. Set anew or cancelled in the meantime, the timer decides nothing. */
async function decide(query: Query, row: AlarmRow, onTimer: Handlers['onTimer']): Promise<number> {
  const timer = timerOf(row)
  const reader: Reader = readerOver(query)
  for (let asked = 0; asked < mostAsked; asked += 1) {
    const batch: Batch = await onTimer(timer, reader)
    const values = batchColumns(batch, { key: timer.key, alarm: row.number })
    const [answer] = await query<{ is: string }>('commit', commitText, values)
    if (answer?.is === 'committed') return batch.effects?.length ?? 0
    if (answer?.is === 'conflict') continue
    await query('endAlarm', 'delete from alarm where number = $1', [row.number])
    return 0
  }
  throw new Error('the decision of a timer keeps conflicting')
}

export function timerOf({ key, due, within, event }: Omit<AlarmRow, 'number' | 'failures'>): Timer {
  return { key: read(key), due, event, ...(within === null ? {} : { within }) }
}
