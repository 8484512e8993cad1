/** A client of a Graph on this machine, for tests. */
import { realClock } from '../../src/clock.ts'
import { Graph, type GraphParts } from '../../src/graph/client.ts'
import { send } from '../../src/wire/wire.ts'

/** No pause is as long as this; only a deadline is. */
export const longMs = 60_000

/** A client of this office that makes no pauses, and remembers how long they would have been and what it counted. */
export function quickGraph({ url }: { readonly url: string }, parts: Partial<GraphParts> = {}) {
  const waits: number[] = []
  const counts: string[] = []
  const graph = new Graph({
    baseUrl: url,
    token: () => Promise.resolve('token'),
    send,
    clock: {
      now: () => realClock.now(),
      wall: () => realClock.wall(),
      after: (ms, run) => {
        waits.push(ms)
        return realClock.after(ms < longMs ? 0 : ms, run)
      },
    },
    random: () => 0,
    count: (what, result) => {
      counts.push(`${what} ${result}`)
    },
    withinMs: longMs,
    ...parts,
  })
  return { graph, waits, counts }
}
