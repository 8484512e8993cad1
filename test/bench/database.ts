/** A PostgreSQL of the bench's own on this machine, durable as in production, whose processor time can be read. */
import { readdir, readFile } from 'node:fs/promises'
import { ask, ownServer } from '../postgres/server.ts'

export type Database = {
  readonly url: string
  /** What all its processes have used so far. */
  readonly cpuMs: () => Promise<number>
  readonly stop: () => Promise<void>
}

/** Linux counts in hundredths of a second. */
const tickMs = 10

/** Null where there is no PostgreSQL. */
export async function ownDatabase(): Promise<Database | null> {
  try {
    const { url, stop } = await ownServer(['fsync=on'])
    const server = await serverAt(url)
    return { url, stop, cpuMs: () => cpuOfAll(server) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    process.stderr.write(`PostgreSQL is left out: ${why}\n`)
    return null
  }
}

/** The process that all others of the server descend from. */
async function serverAt(url: string): Promise<number> {
  const [row] = await ask<{ line: string }>(url, "select pg_read_file('postmaster.pid') as line")
  return Number(row?.line.split('\n')[0])
}

async function cpuOfAll(server: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/u.test(name))
  const stats = await Promise.all(pids.map(readStat))
  const ticks = stats.map((stat) =>
    stat && (stat.pid === server || stat.parent === server) ? stat.ticks : 0,
  )
  return ticks.reduce((sum, one) => sum + one, 0) * tickMs
}

/** One process: its parent, and its own time with that of its children that have ended; null when it has ended. */
async function readStat(pid: string) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  if (text === '') return null
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return { pid: Number(pid), parent: Number(fields[1]), ticks }
}
