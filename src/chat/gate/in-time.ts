/** Waiting no longer than somebody can bear. */

/** Calls back after so many milliseconds; what it returns calls that off. */
export type After = (ms: number, run: () => void) => () => void

/** What a promise comes to; null when that takes longer. It goes on all the same. */
export async function inTime<T>(after: After, withinMs: number, promise: Promise<T>): Promise<T | null> {
  let stop: () => void = () => undefined
  const late = new Promise<null>((resolve) => {
    stop = after(withinMs, () => {
      resolve(null)
    })
  })
  return Promise.race([promise, late]).finally(() => {
    stop()
  })
}
