import assert from 'node:assert/strict'
import { StoreUnreadable, type Unreadable } from '../../../src/store/embedded/unreadable.ts'
import { until } from '../../until.ts'
import { put } from '../batches.ts'
import { HandClock } from '../hand-clock.ts'
import { keptBy, openOn } from './kept.ts'
import { PretendDisk } from './pretend-disk.ts'

describe('F11 the embedded store opens a journal', () => {
  it('cut off after any byte with the commits that are whole, or refuses it and leaves it alone', async () => {
    const { journal, ends } = await threeCommits()
    for (let length = 0; length < journal.length; length += 1) {
      const disk = new PretendDisk()
      disk.write('journal-1', journal.subarray(0, length))
      const whole = ends.filter((end) => end <= length).length
      if (whole === 0) {
        await assert.rejects(openOn(disk), { code: 'foreign', file: 'journal-1' })
        assert.deepEqual(disk.bytesOf('journal-1'), journal.subarray(0, length))
        continue
      }
      const store = await openOn(disk)
      assert.equal((await keptBy(store)).length, whole - 1)
      await store.commit({ puts: [put('more', 0)] })
      await store.close()
      const again = await openOn(disk)
      assert.equal((await keptBy(again)).length, whole)
      await again.close()
    }
  })

  it('whose last line was not written whole, whatever stands there instead', async () => {
    const { journal, ends } = await threeCommits()
    for (const fill of [0, 0xff, 32]) {
      const disk = new PretendDisk()
      const spoiled = Buffer.from(journal)
      spoiled.fill(fill, (ends[2] ?? 0) + 5, journal.length - 1)
      disk.write('journal-1', spoiled)
      const store = await openOn(disk)
      assert.equal((await keptBy(store)).length, 2)
      await store.close()
    }
  })

  it('cut off before its last sync although an empty journal was begun after it', async () => {
    const { journal } = await threeCommits()
    const header = journal.subarray(0, journal.indexOf('\n') + 1)
    const disk = new PretendDisk()
    disk.write('journal-1', journal.subarray(0, -3))
    disk.write('journal-2', header)
    const store = await openOn(disk)
    await store.commit({ puts: [put('more', 0)] })
    await store.close()
    const again = await openOn(disk)
    assert.equal((await keptBy(again)).length, 3)
    await again.close()
  })
})

describe('F11 T19 the embedded store refuses', () => {
  it('a journal with any byte changed before its last line, and changes nothing', async () => {
    const { journal, ends } = await threeCommits()
    const last = ends[2] ?? 0
    for (let place = 0; place < last; place += 7) {
      const spoiled = Buffer.from(journal)
      spoiled[place] = (spoiled[place] ?? 0) ^ 1
      await refuses({ 'journal-1': spoiled })
    }
  })

  it('a snapshot with any byte changed or missing', async () => {
    const files = await compacted()
    const snapshot = files['snapshot'] ?? Buffer.alloc(0)
    for (let place = 0; place < snapshot.length; place += 1) {
      const spoiled = Buffer.from(snapshot)
      spoiled[place] = (spoiled[place] ?? 0) ^ 1
      await refuses({ ...files, snapshot: spoiled })
      await refuses({ ...files, snapshot: snapshot.subarray(0, place) })
    }
  })

  it('a folder that lacks its snapshot or one of its journals', async () => {
    const { snapshot, ...journals } = await compacted()
    assert.ok(snapshot)
    await refuses(journals, 'missing')
    await refuses({ snapshot }, 'missing')
    const { journal } = await threeCommits()
    await refuses({ 'journal-1': journal, 'journal-3': journal }, 'missing')
  })

  it('a torn journal that others were written after', async () => {
    const { journal } = await threeCommits()
    await refuses({ 'journal-1': journal.subarray(0, -3), 'journal-2': journal })
  })

  for (const [name, body] of foreignBodies()) {
    it(`${name} in place of a file of its own`, async () => {
      await refuses({ 'journal-1': body }, 'foreign')
      await refuses({ ...(await compacted()), snapshot: body }, 'foreign')
    })
  }

  it('files of another version, and says so', async () => {
    const { checkedLine } = await import('../../../src/store/embedded/checked-line.ts')
    const header = checkedLine(JSON.stringify({ format: 'call-pickup-bot store', version: 2 }))
    await refuses({ 'journal-1': header }, 'version')
  })
})

function foreignBodies(): ReadonlyArray<readonly [name: string, body: Buffer]> {
  return [
    ['an empty file', Buffer.alloc(0)],
    ['a number', Buffer.from('5')],
    ['an empty list', Buffer.from('[]\n')],
    ['a JSON file of somebody else', Buffer.from('{"users":{"ann":{"group":[]}}}\n')],
    ['a byte order mark', Buffer.from('\ufeff{"format":"call-pickup-bot store","version":1}\n')],
    ['a header without its checksum', Buffer.from('{"format":"call-pickup-bot store","version":1}\n')],
    ['a file of NULs', Buffer.alloc(4096)],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['a web page', Buffer.from('<!doctype html>\n<html></html>\n')],
  ]
}

/** A journal with three commits, and where its lines end. */
async function threeCommits() {
  const disk = new PretendDisk()
  const store = await openOn(disk)
  const ends = [disk.bytesOf('journal-1').length]
  for (const id of ['a', 'b', 'c']) {
    await store.commit({ puts: [put(id, 0)] })
    ends.push(disk.bytesOf('journal-1').length)
  }
  await store.close()
  return { journal: disk.bytesOf('journal-1'), ends }
}

/** The files of a store that has a snapshot. */
async function compacted(): Promise<Readonly<Record<string, Buffer>>> {
  const disk = new PretendDisk()
  const store = await openOn(disk, { compactAbove: 100, clock: new HandClock() })
  await store.commit({ puts: ['a', 'b', 'c'].map((id) => put(id, 0)) })
  await until('it is compacted', () => disk.steps.at(-1) === 'remove journal-1')
  await store.close()
  return Object.fromEntries(disk.names().map((name) => [name, disk.bytesOf(name)]))
}

async function refuses(files: Readonly<Record<string, Buffer>>, code?: Unreadable): Promise<void> {
  const disk = new PretendDisk()
  for (const [name, bytes] of Object.entries(files)) disk.write(name, bytes)
  await assert.rejects(openOn(disk), (error) => {
    assert.ok(error instanceof StoreUnreadable)
    if (code) assert.equal(error.code, code)
    assert.match(error.message, /^The store's file .+\. Nothing was changed; .+\.$/)
    return true
  })
  for (const [name, bytes] of Object.entries(files)) assert.deepEqual(disk.bytesOf(name), bytes)
  assert.deepEqual(disk.names(), Object.keys(files).sort())
}
