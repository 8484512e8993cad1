import assert from 'node:assert/strict'
import { type StoreEvent } from '../../../src/store/store-event.ts'
import { type Batch, StoreFailed, type StoreTrouble } from '../../../src/store/store.ts'
import { until } from '../../until.ts'
import { batchOf, effect, put, timer } from '../batches.ts'
import { HandClock } from '../hand-clock.ts'
import { idleHandlers } from '../handlers.ts'
import { keptBy, openOn } from './kept.ts'
import { PretendDisk } from './pretend-disk.ts'

const troubles: ReadonlyArray<readonly [code: string, trouble: StoreTrouble]> = [
  ['ENOSPC', 'diskFull'],
  ['EROFS', 'readOnly'],
  ['EIO', 'writeFailed'],
]

describe('F10 the embedded store on a failing disk', () => {
  for (const [code, trouble] of troubles) {
    it(`refuses commits with ${trouble} while there is ${code}, and heals by itself`, async () => {
      const disk = new PretendDisk()
      const clock = new HandClock()
      const notices: StoreEvent[] = []
      const store = await openOn(disk, { clock, log: (notice) => notices.push(notice) })
      await store.commit({ puts: [put('a', 0)] })
      const before = await keptBy(store)
      disk.failWhen((_, what) => (/^(append|truncate)/.test(what) ? code : null))
      await assert.rejects(store.commit(batchOf('b')), new StoreFailed(trouble))
      await assert.rejects(store.commit(batchOf('c')), new StoreFailed(trouble))
      assert.equal(store.trouble(), trouble)
      assert.deepEqual(await keptBy(store), before)
      assert.deepEqual(await store.groupsOf('b'), [])
      assert.deepEqual(await store.history({ person: 'b', limit: 1 }), [])
      disk.heal()
      await clock.advance(1000)
      assert.equal(store.trouble(), null)
      assert.equal(await store.commit(batchOf('b')), 'committed')
      const kept = await keptBy(store)
      await store.close()
      const again = await openOn(disk, { clock })
      assert.deepEqual(await keptBy(again), kept)
      await again.close()
      assert.deepEqual(
        notices.map(({ is }) => is),
        ['writeFailed', 'writeFailed', 'healed'],
      )
    })
  }

  it('takes back in reverse what was decided on a commit that failed', async () => {
    const disk = new PretendDisk()
    const store = await openOn(disk, { clock: new HandClock() })
    await store.commit({ puts: [put('a', 0, 1)], setTimers: [timer('t', 2e12)] })
    const before = await keptBy(store)
    const refused = async (batch: Batch) => assert.rejects(store.commit(batch), new StoreFailed('diskFull'))
    const commits = [
      refused({ puts: [put('a', 1, 2)], cancelTimers: ['t'] }),
      refused({ puts: [put('a', 2, 3), put('b', 0)], setTimers: [timer('t', 3e12)] }),
    ]
    disk.failWhen((_, what) => {
      if (what !== 'append journal-1' || commits.length > 2) return null
      // The others are just being written.
      commits.push(refused({ puts: [put('a', 3, 4), put('b', 1, 1)], memberships: [join] }))
      return 'ENOSPC'
    })
    await until('the write has failed', () => commits.length > 2)
    await Promise.all(commits)
    assert.deepEqual(await keptBy(store), before)
    assert.equal(await store.commit({ puts: [put('a', 1, 5)] }), 'committed')
    await store.close()
  })

  it('does not let a commit that failed make another conflict, or anybody see it', async () => {
    const disk = new PretendDisk()
    const store = await openOn(disk, { clock: new HandClock() })
    failOnce(disk, 'append', 'ENOSPC')
    const failing = assert.rejects(store.commit({ puts: [put('a', 0, 1)] }))
    const [read, second] = await Promise.all([
      store.get('endedEarly', 'a'),
      store.commit({ puts: [put('a', 0, 2)] }),
      failing,
    ])
    assert.equal(read, null)
    assert.equal(second, 'committed')
    assert.deepEqual(await store.get('endedEarly', 'a'), { rev: 1, doc: { at: 2 } })
    await store.close()
  })

  for (const sync of ['datasync journal-1', 'datasync snapshot', 'datasync journal-2', 'syncNames']) {
    for (const code of ['EIO', 'ENOSPC']) {
      it(`writes nothing more once a ${sync} has failed with ${code}, says so once, and goes on reading`, async () => {
        const disk = new PretendDisk()
        const clock = new HandClock()
        const broken: string[] = []
        const more = { clock, compactAbove: 300, onBroken: (why: string) => broken.push(why) }
        const store = await openOn(disk, more)
        await store.commit({ puts: [put('a', 0)] })
        failOnce(disk, sync, code)
        let kept = 0
        for (let number = 0; number < 40 && broken.length === 0; number += 1) {
          await store.commit({ puts: [put(`${number}`, 0)] }).then(
            () => (kept += 1),
            () => undefined,
          )
        }
        assert.equal(store.trouble(), 'writeFailed')
        await clock.advance(0)
        const steps = disk.steps.length
        await clock.advance(10_000)
        await assert.rejects(store.commit({ puts: [put('b', 0)] }), new StoreFailed('writeFailed'))
        assert.equal(disk.steps.length, steps)
        assert.deepEqual(broken, ['syncFailed'])
        assert.deepEqual(await store.get('endedEarly', 'a'), { rev: 1, doc: { at: 0 } })
        const held = await keptBy(store)
        assert.equal(held.length, kept + 1)
        await store.close()
        const again = await openOn(disk)
        assert.deepEqual(await keptBy(again), held)
        await again.close()
      })
    }
  }

  it('lets no start find what a failed sync has not made durable', async () => {
    const disk = new PretendDisk()
    const store = await openOn(disk, { clock: new HandClock() })
    await store.commit({ puts: [put('a', 0)] })
    const kept = await keptBy(store)
    failOnce(disk, 'datasync', 'EIO')
    await assert.rejects(store.commit({ puts: [put('b', 0)] }), new StoreFailed('writeFailed'))
    assert.equal(
      disk.steps.filter((step) => step === 'datasync journal-1').length,
      3,
      'no sync is tried again',
    )
    disk.kill()
    const again = await openOn(disk)
    assert.deepEqual(await keptBy(again), kept)
    await again.close()
  })

  it('removes nothing that a snapshot has replaced before the name of the snapshot is durable', async () => {
    const compacting = async (disk: PretendDisk) => {
      const store = await openOn(disk, { compactAbove: 100, clock: new HandClock() })
      await store.commit({ puts: [put('a', 0)] })
      return store
    }
    const sound = new PretendDisk()
    const store = await compacting(sound)
    await until('it is compacted', () => sound.steps.at(-1) === 'remove journal-1')
    const kept = await keptBy(store)
    await store.close()
    const disk = new PretendDisk()
    disk.killAt(sound.steps.lastIndexOf('rename snapshot.new snapshot') + 2)
    void compacting(disk)
    await until('it is killed', () => disk.isKilled)
    disk.kill()
    await openOn(disk)
    disk.cutPower('all')
    const again = await openOn(disk)
    assert.deepEqual(await keptBy(again), kept)
    await again.close()
  })

  it('fires a timer later whose decision could not be kept, without hurry', async () => {
    const disk = new PretendDisk()
    const clock = new HandClock()
    const store = await openOn(disk, { clock })
    let asked = 0
    await store.commit({ setTimers: [timer('t', clock.now() + 10)] })
    await store.start({
      ...idleHandlers,
      onTimer: () => {
        asked += 1
        return Promise.resolve({ puts: [put('decided', 0)] })
      },
    })
    disk.failWhen((_, what) => (what.startsWith('append') ? 'ENOSPC' : null))
    await clock.advance(2000)
    assert.ok(asked >= 2 && asked <= 5, `asked ${asked} times`)
    disk.heal()
    await clock.advance(60_000)
    assert.equal((await store.get('endedEarly', 'decided'))?.rev, 1)
    await store.close()
  })

  it('fires a timer that came due while its cancelling was being written and failed', async () => {
    const disk = new PretendDisk()
    const clock = new HandClock()
    const store = await openOn(disk, { clock })
    const fired: string[] = []
    await store.commit({ setTimers: [timer('t', clock.now() + 10)] })
    await store.start({
      ...idleHandlers,
      onTimer: ({ key }) => Promise.resolve({}).finally(() => fired.push(key)),
    })
    failOnce(disk, 'append', 'ENOSPC')
    const release = disk.hold('append journal-1')
    const cancelling = assert.rejects(store.commit({ cancelTimers: ['t'] }))
    await clock.advance(20)
    assert.deepEqual(fired, [])
    release()
    await cancelling
    await clock.advance(0)
    assert.deepEqual(fired, ['t'])
    await store.close()
  })

  it('remembers what was performed when it could not be written down at once', async () => {
    const disk = new PretendDisk()
    const clock = new HandClock()
    const store = await openOn(disk, { clock })
    await store.start(idleHandlers)
    await store.commit({ effects: [effect('lane', 'e')] })
    await until('it is performed', () => clock.waiting > 0)
    failOnce(disk, 'append', 'ENOSPC')
    await clock.advance(100)
    assert.equal(store.trouble(), 'diskFull')
    await store.commit({ puts: [put('a', 0)] })
    disk.cutPower('nothing')
    const again = await openOn(disk)
    assert.equal((await keptBy(again)).length, 1)
    await again.close()
  })

  it('gives the lock back when it cannot be opened', async () => {
    const disk = new PretendDisk()
    failOnce(disk, 'rename', 'EROFS')
    await assert.rejects(openOn(disk), { code: 'EROFS' })
    await (await openOn(disk)).close()
  })

  it('refuses commits after it was closed', async () => {
    const store = await openOn(new PretendDisk())
    await store.close()
    await store.close()
    assert.equal(store.trouble(), 'closed')
    await assert.rejects(store.commit(batchOf('a')), new StoreFailed('closed'))
  })
})

const join = { change: 'join', owner: 'ann', member: 'bo' } as const

function failOnce(disk: PretendDisk, step: string, code: string): void {
  let left = 1
  disk.failWhen((_, what) => (what.startsWith(step) && left-- > 0 ? code : null))
}
