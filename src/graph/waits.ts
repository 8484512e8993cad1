/** Waiting that can be ended all at once. */
import { type Clock } from '../clock.ts'

export class Waits {
  readonly #clock: Clock
  readonly #ends = new Set<() => void>()
  #isOver = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves after this time, or at once when all waiting ended. */
  for(ms: number): Promise<void> {
    if (ms <= 0 || this.#isOver) return Promise.resolve()
    return new Promise((done) => {
      const end = () => {
        stop()
        this.#ends.delete(end)
        done()
      }
      const stop = this.#clock.after(ms, end)
      this.#ends.add(end)
    })
  }

  /** Ends all waiting, also that which is still to begin. */
  end(): void {
    this.#isOver = true
    for (const end of [...this.#ends]) end()
  }
}
