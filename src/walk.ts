/**
 * Long walks: over all people, the rows of a file, the lines of an answer. One goes on for a few steps or milliseconds, then
 * lets all go first that waits for the event loop: clicks, rings, other requests. However many walk at once, only one of them
 * goes on in each turn of the loop. What a walk comes to is read as it is then, not as it was when the walk began.
 */
import { type Loop, realLoop } from './clock.ts'

/** Of nothing are more taken in one piece, however quickly it goes. */
const mostSteps = 100
/** No walk goes on for longer in one piece, apart from its last step. */
const mostMs = 5

/** Everything in turn; before it begins, and whenever it has gone on for long, others go first. */
export type Walk = <T>(all: Iterable<T> | AsyncIterable<T>) => AsyncGenerator<T>

/** Walks that take turns with each other on this loop. */
export function walksOn(loop: Loop): Walk {
  const waiting: Array<() => void> = []
  const next = () => {
    waiting.shift()?.()
    if (waiting.length > 0) loop.afterOthers(next)
  }
  const othersFirst = () =>
    new Promise<void>((goOn) => {
      if (waiting.push(goOn) === 1) loop.afterOthers(next)
    })
  return async function* <T>(all: Iterable<T> | AsyncIterable<T>) {
    let steps = 0
    let until = 0
    for await (const one of all) {
      if (steps === 0 || loop.now() >= until) {
        await othersFirst()
        steps = mostSteps
        until = loop.now() + mostMs
      }
      steps -= 1
      yield one
    }
  }
}

/** The walks of this process. */
export const walk = walksOn(realLoop)

/** What is found of each: of a few at once, since a store reads them together; of many piece by piece. */
export async function foundOfEach<T, Found>(
  all: readonly T[],
  look: (one: T) => Found | Promise<Found>,
): Promise<readonly Found[]> {
  if (all.length <= mostSteps) return Promise.all(all.map(look))
  const found: Found[] = []
  let piece: T[] = []
  const lookAtPiece = async () => {
    found.push(...(await Promise.all(piece.map(look))))
    piece = []
  }
  for await (const one of walk(all)) if (piece.push(one) === mostSteps) await lookAtPiece()
  await lookAtPiece()
  return found
}
