/**
 * `npm run bench`: prints one table of ratios, each against a floor or a peer in the same run.
 *
 *   --quick             small numbers, only to see that it runs
 *   --only turns,rings  some parts: turns, clicks, rings, commits, calls, timers, starts, memory, blocks, cards
 *
 * BENCH_PROFILES=folder leaves a processor profile of every measured process there.
 */
import { measureCalls } from './calls.ts'
import { measureCards } from './cards.ts'
import { measureClicks } from './clicks.ts'
import { measureCommits } from './commits.ts'
import { type Database, ownDatabase } from './database.ts'
import { peersFolder } from './install-peers.ts'
import { measureRings } from './rings.ts'
import { measureBlocks, measureMemory } from './rooms.ts'
import { full, quick, type Scale } from './scale.ts'
import { Service } from './service.ts'
import { measureStarts } from './starts.ts'
import { type Row, tableOf } from './table.ts'
import { measureTimers } from './timers.ts'
import { measureTurns } from './turns.ts'

const root = new URL('../../../../', import.meta.url)

type Surroundings = {
  readonly service: Service
  readonly scale: Scale
  readonly database: () => Promise<Database | null>
}
type Part = (surroundings: Surroundings) => Promise<readonly Row[]>

const parts: Readonly<Record<string, Part>> = {
  turns: ({ service, scale }) => measureTurns(service, scale, peersFolder(root)),
  clicks: ({ service, scale }) => measureClicks(service, scale),
  rings: ({ service, scale }) => measureRings(service, scale),
  commits: async ({ scale, database }) => measureCommits(scale, (await database())?.url ?? null),
  calls: async ({ scale, database }) => measureCalls(scale, await database()),
  timers: async ({ scale, database }) => measureTimers(scale, (await database())?.url ?? null),
  starts: ({ scale }) => measureStarts(scale),
  memory: ({ service }) => measureMemory(service),
  blocks: ({ service, scale }) => measureBlocks(service, scale),
  cards: ({ scale }) => measureCards(scale),
}

await run(process.argv.slice(2))

async function run(options: readonly string[]): Promise<void> {
  const scale = options.includes('--quick') ? quick : full
  const only = options.includes('--only') ? options[options.indexOf('--only') + 1]?.split(',') : undefined
  const service = await Service.start()
  let opened: Promise<Database | null> | undefined
  const database = () => (opened ??= ownDatabase())
  const rows: Row[] = []
  for (const [name, part] of Object.entries(parts)) {
    if (only?.includes(name) === false) continue
    process.stderr.write(`${name} …\n`)
    rows.push(...(await part({ service, scale, database })))
  }
  await service.stop()
  await (await opened)?.stop()
  console.log(tableOf(rows))
}
