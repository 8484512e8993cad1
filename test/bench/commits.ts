/** What a durable commit costs with few people and with many. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newSchema, dropSchema } from '../postgres/server.ts'
import { type Took } from './committing.ts'
import { quantile, short } from './numbers.ts'
import { type Place } from './places.ts'
import { alone } from './process.ts'
import { type Scale } from './scale.ts'
import { type Row } from './table.ts'

const committing = new URL('committing.js', import.meta.url)

export async function measureCommits(
  { people, commits }: Scale,
  database: string | null,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const count of people) rows.push(await embedded(count, commits))
  const [few, many] = [rows.at(1), rows.at(-1)]
  if (few && many && many !== few) rows.push(steadiness(few, many, people))
  if (database === null) return rows
  for (const count of people) rows.push(await inDatabase(database, count, commits))
  return rows
}

async function embedded(people: number, count: number): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-commits-'))
  const took = await measured({ is: 'embedded', folder }, people, count)
  await rm(folder, { recursive: true })
  return { ...rowOf(took, people, 'lowdb'), peer: 'append + fdatasync of as much', must: 2, goal: 1.2 }
}

async function inDatabase(url: string, people: number, count: number): Promise<Row> {
  const schema = newSchema()
  const took = await measured({ is: 'postgresql', url, schema }, people, count)
  await dropSchema(url, schema)
  return { ...rowOf(took, people, 'PostgreSQL'), peer: 'one row updated by pg' }
}

async function measured(place: Place, people: number, count: number): Promise<Took> {
  return (await alone(committing, 'commits', [place, people, count])) as Took
}

function rowOf({ commit, floor }: Took, people: number, store: string): Omit<Row, 'peer'> {
  const [ours, theirs] = [quantile(commit, 0.5), quantile(floor, 0.5)]
  const figure = `${short(ours)} ms p50, ${short(quantile(commit, 0.99))} ms p99`
  return { what: `a durable commit, ${store}, ${named(people)}`, ratio: ours / theirs, figure }
}

/** Whether many people cost more than few: each measured against its own floor, because disks have moods. */
function steadiness(few: Row, many: Row, people: readonly number[]): Row {
  return {
    what: `that ratio, lowdb, ${named(people.at(-1) ?? 0)}`,
    peer: `that ratio, ${named(people[1] ?? 0)}`,
    ratio: many.ratio / few.ratio,
    figure: '',
    must: 1.5,
    goal: 1.1,
  }
}

function named(people: number): string {
  return `${people.toLocaleString('en')} people`
}
