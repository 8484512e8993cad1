/**
 * The lanes that an instance holds. It extends its hold on them all the time; one that it could not extend for too long may be
 * somebody else's by now, and only the database can say.
 */
import { type Clock } from '../../clock.ts'
import { holdMs, type EffectTable } from './effect-table.ts'
import { isHeld, type EffectQueue } from './effect-queue.ts'
import { regularly, type Stop } from './regularly.ts'

export type LanesInHandParts = {
  readonly table: EffectTable
  readonly clock: Clock
  /** Told of a lane that is somebody else's by now. */
  readonly onLost: (lane: EffectQueue) => void
}

const keepEveryMs = 500
const askAgainMs = 100
/** An instance that was frozen for so long stops by itself before others begin. */
const marginMs = 300

/** Until when a lane is surely ours that was taken, or kept, by a request begun then. */
export function heldUntil(began: number): number {
  return began + holdMs - marginMs
}

export class LanesInHand {
  readonly #parts: LanesInHandParts
  readonly #lanes = new Map<string, EffectQueue>()
  #keeping: Promise<void> | null = null

  constructor(parts: LanesInHandParts) {
    this.#parts = parts
  }

  get size(): number {
    return this.#lanes.size
  }

  values(): Iterable<EffectQueue> {
    return this.#lanes.values()
  }

  get(name: string): EffectQueue | undefined {
    return this.#lanes.get(name)
  }

  add(lane: EffectQueue): void {
    this.#lanes.set(lane.name, lane)
  }

  has(lane: EffectQueue): boolean {
    return this.#lanes.get(lane.name) === lane
  }

  remove(lane: EffectQueue): void {
    if (this.has(lane)) this.#lanes.delete(lane.name)
  }

  clear(): void {
    this.#lanes.clear()
  }

  /** It is ours no more, or is not to be performed by us. */
  letGo(lane: EffectQueue): void {
    lane.heldUntil = 0
    this.#parts.onLost(lane)
    this.remove(lane)
  }

  /** Begins to extend the hold on all lanes. */
  keep(): Stop {
    return regularly(
      this.#parts.clock,
      () => keepEveryMs,
      () => this.#keep(),
    )
  }

  /** Whether a lane is ours; while the database is away nobody can have taken it, and it is asked until it says. */
  async isOurs(lane: EffectQueue, mayGoOn: () => boolean): Promise<boolean> {
    while (!isHeld(lane) && this.has(lane) && mayGoOn())
      await this.#keep().catch(
        () => new Promise<void>((done) => void this.#parts.clock.after(askAgainMs, done)),
      )
    return isHeld(lane)
  }

  #keep(): Promise<void> {
    this.#keeping ??= this.#keepAll().finally(() => (this.#keeping = null))
    return this.#keeping
  }

  /** Those that somebody else has taken meanwhile are let go. */
  async #keepAll(): Promise<void> {
    const lanes = [...this.#lanes.values()]
    if (lanes.length === 0) return
    const began = performance.now()
    const kept = new Set(await this.#parts.table.keep(lanes.map(({ name }) => name)))
    for (const lane of lanes) {
      if (kept.has(lane.name)) lane.heldUntil = heldUntil(began)
      else this.letGo(lane)
    }
  }
}
