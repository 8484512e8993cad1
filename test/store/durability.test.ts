import assert from 'node:assert/strict'
import { type Batch } from '../../src/store/store.ts'
import { effect, put, removal, row, timer } from './batches.ts'
import { HandClock } from './hand-clock.ts'
import { idleHandlers } from './handlers.ts'
import { keptBy, openOn } from './kept.ts'
import { PretendDisk, type Surviving } from './pretend-disk.ts'
import { until } from './until.ts'

describe('a commit to the embedded store', () => {
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

/** Acknowledged or not, in the order of committing. */
type Told = { readonly batch: Batch; isAcknowledged: boolean }

describe('the embedded store after a power cut', () => {
  for (const surviving of ['nothing', 'half', 'all'] as const) {
    it(`has everything acknowledged and no half of anything, at every step, when ${surviving} of the rest survives`, async () => {
      const whole = await workUntil(Infinity)
      assert.ok(whole.disk.steps.filter((step) => step === 'rename snapshot.new snapshot').length > 1)
      for (let step = 1; step <= whole.disk.steps.length; step += 1) {
        const { disk, told } = await workUntil(step)
        await checkAfterwards(disk, told, surviving)
      }
    })
  }
})

const join = { change: 'join', owner: 'ann', member: 'bo' } as const

/** Many commits with compactions between, killed in the middle of one step. */
async function workUntil(
  step: number,
): Promise<{ readonly disk: PretendDisk; readonly told: readonly Told[] }> {
  const disk = new PretendDisk()
  disk.killAt(step)
  const told: Told[] = []
  let isOver = false
  const work = async () => {
    const store = await openOn(disk, { compactAbove: 600, clock: new HandClock() })
    for (const batches of rounds()) {
      await Promise.all(
        batches.map(async (batch) => {
          const one: Told = { batch, isAcknowledged: false }
          told.push(one)
          await store.commit(batch)
          one.isAcknowledged = true
        }),
      )
    }
    await store.close()
    isOver = true
  }
  void work()
  await until('the work ends or is killed', () => isOver || disk.isKilled)
  return { disk, told }
}

/** Every batch puts a document of its own and one of a chain, so that any part of it can be missed. */
function rounds(): ReadonlyArray<readonly Batch[]> {
  return [...Array(24).keys()].map((round) =>
    [0, 1].map((place) => {
      const number = round * 2 + place
      const own = `own ${number}`
      const gone = number < 6 ? [] : [removal(`own ${number - 6}`, 1)]
      return {
        puts: [put(own, 0, number), put('chain', number, number), ...gone],
        setTimers: [timer(own, 1_800_000_000_000 + number)],
        effects: [effect('lane', own)],
        history: [row(own, 1_700_000_000_000 + number, ['ann'])],
      }
    }),
  )
}

/** What is there must be the first so many batches, all the acknowledged ones among them. */
async function checkAfterwards(
  disk: PretendDisk,
  told: readonly Told[],
  surviving: Surviving,
): Promise<void> {
  disk.cutPower(surviving)
  const store = await openOn(disk, { clock: new HandClock() })
  const count = (await store.get('endedEarly', 'chain'))?.rev ?? 0
  assert.ok(count >= told.filter(({ isAcknowledged }) => isAcknowledged).length)
  const model = await openOn(new PretendDisk(), { clock: new HandClock() })
  for (const batch of rounds().flat().slice(0, count)) await model.commit(batch)
  assert.deepEqual(await keptBy(store), await keptBy(model))
  assert.equal(await store.commit({ puts: [put('chain', count)] }), 'committed')
  await store.close()
  await model.close()
}
