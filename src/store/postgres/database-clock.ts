/**
 * The database's time, told between two looks at it by the clock that nobody sets. All instances go by it, so that what one
 * of them calls late is late for all. It never runs backwards: when the database's clock was set back, as a failover may
 * do, it runs at half speed until that has caught up.
 */
import { type Clock, realClock } from '../../clock.ts'

export class DatabaseClock implements Clock {
  readonly #ask: () => Promise<number>
  readonly #monotonic: () => number
  #offset = 0
  #last = -Infinity
  #lastAt = 0

  /** `ask` reads the database's clock: milliseconds since 1970. */
  constructor(ask: () => Promise<number>, monotonic = () => performance.now()) {
    this.#ask = ask
    this.#monotonic = monotonic
  }

  /** Looks at the database's clock; right to within half the time that takes. */
  async look(): Promise<void> {
    const began = this.#monotonic()
    const there = await this.#ask()
    const ended = this.#monotonic()
    this.#offset = there - (began + ended) / 2
  }

  now(): number {
    const at = this.#monotonic()
    const slow = this.#last + (at - this.#lastAt) / 2
    this.#last = Math.max(at + this.#offset, slow)
    this.#lastAt = at
    return Math.floor(this.#last)
  }

  /** Telephone systems and Microsoft go by the time of day here, not by the database's. */
  wall(): number {
    return realClock.wall()
  }

  after(ms: number, run: () => void): () => void {
    return realClock.after(ms, run)
  }
}
