/**
 * Performs effects. An instance holds a lane for a moment that it keeps extending; while it holds it, nobody else performs
 * what is in it. What was done is forgotten in the database a little later, many at a time: after a crash those few, and
 * those that were under way, are performed again.
 *
 *   commit ─┐
 *   poll ───┴─► take lanes ─► perform, one by one in each ─► idle, to rest, or given back ─► end effects
 *                                      ▲                                                        │
 *                                      └───────────────── more in the same lane ◄───────────────┘
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Clock } from '../../clock.ts'
import { mostAtOnce, mostForTheRest } from '../at-once.ts'
import { backOffMs } from '../back-off.ts'
import { type Tell } from '../store-event.ts'
import { type EffectResult, type Handlers, StoreFailed } from '../store.ts'
import { EffectEnds } from './effect-ends.ts'
import { type EffectRow, type EffectTable, type Leaving } from './effect-table.ts'
import { byLane, isHeld, type EffectQueue } from './effect-queue.ts'
import { heldUntil, LanesInHand } from './lanes-in-hand.ts'
import { regularly, type Stop } from './regularly.ts'
import { read } from './text.ts'

export type EffectsParts = {
  readonly table: EffectTable
  readonly clock: Clock
  readonly random: () => number
  readonly tell: Tell
}

const pollMs = 100
/** What could not be done because the database was away is tried again in place, this often at least. */
const longestPauseMs = 1000

export class Effects {
  readonly #parts: EffectsParts
  readonly #lanes: LanesInHand
  /** What is under way in each lane, also in one that was lost meanwhile. */
  readonly #running = new Map<string, Promise<void>>()
  readonly #ending: EffectEnds<EffectQueue>
  readonly #inLane = new AsyncLocalStorage<EffectQueue>()
  #onEffect: Handlers['onEffect'] | null = null
  #stopPolling: Stop = () => Promise.resolve()
  #stopKeeping: Stop = () => Promise.resolve()
  #taking: Promise<void> | null = null
  #takeAgain = false

  constructor(parts: EffectsParts) {
    this.#parts = parts
    const { table, clock } = parts
    this.#ending = new EffectEnds<EffectQueue>(table, (lanes, rows) => {
      this.#ended(lanes, rows)
    })
    this.#lanes = new LanesInHand({
      table,
      clock,
      onLost: (lane) => {
        this.#ending.forget(lane)
      },
    })
  }

  run(onEffect: Handlers['onEffect']): void {
    const { clock, random } = this.#parts
    this.#onEffect = onEffect
    this.#stopPolling = regularly(
      clock,
      () => pollMs * (0.5 + random()),
      () => this.look(),
    )
    this.#stopKeeping = this.#lanes.keep()
  }

  /** Takes up what waits, if there is a free hand. */
  look(): Promise<void> {
    this.#takeAgain = true
    this.#taking ??= this.#take().finally(() => (this.#taking = null))
    return this.#taking
  }

  /** Within an effect: whether it is still this instance's to perform. Outside of one nobody else can have it. */
  isStillOurs(): boolean {
    const lane = this.#inLane.getStore()
    return lane === undefined || isHeld(lane)
  }

  /** Resolves when every effect under way has ended; lanes that rest are tried at once by whoever is there. */
  async pause(): Promise<void> {
    if (!this.#onEffect) return
    this.#onEffect = null
    await this.#stopPolling()
    await this.#taking?.catch(() => undefined)
    while (this.#running.size > 0) await Promise.all(this.#running.values())
    await this.#stopKeeping()
    this.#lanes.clear()
    await this.#ending.end().catch(() => undefined)
    await this.#parts.table.free().catch(() => undefined)
  }

  async #take(): Promise<void> {
    while (this.#takeAgain && this.#onEffect && this.#lanes.size < mostAtOnce) {
      this.#takeAgain = false
      if (await this.#takeUpTo(this.#handsForTheRest())) continue
      const { size } = this.#lanes
      if (size < mostAtOnce)
        await this.#takeUpTo(Math.min(mostAtOnce - size, await this.#parts.table.urgent()))
    }
    await this.#ending.end()
  }

  /** True when there were fewer. */
  async #takeUpTo(most: number): Promise<boolean> {
    if (most === 0) return false
    const began = performance.now()
    const rows = await this.#parts.table.take(most)
    this.#begin(rows, began)
    return byLane(rows).size < most
  }

  /** How many hands are free, also for what is not urgent: the most urgent lanes are taken first. */
  #handsForTheRest(): number {
    const rest = [...this.#lanes.values()].filter(({ effects: [next] }) => next?.priority === 2)
    return Math.max(0, Math.min(mostAtOnce - this.#lanes.size, mostForTheRest - rest.length))
  }

  /** A lane that ran out while we were busy may come back to us: then what is under way in it goes on. */
  #begin(rows: readonly EffectRow[], began: number): void {
    for (const [name, effects] of byLane(rows)) {
      const known = this.#lanes.get(name)
      if (known && !this.#ending.isLeft(known)) {
        known.heldUntil = heldUntil(began)
        continue
      }
      if (known) this.#ending.forget(known)
      const failures = effects[0]?.failures ?? 0
      const lane: EffectQueue = { name, effects, failures, heldUntil: heldUntil(began) }
      this.#lanes.add(lane)
      this.#run(lane)
    }
  }

  #run(lane: EffectQueue): void {
    const { name } = lane
    const earlier = this.#running.get(name) ?? Promise.resolve()
    const running = earlier
      .then(() => this.#performAll(lane))
      .finally(() => {
        if (this.#running.get(name) === running) this.#running.delete(name)
      })
    this.#running.set(name, running)
  }

  /** Performs what is in a lane until it is empty, has to rest, others should have their turn, or it is ours no more. */
  async #performAll(lane: EffectQueue): Promise<void> {
    for (const row of lane.effects) {
      const waitMs = await this.#performHeld(lane, row)
      if (waitMs === 'notOurs') {
        this.#lanes.letGo(lane)
        return
      }
      const how = this.#howToLeave(lane, row, waitMs)
      if (how) {
        this.#leave(lane, how)
        return
      }
      this.#end()
    }
    this.#leave(lane, { is: 'idle' })
  }

  /**
   * Performs an effect for as long as the lane is ours. While the database is away it stays in our hands: what was sent and
   * could not be noted down, we alone know.
   */
  async #performHeld(lane: EffectQueue, row: EffectRow): Promise<number | null | 'notOurs'> {
    for (;;) {
      const isOurs = await this.#lanes.isOurs(lane, () => this.#onEffect !== null)
      const onEffect = this.#onEffect
      if (!onEffect || !isOurs) return 'notOurs'
      if (this.#ending.isDone(row.number)) return null
      const waitMs = await this.#inLane.run(lane, () => this.#perform(lane, row, onEffect))
      if (waitMs !== 'away') return waitMs
      await this.#pause(Math.min(longestPauseMs, backOffMs(lane.failures, this.#parts.random)))
    }
  }

  /** Null: to go on with the next. */
  #howToLeave(lane: EffectQueue, row: EffectRow, waitMs: number | null): Leaving | null {
    if (waitMs !== null) return { is: 'rest', ms: waitMs, failures: lane.failures }
    if (row === lane.effects.at(-1)) return { is: 'idle' }
    return this.#lanes.size < mostAtOnce ? null : { is: 'given' }
  }

  /** Null when it is done, otherwise how long its lane has to wait. */
  async #perform(
    lane: EffectQueue,
    row: EffectRow,
    onEffect: Handlers['onEffect'],
  ): Promise<number | null | 'away'> {
    const { random, tell } = this.#parts
    const { work, priority } = row
    try {
      const result: EffectResult = await onEffect({ lane: read(row.lane), work, priority })
      lane.failures = 0
      if (result.is === 'later') return result.afterMs
      this.#ending.done(row.number)
      return null
    } catch (error) {
      lane.failures += 1
      tell({ is: 'effectFailed', work: work.do, error })
      return error instanceof StoreFailed ? 'away' : backOffMs(lane.failures, random)
    }
  }

  #leave(lane: EffectQueue, how: Leaving): void {
    if (this.#lanes.has(lane)) this.#ending.leave(lane, how)
    this.#end()
  }

  #end(): void {
    void this.#ending.end().catch(() => undefined)
  }

  /** Lanes that were left are no longer held, unless there was more in them, or they have been taken anew. */
  #ended(lanes: readonly EffectQueue[], rows: readonly EffectRow[]): void {
    const more = byLane(rows)
    for (const lane of lanes) {
      if (!this.#lanes.has(lane)) continue
      const effects = more.get(lane.name)
      if (effects && this.#onEffect) {
        lane.effects = effects
        this.#run(lane)
      } else this.#lanes.remove(lane)
    }
    if (this.#lanes.size < mostAtOnce) void this.look().catch(() => undefined)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((done) => void this.#parts.clock.after(ms, done))
  }
}
