/** Brings a schema up to this version. Several instances that start at once wait for each other. */
import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import { type ClientBase } from 'pg'

/** SQL is not compiled: it is read where it stands, also by what was built. */
const folder = fileURLToPath(new URL('../../../src/store/postgres/migrations/', import.meta.url))

/** What is missing is added; a schema that a newer version has brought further is left as it is. */
export async function migrate(client: ClientBase, schema: string): Promise<void> {
  const found = await client.query<{ there: boolean }>('select to_regnamespace($1) is not null as there', [
    `"${schema}"`,
  ])
  await runner({
    dbClient: client,
    dir: folder,
    direction: 'up',
    schema,
    // Asked for only when needed: a role without the right to make schemas can be given one.
    createSchema: found.rows[0]?.there !== true,
    migrationsTable: 'migration',
    advisoryLockMode: 'wait',
    logger: silent,
  })
}

const nothing = () => undefined
/** What goes wrong is thrown as well. */
const silent = { info: nothing, warn: nothing, error: nothing }
