/** Brings the database's schema up to this version, for bots whose own role may not. */
import { type Environment } from '../environment/environment.ts'
import { migrateDatabase } from '../store/postgres/postgres.ts'
import { Failed } from './failed.ts'
import { note } from './output.ts'

export async function migrate({ database }: Environment): Promise<number> {
  if (database === null)
    throw new Failed('DATABASE_URL is not set. Set it to the database, as the role that owns the schema.')
  await migrateDatabase(database)
  note(`The schema "${database.schema}" is of this version.`)
  return 0
}
