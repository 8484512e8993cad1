/** Runs many trials, a few at a time. */
import { availableParallelism } from 'node:os'

const atOnce = Math.max(2, availableParallelism())

export async function inLanes<T, R>(
  trials: readonly T[],
  run: (trial: T) => Promise<R>,
): Promise<readonly R[]> {
  const left = [...trials.entries()]
  const results: R[] = []
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await run(next[1])
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return results
}
