import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'
import { type StoreEvent } from '../../../src/store/store-event.ts'
import { until } from '../../until.ts'
import { effect, put, removal, row, timer } from '../batches.ts'
import { HandClock } from '../hand-clock.ts'
import { idleHandlers } from '../handlers.ts'
import { keptBy, openOn } from './kept.ts'
import { PretendDisk } from './pretend-disk.ts'

const dayMs = 24 * 60 * 60 * 1000

describe('compaction', () => {
  it('loses nothing while many write, and keeps the files from growing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'store-'))
    let compacted = 0
    const log = ({ is }: StoreEvent) => {
      if (is === 'compacted') compacted += 1
    }
    const compactAbove = 100_000
    const store = await openEmbedded({ folder, compactAbove, log })
    const write = async (writer: number) => {
      for (let round = 0; round < 400; round += 1) {
        const old = round < 10 ? [] : [removal(`${writer} ${round - 10}`, 1)]
        await store.commit({
          puts: [put(`${writer} ${round}`, 0), put(`${writer}`, round, round), ...old],
          setTimers: [timer(`${writer} ${round % 7}`, 2e12 + round)],
          cancelTimers: [`${writer} ${(round + 1) % 7}`],
          memberships: [{ change: round % 3 ? 'join' : 'leave', owner: `${round % 5}`, member: `${writer}` }],
          effects: round % 50 ? [] : [effect(`${writer}`, `${round}`)],
          history: round % 50 ? [] : [row(`${writer} ${round}`, Date.now(), [`${writer}`])],
        })
      }
    }
    await Promise.all([...Array(16).keys()].map(write))
    const kept = await keptBy(store)
    await store.close()
    assert.ok(compacted > 3, `compacted ${compacted} times`)
    const again = await openEmbedded({ folder })
    assert.deepEqual(await keptBy(again), kept)
    const count = (what: string) => kept.filter((line) => line.startsWith(`{"${what}"`)).length
    // Each writer leaves eleven documents, six timers, and eight effects and rows.
    assert.deepEqual([count('kind'), count('key'), count('number')], [16 * 11, 16 * 6, 16 * (8 + 8)])
    assert.ok(count('change') > 16)
    await again.close()
    const sizes = await Promise.all((await readdir(folder)).map((name) => stat(join(folder, name))))
    assert.ok(sizes.reduce((sum, { size }) => sum + size, 0) < 4 * compactAbove)
    await rm(folder, { recursive: true })
  })

  it('does not let a number be given twice, though what had it is gone', async () => {
    const disk = new PretendDisk()
    const more = { compactAbove: 1000, clock: new HandClock() }
    const store = await openOn(disk, more)
    await store.start(idleHandlers)
    await store.commit({ effects: [effect('lane', 'first')] })
    await store.commit({ puts: [...Array(20).keys()].map((number) => put(`${number}`, 0)) })
    await until('it is compacted', () => disk.steps.at(-1) === 'remove journal-1')
    await store.close()
    const again = await openOn(disk, more)
    await again.commit({ effects: [effect('lane', 'second')] })
    const second = (await keptBy(again)).find((line) => line.includes('second'))
    assert.match(second ?? '', /"number":2/)
    await again.close()
  })

  it('makes the snapshot durable before it counts, and its name durable before the journal goes', async () => {
    const disk = new PretendDisk()
    const store = await openOn(disk, { compactAbove: 100, clock: new HandClock() })
    await store.commit({ puts: [put('a', 0)] })
    await until('it is compacted', () => disk.steps.at(-1) === 'remove journal-1')
    const last = disk.steps.slice(-4)
    assert.deepEqual(last, [
      'datasync snapshot',
      'rename snapshot.new snapshot',
      'syncNames',
      'remove journal-1',
    ])
    await store.close()
  })

  it('is put off after it failed, leaves nothing half-written, and disturbs no commit', async () => {
    const disk = new PretendDisk()
    const notices: StoreEvent[] = []
    const store = await openOn(disk, {
      compactAbove: 500,
      clock: new HandClock(),
      log: (notice) => notices.push(notice),
    })
    disk.failWhen((_, what) => (what === 'append snapshot' ? 'ENOSPC' : null))
    const commit = (number: number) => store.commit({ puts: [put(`${number}`, 0)] })
    for (let number = 0; number < 10; number += 1) await commit(number)
    await until('it has failed', () => notices.length > 0)
    assert.deepEqual(
      notices.map(({ is }) => is),
      ['compactionFailed'],
    )
    assert.equal(store.trouble(), null)
    disk.heal()
    for (let number = 10; number < 30; number += 1) await commit(number)
    await until('it has succeeded', () => notices.some(({ is }) => is === 'compacted'))
    await store.close()
    assert.ok(!disk.names().some((name) => name.endsWith('.new')))
    const again = await openOn(disk)
    assert.equal((await keptBy(again)).length, 30)
    await again.close()
  })

  it('forgets calls that ended too long ago, and so does a start', async () => {
    const disk = new PretendDisk()
    const clock = new HandClock()
    const more = { clock, historyDays: 30, compactAbove: 1000 }
    const store = await openOn(disk, more)
    const calls = async (one: typeof store) =>
      (await one.history({ person: 'ann', limit: 9 })).map(({ call }) => call)
    await store.commit({ history: [row('old', clock.now(), ['ann', 'bo'])] })
    await store.commit({ history: [row('newer', clock.now() + 2 * dayMs, ['ann'])] })
    await clock.advance(31 * dayMs)
    await store.commit({ puts: [...Array(20).keys()].map((number) => put(`${number}`, 0)) })
    await until('it is compacted', () => disk.steps.at(-1) === 'remove journal-1')
    assert.deepEqual(await calls(store), ['newer'])
    assert.deepEqual(await store.history({ person: 'bo', limit: 9 }), [])
    await store.close()
    await clock.advance(2 * dayMs)
    const again = await openOn(disk, more)
    assert.deepEqual(await calls(again), [])
    await again.close()
  })

  it('forgets who changed what after the time that is set, with a compaction and with a start', async () => {
    const disk = new PretendDisk()
    const clock = new HandClock()
    const more = { clock, auditDays: 30, compactAbove: 1000 }
    const store = await openOn(disk, more)
    const change = (about: string, at: number) => ({ at, about, by: null, door: 'http', parts: [] })
    const about = async (one: typeof store) => (await one.audit({ limit: 9 })).map((row) => row.about)
    await store.commit({ audit: [change('ann', clock.now()), change('bo', clock.now() + 2 * dayMs)] })
    await clock.advance(31 * dayMs)
    await store.commit({ puts: [...Array(20).keys()].map((number) => put(`${number}`, 0)) })
    await until('it is compacted', () => disk.steps.at(-1) === 'remove journal-1')
    assert.deepEqual(await about(store), ['bo'])
    assert.deepEqual(await store.audit({ about: 'ann', limit: 9 }), [])
    await store.close()
    const again = await openOn(disk, more)
    assert.deepEqual(await about(again), ['bo'])
    await again.close()
    await clock.advance(2 * dayMs)
    const last = await openOn(disk, more)
    assert.deepEqual(await about(last), [])
    await last.close()
  })
})
