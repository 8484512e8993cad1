/** Time as a port, so that tests can run it by hand. */

export interface Clock {
  /** Milliseconds since 1970; never runs backwards while the process lives. */
  now(): number
  /**
   * Milliseconds since 1970 as the machine's wall clock says now, which may have been set since the process began. For times
   * that come from outside, or go there: signatures, tokens. Never for how long something lasts.
   */
  wall(): number
  /** Runs something once, that many milliseconds from now; the answer calls it off. */
  after(ms: number, run: () => void): () => void
}

/** Node: a longer timeout fires at once. */
const longestTimeout = 2 ** 31 - 1

/** The wall clock as it was when the process started, and from then on the clock that nobody sets. */
export const realClock: Clock = clockWith(setTimeout)

/** The same; whoever waits by it alone keeps no process from ending. */
export const backgroundClock: Clock = clockWith((run, ms) => setTimeout(run, ms).unref())

function clockWith(timeoutOf: (run: () => void, ms: number) => NodeJS.Timeout): Clock {
  return {
    now: () => Math.floor(performance.timeOrigin + performance.now()),
    wall: () => Date.now(),
    after: (ms, run) => {
      const end = performance.now() + ms
      let timeout: NodeJS.Timeout
      const wait = (left: number) => {
        timeout = timeoutOf(look, Math.min(left, longestTimeout))
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
}

/** The event loop as a port. */
export interface Loop {
  /** Milliseconds, with fractions, since some moment. */
  now(): number
  /** Runs something in a later turn of the loop, once everything that waits for this one has been looked at. */
  afterOthers(run: () => void): void
}

export const realLoop: Loop = {
  now: () => performance.now(),
  afterOthers: (run) => void setImmediate(run),
}
