/** Brings a schema up to this version. Several instances that start at once wait for each other. */
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import { type ClientBase } from 'pg'
import { DatabaseUnusable } from './unusable.ts'

/** SQL is not compiled: it is read where it stands, also by what was built. */
const folder = fileURLToPath(new URL('../../../src/store/postgres/migrations/', import.meta.url))

type Found = { readonly isThere: boolean; readonly isBegun: boolean; readonly mayChange: boolean }

/**
 * What is missing is added, over a connection of its own (`isAlone`); a schema that a newer version has brought further is
 * left as it is. Throws DatabaseUnusable when something is missing that this role may not add.
 */
export async function migrate(client: ClientBase, schema: string, isAlone = true): Promise<void> {
  const { isThere, isBegun, mayChange } = await look(client, schema)
  if (isBegun && (await isWhole(client, schema))) return
  if (!isAlone || (isThere && !mayChange))
    throw new DatabaseUnusable(
      'behind',
      'its schema is not of this version yet, and it cannot be changed from here. Run "pickup-admin migrate" as the owner of the schema, straight at the database',
    )
  await runner({
    dbClient: client,
    dir: folder,
    direction: 'up',
    schema,
    // Asked for only when needed: a role without the right to make schemas can be given one.
    createSchema: !isThere,
    migrationsTable: 'migration',
    advisoryLockMode: 'wait',
    logger: silent,
  })
}

async function look(client: ClientBase, schema: string): Promise<Found> {
  const text = `select n.oid is not null as "isThere", has_schema_privilege(n.oid, 'create') as "mayChange",
      exists (select from pg_class c where c.relnamespace = n.oid and c.relname = 'migration') as "isBegun"
    from (select 1) one left join pg_namespace n on n.nspname = $1`
  const { rows } = await client.query<Found>(text, [schema])
  return rows[0] ?? { isThere: false, isBegun: false, mayChange: false }
}

/** Whether everything that this version needs was run there. */
async function isWhole(client: ClientBase, schema: string): Promise<boolean> {
  const { rows } = await client.query<{ name: string }>(`select name from "${schema}".migration`)
  const ran = rows.map(({ name }) => name)
  return (await readdir(folder)).every((file) => ran.includes(file.replace(/\.sql$/u, '')))
}

const nothing = () => undefined
/** What goes wrong is thrown as well. */
const silent = { info: nothing, warn: nothing, error: nothing }
