/** A clock that moves when it is told to. */
import { setImmediate } from 'node:timers/promises'
import { type Clock } from '../../src/clock.ts'

type Waiting = { readonly at: number; readonly run: () => void }

export class HandClock implements Clock {
  readonly #waiting = new Set<Waiting>()
  #now: number

  constructor(now = 1_700_000_000_000) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  wall(): number {
    return this.now()
  }

  after(ms: number, run: () => void): () => void {
    const waiting = { at: this.#now + ms, run }
    this.#waiting.add(waiting)
    return () => this.#waiting.delete(waiting)
  }

  /** How many wait for their time. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** Moves on, running what becomes due at its time; what that begins has some turns to get done. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.at)
      this.#waiting.delete(next)
      next.run()
      await settle()
    }
    this.#now = end
  }

  /** It is later all at once, as after a sleep: nothing that became due has run yet. */
  jump(ms: number): void {
    this.#now += ms
  }

  #next(end: number): Waiting | undefined {
    return [...this.#waiting].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0]
  }
}

/** Enough turns for a decision and its commit on a pretended disk. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate()
}
