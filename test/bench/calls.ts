/** Calls a second that ring five members, with as many claims as the database or the disk would bear. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newSchema } from '../postgres/server.ts'
import { type Called } from './calling.ts'
import { type Database } from './database.ts'
import { median, ratio, short, times, upTo } from './numbers.ts'
import { claimsByPgbench } from './pgbench.ts'
import { type Place } from './places.ts'
import { alone, MeasuredProcess } from './process.ts'
import { type Scale } from './scale.ts'
import { type Row } from './table.ts'

const calling = new URL('calling.js', import.meta.url)
const appending = new URL('appending.js', import.meta.url)

export async function measureCalls(scale: Scale, database: Database | null): Promise<readonly Row[]> {
  const rows = [await inFolder(scale)]
  if (database) rows.push(...(await inDatabase(scale, database)))
  return rows
}

async function inFolder({ rounds, calls }: Scale): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-calls-'))
  const bot = await opened({ is: 'embedded', folder: join(folder, 'store') }, true)
  const ours: number[] = []
  const theirs: number[] = []
  await times(rounds, async () => {
    ours.push(((await bot.call(calling, 'ring', calls)) as Called).seconds)
    theirs.push((await alone(appending, 'append', [join(folder, 'floor'), calls])) as number)
  })
  await ended(bot)
  await rm(folder, { recursive: true })
  return {
    what: 'calls a second, 5 members, two claims, lowdb',
    peer: 'two appends + fdatasyncs a call, 24 at once',
    ratio: ratio(theirs, ours),
    figure: `${short(calls / median(ours))} calls/s`,
  }
}

async function inDatabase({ rounds, calls }: Scale, database: Database): Promise<readonly Row[]> {
  const place = (): Place => ({ is: 'postgresql', url: database.url, schema: newSchema() })
  const claiming = await opened(place(), false)
  const delivering = await opened(place(), true)
  const costs = { claiming: [] as Cost[], delivering: [] as Cost[], pgbench: [] as Cost[] }
  for (const round of upTo(rounds + 1)) {
    const one = {
      claiming: await called(claiming, calls, database),
      delivering: await called(delivering, calls, database),
      pgbench: await claimsByPgbench(database, calls),
    }
    // The first round warms up.
    if (round > 0)
      for (const name of ['claiming', 'delivering', 'pgbench'] as const) costs[name].push(one[name])
  }
  await Promise.all([claiming, delivering].map(ended))
  const server = (all: readonly Cost[]) => all.map(({ databaseMs }) => databaseMs)
  const figure = (all: readonly Cost[]) =>
    `${short(median(all.map(({ perSecond }) => perSecond)))} calls/s on both cores; ${short(median(server(all)))} ms of the database's time, ${short(median(all.map(({ botMs }) => botMs)))} ms of the bot's a call`
  const row = (what: string, all: readonly Cost[]) => ({
    what,
    peer: 'the same by pgbench, by hand-written statements',
    ratio: ratio(server(costs.pgbench), server(all)),
    figure: figure(all),
  })
  return [
    {
      ...row(
        "calls a second of a database's core, 5 members, two claims, PostgreSQL: at least 0.4, better 0.7",
        costs.claiming,
      ),
    },
    row('the same, with everything that follows handed out and done', costs.delivering),
  ]
}

export type Cost = { readonly perSecond: number; readonly databaseMs: number; readonly botMs: number }

async function called(bot: MeasuredProcess, calls: number, database: Database): Promise<Cost> {
  const before = await database.cpuMs()
  const { seconds, cpuMs } = (await bot.call(calling, 'ring', calls)) as Called
  const databaseMs = ((await database.cpuMs()) - before) / calls
  return { perSecond: calls / seconds, databaseMs, botMs: cpuMs / calls }
}

async function opened(place: Place, isDelivering: boolean): Promise<MeasuredProcess> {
  const bot = new MeasuredProcess()
  await bot.call(calling, 'open', place, isDelivering)
  return bot
}

async function ended(bot: MeasuredProcess): Promise<void> {
  await bot.call(calling, 'close')
  await bot.end()
}
