/** What keeps the bot from starting on a database; each says in a sentence what to do. */
import { codeOf } from '../code-of.ts'

/** The database cannot be used as it is. Nothing was changed in it. */
export class DatabaseUnusable extends Error {
  readonly code: string

  constructor(code: string, sentence: string) {
    super(`DATABASE_URL: ${sentence} (${code})`)
    this.name = 'DatabaseUnusable'
    this.code = code
  }
}

/** By the code of Node or PostgreSQL. */
const sentences: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host. Check the host name',
  ECONNREFUSED: 'no server listens there. Start it, or correct the host and port',
  '28P01': 'the password is wrong. Correct it, or let the administrator set it',
  '28000':
    'the server does not let this role in. Look at its pg_hba.conf, and whether it demands TLS (sslmode)',
  '3D000': 'there is no such database. Create it, or correct its name',
  '42501': 'the role may not create its schema. Create the schema, and make the role its owner',
}

/** An error on the way to a usable database, in words; any other stays as it is. Never quotes the address or the password. */
export function unusable(error: unknown): unknown {
  const code = codeOf(error) || (isTimeout(error) ? 'timeout' : '')
  const known = sentences[code]
  if (known !== undefined) return new DatabaseUnusable(code, known)
  if (!unreachable.test(code)) return error
  return new DatabaseUnusable(
    code,
    'the database does not answer. Is it running, and can it be reached from here',
  )
}

/** Codes of Node, of TLS, and of PostgreSQL while it starts or stops. */
const unreachable = /^(E[A-Z]+|[A-Z_]*CERT[A-Z_]*|08\d{3}|57P0\d|53300|timeout)$/

/** pg says these in words alone. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout|terminated/i.test(error.message)
}
