/** A process that is measured: runs functions of the modules it is told, and says what that cost it. */
import { type Call, type Reply, type Usage } from './process.ts'

process.on('message', (call: Call) => {
  void answer(call).then((reply) => process.send?.(reply))
})
process.on('disconnect', () => process.exit())

async function answer({ number, module, name, given }: Call): Promise<Reply> {
  try {
    const functions = module === '' ? own : ((await import(module)) as Functions)
    return { number, result: await functions[name]?.(...given) }
  } catch (error) {
    return { number, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

type Functions = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>

const own: Functions = { usage, watch, longestBlock }

/** What the process has used so far; with `--expose-gc` the heap without what nobody needs any more. */
function usage(): Usage {
  globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  return { cpuMs: (user + system) / 1000, rssMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20 }
}

let stopWatching = (): number => 0

/** From now on blocks of the event loop are measured, in processor time: how long others had the machine says nothing. */
function watch(): void {
  let longest = 0
  let before = process.cpuUsage()
  const look = () => {
    const { user, system } = process.cpuUsage(before)
    before = process.cpuUsage()
    longest = Math.max(longest, (user + system) / 1000)
  }
  const looking = setInterval(look, 1)
  stopWatching = () => {
    clearInterval(looking)
    return longest
  }
}

/** The longest since then, in milliseconds. */
function longestBlock(): number {
  return stopWatching()
}
