/**
 * The real clock, with jumps: a story need not wait twenty seconds for the next member's turn. It may run slower than life,
 * so that what must not be over yet is not over on a busy machine either.
 */
import { type Clock, realClock } from '../../src/clock.ts'

type Waiting = { readonly due: number; readonly run: () => void; stop: () => void }

export class JumpClock implements Clock {
  #ahead = 0
  readonly #waiting = new Set<Waiting>()
  readonly #start = realClock.now()
  readonly #rate: number

  /** In one second of life pass `rate` seconds of the story. */
  constructor(rate = 1) {
    this.#rate = rate
  }

  now(): number {
    return Math.floor(this.#start + (realClock.now() - this.#start) * this.#rate + this.#ahead)
  }

  wall(): number {
    return this.now()
  }

  after(ms: number, run: () => void): () => void {
    const waiting: Waiting = { due: this.now() + ms, run, stop: () => undefined }
    this.#waiting.add(waiting)
    this.#arm(waiting)
    return () => {
      waiting.stop()
      this.#waiting.delete(waiting)
    }
  }

  /** Lets this many seconds pass at once; what falls due on the way happens in its order. */
  jump(seconds: number): void {
    this.#ahead += seconds * 1000
    const inOrder = [...this.#waiting].sort((one, other) => one.due - other.due)
    for (const waiting of inOrder) {
      waiting.stop()
      this.#arm(waiting)
    }
  }

  #arm(waiting: Waiting): void {
    waiting.stop = realClock.after(Math.max(0, waiting.due - this.now()) / this.#rate, () => {
      this.#waiting.delete(waiting)
      waiting.run()
    })
  }
}
