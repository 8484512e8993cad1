/** Runs many trials, a few at a time. */
import { availableParallelism } from 'node:os'

/** While one waits for its bot to start, another has the processor. */
const atOnce = availableParallelism() + 1

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

type Result = { readonly wrong: readonly string[] }

/** What is wrong at all points, each named; a trial that never comes to its end is wrong too. */
export async function wrongAt<T, R extends Result>(
  points: readonly T[],
  nameOf: (point: T) => string,
  run: (point: T) => Promise<R>,
): Promise<{ readonly wrong: readonly string[]; readonly results: readonly R[] }> {
  const results: R[] = []
  const wrong = await inLanes(points, async (point) => {
    try {
      const result = await run(point)
      results.push(result)
      return result.wrong.map((what) => `${nameOf(point)}: ${what}`)
    } catch (error) {
      return [`${nameOf(point)}: ${String(error)}`]
    }
  })
  return { wrong: wrong.flat(), results }
}
