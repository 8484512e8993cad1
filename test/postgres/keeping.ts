/** Stories whose bot keeps everything in a schema of a database, and runs as so many instances behind a balancer. */
import { createHash } from 'node:crypto'
import { openPostgres } from '../../src/store/postgres/postgres.ts'
import { type Keeping } from '../flows/keeping.ts'
import { ask, dropSchema, newSchema } from './server.ts'

const tables = ['document', 'membership', 'timer', 'alarm', 'effect', 'history', 'audit']

export async function inDatabase(url: string, instances: number): Promise<Keeping> {
  const schema = newSchema()
  const first = await openPostgres({ url, schema })
  await first.store.close()
  await giveTestTime(url, schema)
  let passing: Promise<unknown> = Promise.resolve()
  return {
    folder: '',
    instances,
    // Every instance goes by the clock of the story, which is the database's with the same jumps.
    open: async (clock) => ({ ...(await openPostgres({ url, schema, connections: 4 })), clock }),
    pass: (seconds) => {
      passing = passing.then(() =>
        ask(url, `update "${schema}".test_time set ahead = ahead + $1`, [seconds * 1000]),
      )
    },
    mark: async () => {
      const hash = createHash('sha256')
      for (const table of tables) {
        const rows = await ask(url, `select t::text as row from "${schema}"."${table}" t order by 1`)
        hash.update(JSON.stringify([table, rows]))
      }
      return hash.digest('hex')
    },
    effects: async () => (await ask(url, `select from "${schema}".effect`)).length,
    remove: async () => {
      await passing
      await dropSchema(url, schema)
    },
  }
}

/** The database's time in this schema can be put ahead; slower than life it does not run. */
async function giveTestTime(url: string, schema: string): Promise<void> {
  await ask(url, `create table "${schema}".test_time as select 0::bigint as ahead`)
  await ask(
    url,
    `create or replace function "${schema}".now_ms() returns bigint language sql volatile as
     $$ select floor(extract(epoch from clock_timestamp()) * 1000)::bigint + ahead from "${schema}".test_time $$`,
  )
}
