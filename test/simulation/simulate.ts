/** `npm run simulate -- --seeds N` runs N new schedules; `--seed S` runs that one again and tells its story. */
import { parseArgs } from 'node:util'
import { run } from './schedule.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string' }, seed: { type: 'string' }, from: { type: 'string' } },
})

if (values.seed === undefined)
  await many(Number(values.seeds ?? 2000), Number(values.from ?? Date.now() % 1_000_000_000))
else await one(Number(values.seed))

async function one(seed: number): Promise<void> {
  const { story, wrong } = await run(seed)
  console.log(
    [...story, '', ...(wrong.length > 0 ? wrong.map((what) => `WRONG: ${what}`) : ['All is well.'])].join(
      '\n',
    ),
  )
  process.exitCode = wrong.length > 0 ? 1 : 0
}

async function many(seeds: number, from: number): Promise<void> {
  let failed = 0
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { wrong } = await run(seed)
    if (wrong.length === 0) continue
    failed += 1
    console.log(`${wrong.join('; ')}\n  again: npm run simulate -- --seed ${seed}`)
  }
  console.log(`${seeds - failed} of ${seeds} schedules kept every promise (seeds from ${from}).`)
  process.exitCode = failed > 0 ? 1 : 0
}
