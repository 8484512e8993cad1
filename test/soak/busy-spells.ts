/**
 * How long this process computes without looking at its other work. Counted in processor time of its main thread, which
 * Linux tells, so that a machine that is busy with something else makes it no longer.
 */
import { readFileSync } from 'node:fs'

export class BusySpells {
  #isOver = false
  #longestMs = 0

  constructor() {
    let before = ranForMs()
    const look = () => {
      const now = ranForMs()
      this.#longestMs = Math.max(this.#longestMs, now - before)
      before = now
      if (!this.#isOver) setImmediate(look)
    }
    setImmediate(look)
  }

  /** The longest spell so far, in milliseconds; no more are counted. */
  end(): number {
    this.#isOver = true
    return this.#longestMs
  }
}

/** Processor time of the main thread: the first number of /proc/<pid>/schedstat, in nanoseconds. */
function ranForMs(): number {
  return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[0]) / 1e6
}
