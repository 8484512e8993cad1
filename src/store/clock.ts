/** Time as a port, so that tests can run it by hand. */

export interface Clock {
  /** Milliseconds since 1970; never runs backwards while the process lives. */
  now(): number
  /** Runs something once, that many milliseconds from now; the answer calls it off. */
  after(ms: number, run: () => void): () => void
}

/** Node: a longer timeout fires at once. */
const longestTimeout = 2 ** 31 - 1

/** The wall clock as it was when the process started, and from then on the clock that nobody sets. */
export const realClock: Clock = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  after: (ms, run) => {
    const end = performance.now() + ms
    let timeout: NodeJS.Timeout
    const wait = (left: number) => {
      timeout = setTimeout(look, Math.min(left, longestTimeout))
    }
    // Node's timeouts come up to a millisecond early.
    const look = () => {
      const left = end - performance.now()
      if (left > 0) wait(Math.ceil(left))
      else run()
    }
    wait(ms)
    return () => {
      clearTimeout(timeout)
    }
  },
}
