/** In a measured process: single commits of settings, each beside one write of the same length without the store. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type CallingSettings } from '../../src/core/calling-settings.ts'
import { type Store } from '../../src/store/store.ts'
import { upTo } from './numbers.ts'
import { idOf, seed } from './people.ts'
import { openAt, type Place } from './places.ts'

export type Took = { readonly commit: readonly number[]; readonly floor: readonly number[] }

type Floor = { readonly write: (doc: CallingSettings) => Promise<unknown>; readonly end: () => Promise<void> }

/** How long each took, in milliseconds: one after the other, turn and turn about. */
export async function commits(place: Place, people: number, count: number): Promise<Took> {
  const store = await openAt(place)
  await seed(store, people, 5)
  const floor = place.is === 'embedded' ? await appending(place.folder) : await updating(place, people)
  const took = { commit: [] as number[], floor: [] as number[] }
  for (const step of upTo(count + count / 10)) {
    const one = await both(store, floor, idOf((step * 7919) % people))
    // The first tenth warms up.
    if (step < count / 10) continue
    took.commit.push(one.commit)
    took.floor.push(one.floor)
  }
  await floor.end()
  await store.close()
  return took
}

async function both(store: Store, floor: Floor, id: string) {
  const kept = await store.get('settings', id)
  if (!kept) throw new Error('nobody is there')
  const doc: CallingSettings = { ...kept.doc, override: kept.doc.override === null ? 'mute' : null }
  const begun = performance.now()
  await floor.write(doc)
  const between = performance.now()
  const done = await store.commit({ puts: [{ kind: 'settings', id, expect: kept.rev, doc }] })
  if (done !== 'committed') throw new Error('it conflicted')
  return { floor: between - begun, commit: performance.now() - between }
}

/** Append and fdatasync, as a server can do it: without blocking. */
async function appending(folder: string): Promise<Floor> {
  const file = await open(join(folder, 'floor.new'), 'a')
  return {
    write: async (doc) => {
      await file.write(`${JSON.stringify(doc)}\n`)
      await file.datasync()
    },
    end: () => file.close(),
  }
}

/** One row changed by pg alone, prepared, in a table as long. */
async function updating({ url, schema }: Place & { is: 'postgresql' }, people: number): Promise<Floor> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const table = `"${schema}".floor`
  await client.query(`create table ${table} (id int primary key, rev bigint not null, doc json not null)`)
  await client.query(`insert into ${table} select i, 1, '{}' from generate_series(0, $1::int) i`, [people])
  const text = `update ${table} set rev = rev + 1, doc = $2 where id = $1`
  let next = 0
  return {
    write: (doc) => {
      next = (next + 7919) % people
      return client.query({ name: 'floor', text, values: [next, JSON.stringify(doc)] })
    },
    end: () => client.end(),
  }
}
