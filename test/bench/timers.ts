/** How late timers are in PostgreSQL while nothing else happens. */
import { dropSchema, newSchema } from '../postgres/server.ts'
import { quantile, short } from './numbers.ts'
import { alone } from './process.ts'
import { type Scale } from './scale.ts'
import { type Row } from './table.ts'
import { type Late } from './waiting.ts'

const waiting = new URL('waiting.js', import.meta.url)

export async function measureTimers({ timers }: Scale, database: string | null): Promise<readonly Row[]> {
  if (database === null) return []
  const schema = newSchema()
  const { decided, handedOut } = (await alone(waiting, 'timers', [database, schema, timers])) as Late
  const floor = (await alone(waiting, 'looking', [database, timers])) as readonly number[]
  await dropSchema(database, schema)
  const row = (what: string, ours: readonly number[]) => ({
    what: `${what}, PostgreSQL, quiet: p99 at most 200 ms`,
    peer: 'one connection that looks every 25 to 75 ms, and no more',
    ratio: quantile(ours, 0.99) / quantile(floor, 0.99),
    figure: `${late(ours)}; looking alone ${late(floor)}`,
  })
  return [
    row('how late a timer is decided on', decided),
    row('the same, until what it decided is handed out', handedOut),
  ]
}

const late = (all: readonly number[]) =>
  `${short(quantile(all, 0.5))} ms p50, ${short(quantile(all, 0.99))} ms p99`
