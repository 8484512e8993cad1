/** The real clock, with jumps: a story need not wait twenty seconds for the next member's turn. */
import { type Clock, realClock } from '../../src/store/clock.ts'

type Waiting = { readonly due: number; readonly run: () => void; stop: () => void }

export class JumpClock implements Clock {
  #ahead = 0
  readonly #waiting = new Set<Waiting>()

  now(): number {
    return realClock.now() + this.#ahead
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
    waiting.stop = realClock.after(Math.max(0, waiting.due - this.now()), () => {
      this.#waiting.delete(waiting)
      waiting.run()
    })
  }
}
