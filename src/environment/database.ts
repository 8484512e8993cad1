/** The settings for a database: where it is, and how much of it one instance takes. */
import { type Read, SettingsWrong } from './read.ts'

export type DatabaseSettings = {
  readonly url: string
  readonly schema: string
  /** Whether a pooler in transaction mode stands before the database. */
  readonly isPooled: boolean
  /** How many connections this instance uses for requests. */
  readonly connections: number
}

/** Nothing of the address is repeated in what is said of it: it may hold a password. */
export function readDatabase(read: Read): DatabaseSettings | null {
  const url = read('DATABASE_URL')
  if (url === '') return null
  if (!/^postgres(ql)?:\/\/./.test(url)) {
    throw new SettingsWrong(
      'DATABASE_URL is not the address of a PostgreSQL database. Write postgresql://user:password@host:5432/database.',
    )
  }
  // A socket has no host: postgresql://user:password@/database?host=/var/run/postgresql.
  if (!URL.canParse(url.replace('@/', '@socket/'))) {
    throw new SettingsWrong(
      'DATABASE_URL cannot be taken apart. In its password write %23 for #, %2F for / and %3F for ?, and give a port from 1 to 65535.',
    )
  }
  const schema = read('DATABASE_SCHEMA') || 'call_pickup'
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new SettingsWrong(
      `DATABASE_SCHEMA: "${schema}" cannot be the name of a schema here. Use small letters, digits and underscores.`,
    )
  }
  const isPooled = readPooler(read('DATABASE_POOLER'))
  return { url, schema, isPooled, connections: readConnections(read('DATABASE_CONNECTIONS') || '8') }
}

function readPooler(text: string): boolean {
  if (text === '' || text === 'transaction') return text !== ''
  throw new SettingsWrong(`DATABASE_POOLER: "${text}" is not supported. Use transaction, or leave it empty.`)
}

function readConnections(text: string): number {
  const connections = Number(text)
  if (Number.isInteger(connections) && connections >= 1 && connections <= 100) return connections
  throw new SettingsWrong(
    `DATABASE_CONNECTIONS: "${text}" is not a number of connections. Write a number from 1 to 100.`,
  )
}
