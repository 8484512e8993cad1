/** How long to leave somebody alone who is busy or unwell. */
import { type Clock } from '../clock.ts'

const firstMs = 1000
const longestMs = 5 * 60 * 1000
/** Whoever wants more than this is asked again all the same. */
const mostMs = 60 * 60 * 1000

export class Quiet {
  readonly #clock: Clock
  #until = -Infinity
  #nextMs = firstMs

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Milliseconds that are still to be waited. */
  left(): number {
    return Math.max(0, this.#until - this.#clock.now())
  }

  /** They said how long. */
  atLeast(ms: number): void {
    this.#until = Math.max(this.#until, this.#clock.now() + Math.min(ms, mostMs))
  }

  /** They said nothing: longer every time, unless the last wait is not over yet. */
  longer(): void {
    if (this.left() > 0) return
    this.atLeast(this.#nextMs)
    this.#nextMs = Math.min(this.#nextMs * 2, longestMs)
  }

  /** They are well again. */
  over(): void {
    this.#nextMs = firstMs
  }
}
