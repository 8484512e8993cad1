import assert from 'node:assert/strict'
import { type EmbeddedStore } from '../../../src/store/embedded/embedded-store.ts'
import { type EmbeddedOptions } from '../../../src/store/embedded/embedded.ts'
import { type Place } from '../../../src/store/embedded/owners.ts'
import { StoreLocked, StoreLost } from '../../../src/store/embedded/unreadable.ts'
import { type StoreEvent } from '../../../src/store/store-event.ts'
import { StoreFailed } from '../../../src/store/store.ts'
import { until } from '../../until.ts'
import { put } from '../batches.ts'
import { HandClock } from '../hand-clock.ts'
import { keptBy, openOn } from './kept.ts'
import { PretendDisk } from './pretend-disk.ts'

const here: Place = { namespace: 'pid:[1]', boot: 'one', host: 'alpha' }
const places: ReadonlyArray<readonly [what: string, place: Place]> = [
  ['another container of the same host', { ...here, namespace: 'pid:[2]' }],
  ['the same host before it was started anew', { ...here, boot: 'two' }],
  ['another host', { ...here, boot: 'two', host: 'beta' }],
]
const there = { ...here, namespace: 'pid:[2]', host: 'beta' }

/** A process with a clock of its own: it stands still for as long as nobody moves that. */
class Process {
  readonly clock = new HandClock()
  readonly notices: StoreEvent[] = []
  readonly broken: string[] = []
  store: EmbeddedStore | null = null
  refusal: unknown = null

  constructor(disk: PretendDisk, place: Place, more: Partial<EmbeddedOptions> = {}) {
    const { clock } = this
    openOn(disk, {
      ...disk.open(place),
      clock,
      timing: clock,
      log: (notice) => this.notices.push(notice),
      onBroken: (why) => this.broken.push(why),
      ...more,
    }).then(
      (store) => (this.store = store),
      (error: unknown) => (this.refusal = error),
    )
  }

  get isDecided(): boolean {
    return this.store !== null || this.refusal !== null
  }

  /** The store, which it must have. */
  get open(): EmbeddedStore {
    assert.ok(this.store, String(this.refusal))
    return this.store
  }
}

/** Lets time pass for these alike, a little at a time. */
async function pass(ms: number, ...processes: readonly Process[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += 250) for (const { clock } of processes) await clock.advance(250)
}

async function opened(disk: PretendDisk, place: Place): Promise<Process> {
  const process = new Process(disk, place)
  await until('it is open', () => process.isDecided)
  await process.open.commit({ puts: [put('old', 0)] })
  return process
}

describe('F13 the embedded store and processes elsewhere', () => {
  let disk: PretendDisk
  beforeEach(() => (disk = new PretendDisk()))

  for (const [what, place] of places) {
    it(`refuses a second process while the first lives in ${what}`, async () => {
      const first = await opened(disk, place)
      const second = new Process(disk, here)
      await pass(10_000, first, second)
      assert.ok(second.refusal instanceof StoreLocked)
      assert.match(second.refusal.message, new RegExp(`in use by process 1 on ${place.host}\\.`))
      assert.equal(await first.open.commit({ puts: [put('new', 0)] }), 'committed')
      await first.open.close()
      assert.deepEqual(disk.names(), ['journal-1'])
    })

    it(`takes over what one left that was killed in ${what}, once it has been still for long, and says that it waits`, async () => {
      const first = await opened(disk, place)
      const kept = await keptBy(first.open)
      const second = new Process(disk, here)
      await pass(19_000, second)
      assert.ok(!second.isDecided)
      await pass(9_000, second)
      assert.deepEqual(await keptBy(second.open), kept)
      assert.equal(disk.names().filter((name) => name.startsWith('lock-')).length, 1)
      const [waiting, ...more] = second.notices
      assert.ok(waiting?.is === 'lockedElsewhere')
      assert.match(
        waiting.says,
        new RegExp(`^The store was last used by process 1 on ${place.host}\\. .* 26 seconds`),
      )
      assert.deepEqual(more, [])
      await second.open.close()
    })
  }

  it('does not wait for one that was killed where it lives itself', async () => {
    await opened(disk, here)
    disk.kill()
    const second = new Process(disk, here)
    await until('it is open', () => second.isDecided)
    await second.open.close()
  })

  it('lets one of two in that wait for a dead one, wherever they live', async () => {
    for (const places of [
      [here, there],
      [here, here],
      [there, { ...there, host: 'gamma' }],
    ] as const) {
      disk = new PretendDisk()
      await opened(disk, { ...here, boot: 'gone' })
      const [one, other] = places.map((place, index) => {
        const { files, owners } = disk.open(place)
        const self = `${index + 7}-0`
        return new Process(disk, place, {
          files,
          owners: { ...owners, self, isAlive: () => Promise.resolve(true) },
        })
      })
      assert.ok(one && other)
      for (let passed = 0; passed < 60_000 && !(one.isDecided && other.isDecided); passed += 250)
        await pass(250, one, other)
      const [winner, loser] = one.store ? [one, other] : [other, one]
      assert.equal(await winner.open.commit({ puts: [put('new', 0)] }), 'committed')
      assert.ok(loser.refusal instanceof StoreLocked, String(loser.refusal))
      await winner.open.close()
    }
  })

  it('is not taken from one that pauses for a while, nor lost to it', async () => {
    const first = await opened(disk, there)
    const second = new Process(disk, here)
    await pass(15_000, second)
    assert.ok(!second.isDecided)
    await pass(12_000, first, second)
    assert.ok(second.refusal instanceof StoreLocked)
    assert.deepEqual(first.broken, [])
    await first.open.close()
  })

  it('lets one that slept for too long change nothing, answer nothing and know why', async () => {
    const first = await opened(disk, there)
    const second = new Process(disk, here)
    await pass(28_000, second)
    await second.open.commit({ puts: [put('new', 0)] })
    const steps = disk.steps.length
    // It wakes: its clock says so, and what it was about to do comes before anything else.
    first.clock.jump(28_000)
    const tries = [
      first.open.commit({ puts: [put('new', 0)] }),
      first.open.get('endedEarly', 'old'),
      first.open.list('endedEarly', { limit: 9 }),
    ]
    const [committed, ...read] = await Promise.allSettled(tries)
    assert.deepEqual(committed, { status: 'rejected', reason: new StoreFailed('writeFailed') })
    for (const one of read) assert.deepEqual(one, { status: 'rejected', reason: new StoreLost() })
    await pass(60_000, first)
    assert.deepEqual(first.broken, ['folderLost'])
    const changing = /^(append|open|truncate|datasync|rename|remove)/
    assert.deepEqual(
      disk.steps.slice(steps).filter((step) => changing.test(step)),
      [],
    )
    const kept = await keptBy(second.open)
    await second.open.close()
    const again = await openOn(disk)
    assert.deepEqual(await keptBy(again), kept)
    await again.close()
  })

  for (const step of ['append', 'datasync', 'truncate'] as const) {
    it(`is not harmed by one that wakes in the middle of its ${step}, and that acknowledges nothing`, async () => {
      const first = await opened(disk, there)
      if (step === 'truncate') disk.failWhen((_, what) => (what === 'append journal-1' ? 'ENOSPC' : null))
      const release = disk.hold(`${step} journal-1`)
      const sleeping = first.open.commit({ puts: [put('lost', 0)] })
      sleeping.catch(() => undefined)
      for (let turn = 0; turn < 20; turn += 1) await first.clock.advance(0)
      disk.heal()
      const second = new Process(disk, here)
      await pass(28_000, second)
      const before = await second.open.get('endedEarly', 'lost')
      await second.open.commit({ puts: [put('new', 0)] })
      first.clock.jump(28_000)
      release()
      await assert.rejects(sleeping, StoreFailed)
      await second.open.commit({ puts: [put('newer', 0)] })
      const kept = await keptBy(second.open)
      await second.open.close()
      const again = await openOn(disk)
      assert.deepEqual(await keptBy(again), kept)
      assert.deepEqual(await again.get('endedEarly', 'lost'), before)
      await again.close()
      assert.deepEqual(first.broken, ['folderLost'])
    })
  }

  it('is not harmed by one that wakes in the middle of a beat of its heart', async () => {
    const first = await opened(disk, there)
    const [lock = ''] = disk.names().filter((name) => name.startsWith('lock-'))
    const release = disk.hold(`touch ${lock}`)
    await pass(2_000, first)
    const second = new Process(disk, here)
    await pass(28_000, second)
    first.clock.jump(28_000)
    const sleeping = first.open.commit({ puts: [put('lost', 0)] })
    const reading = assert.rejects(first.open.get('endedEarly', 'old'), StoreLost)
    release()
    await Promise.all([reading, assert.rejects(sleeping, StoreFailed)])
    assert.deepEqual(first.broken, ['folderLost'])
    await second.open.close()
  })

  it('has all that one acknowledges that wakes just before the folder is taken from it', async () => {
    const first = await opened(disk, there)
    const [lock = ''] = disk.names().filter((name) => name.startsWith('lock-'))
    const release = disk.hold(`remove ${lock}`)
    const second = new Process(disk, here)
    await pass(21_000, second)
    first.clock.jump(21_000)
    assert.equal(await first.open.commit({ puts: [put('awake', 0)] }), 'committed')
    release()
    await second.clock.advance(100)
    assert.equal(await first.open.commit({ puts: [put('still sure', 0)] }), 'committed')
    await pass(7_000, first, second)
    assert.deepEqual(first.broken, ['folderLost'])
    for (const id of ['old', 'awake', 'still sure'])
      assert.ok(await second.open.get('endedEarly', id), `${id} was lost`)
    await second.open.close()
  })

  it('stops when its lock file is gone, and gives nothing of others back', async () => {
    const first = await opened(disk, here)
    const [lock = ''] = disk.names().filter((name) => name.startsWith('lock-'))
    await disk.open().files.remove(lock)
    await pass(2500, first)
    assert.deepEqual(first.broken, ['folderLost'])
    await assert.rejects(first.open.commit({ puts: [put('new', 0)] }), StoreFailed)
    await first.open.close()
  })

  it('changes nothing in the folder while nothing happens', async () => {
    const first = await opened(disk, here)
    const held = () => disk.names().map((name) => [name, disk.bytesOf(name).toString('latin1')])
    const before = held()
    await pass(10_000, first)
    assert.deepEqual(held(), before)
    await first.open.close()
  })

  it('stays open while the disk is full, however long that lasts', async () => {
    const first = await opened(disk, here)
    disk.failWhen((_, what) => (/^(append|touch|truncate)/.test(what) ? 'ENOSPC' : null))
    await pass(80_000, first)
    await assert.rejects(first.open.commit({ puts: [put('new', 0)] }), new StoreFailed('diskFull'))
    disk.heal()
    assert.equal(await first.open.commit({ puts: [put('new', 0)] }), 'committed')
    assert.deepEqual(first.broken, [])
    await first.open.close()
  })
})
