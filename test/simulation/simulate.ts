/**
 * `npm run simulate -- --seeds N` runs N new schedules of calls; `--seed S` runs that one again and tells its story.
 * `--groups` does the same with schedules of groups, `--graph` with calls that Microsoft Graph brings.
 */
import { parseArgs } from 'node:util'
import { runGroups } from './group-schedule.ts'
import { run as runCalls } from './schedule.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    seed: { type: 'string' },
    groups: { type: 'boolean', default: false },
    graph: { type: 'boolean', default: false },
  },
})
const kind = values.groups ? ' --groups' : values.graph ? ' --graph' : ''
const run = values.groups
  ? runGroups
  : (seed: number) => runCalls(seed, null, values.graph ? 'graph' : 'telephony')

if (values.seed === undefined) await many(Number(values.seeds), Number(values.from))
else await one(Number(values.seed))

async function one(seed: number): Promise<void> {
  const { story, wrong } = await run(seed)
  const verdict = wrong.length > 0 ? wrong.map((what) => `WRONG: ${what}`) : ['All is well.']
  console.log([...story, '', ...verdict].join('\n'))
  process.exitCode = wrong.length > 0 ? 1 : 0
}

async function many(seeds: number, from: number): Promise<void> {
  let failed = 0
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { wrong } = await run(seed)
    if (wrong.length === 0) continue
    failed += 1
    const again = `npm run simulate --${kind} --seed ${seed}`
    console.log(`${wrong.join('; ')}\n  again: ${again}`)
  }
  console.log(`${seeds - failed} of ${seeds} schedules kept every promise (seeds from ${from}).`)
  process.exitCode = failed > 0 ? 1 : 0
}
