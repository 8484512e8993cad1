import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { until } from '../../until.ts'
import { effect, put, row, timer } from '../batches.ts'
import { HandClock } from '../hand-clock.ts'
import { idleHandlers } from '../handlers.ts'
import { keptBy, openOn } from './kept.ts'
import { PretendDisk } from './pretend-disk.ts'

describe('F12 a commit to the embedded store', () => {
  it('is acknowledged after it was appended and synced, in this order', async () => {
    const disk = new PretendDisk()
    const store = await openOn(disk)
    const before = disk.steps.length
    await store.commit({ puts: [put('a', 0)] })
    disk.steps.push('acknowledged')
    assert.deepEqual(disk.steps.slice(before), ['append journal-1', 'datasync journal-1', 'acknowledged'])
    await store.close()
  })

  it('shares one sync with all that were made at the same time', async () => {
    const disk = new PretendDisk()
    const store = await openOn(disk)
    const before = disk.steps.length
    await Promise.all([...Array(25).keys()].map((number) => store.commit({ puts: [put(`${number}`, 0)] })))
    assert.deepEqual(disk.steps.slice(before), ['append journal-1', 'datasync journal-1'])
    await store.close()
  })

  it('is shown to nobody before it is durable, and holds up nobody else', async () => {
    const disk = new PretendDisk()
    const store = await openOn(disk)
    await store.commit({ puts: [put('old', 0)] })
    const before = disk.steps.length
    const steps = async (reading: Promise<unknown>) => {
      await reading
      return disk.steps.length - before
    }
    const commit = store.commit({
      puts: [put('new', 0)],
      memberships: [join],
      history: [row('c', Date.now(), ['ann'])],
    })
    const waited = await Promise.all([
      steps(store.get('endedEarly', 'new')),
      steps(store.groupsOf('bo')),
      steps(store.history({ person: 'ann', limit: 1 })),
      steps(store.commit({ puts: [put('new', 0)] })),
      steps(store.get('endedEarly', 'old')),
    ])
    assert.deepEqual(waited, [2, 2, 2, 2, 0])
    assert.equal(await commit, 'committed')
    await store.close()
  })

  it('is not shown because an earlier one to the same document has become durable', async () => {
    const disk = new PretendDisk()
    const store = await openOn(disk)
    const release = disk.hold('append journal-1')
    const first = store.commit({ puts: [put('a', 0, 1)] })
    await setImmediate()
    const second = store.commit({ puts: [put('a', 1, 2)] })
    release()
    await first
    const before = disk.steps.length
    assert.deepEqual(await store.get('endedEarly', 'a'), { rev: 2, doc: { at: 2 } })
    assert.deepEqual(disk.steps.slice(before), ['append journal-1', 'datasync journal-1'])
    await second
    await store.close()
  })

  it('neither fires its timers nor performs its effects before it is durable', async () => {
    const disk = new PretendDisk()
    const store = await openOn(disk)
    const seen: Array<string | undefined> = []
    await store.start({
      onTimer: () => Promise.resolve({}).finally(() => seen.push(disk.steps.at(-1))),
      onEffect: () => Promise.resolve({ is: 'done' as const }).finally(() => seen.push(disk.steps.at(-1))),
    })
    await store.commit({ setTimers: [timer('t', 0)], effects: [effect('lane', 'e')] })
    await until('both happen', () => seen.length === 2)
    assert.deepEqual(seen, ['datasync journal-1', 'datasync journal-1'])
    await store.close()
  })

  it('costs the same bytes however much is kept already', async () => {
    const disk = new PretendDisk()
    const store = await openOn(disk)
    const grown = async (id: string) => {
      const before = disk.bytesOf('journal-1').length
      await store.commit({ puts: [put(id, 0)] })
      return disk.bytesOf('journal-1').length - before
    }
    const first = await grown('first')
    await store.commit({ puts: [...Array(2000).keys()].map((number) => put(`person ${number}`, 0)) })
    assert.equal(await grown('later'), first)
    await store.close()
  })

  it('joins performed effects to the next commit, and writes them on its own when none comes', async () => {
    const disk = new PretendDisk()
    const clock = new HandClock()
    const store = await openOn(disk, { clock })
    await store.start(idleHandlers)
    await store.commit({ effects: [effect('lane', 'e')] })
    await until('it is performed', () => clock.waiting > 0)
    const before = disk.steps.length
    await store.commit({ puts: [put('a', 0)] })
    assert.equal(clock.waiting, 0)
    await store.commit({ effects: [effect('lane', 'f')] })
    await until('it is performed', () => clock.waiting > 0)
    await clock.advance(1000)
    const syncs = disk.steps.slice(before).filter((step) => step === 'datasync journal-1')
    assert.equal(syncs.length, 3)
    disk.cutPower('nothing')
    const again = await openOn(disk)
    assert.equal((await keptBy(again)).filter((line) => line.includes('lane')).length, 0)
    await again.close()
  })
})

const join = { change: 'join', owner: 'ann', member: 'bo' } as const
