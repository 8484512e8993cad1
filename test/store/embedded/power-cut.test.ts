import assert from 'node:assert/strict'
import { type Batch } from '../../../src/store/store.ts'
import { until } from '../../until.ts'
import { effect, put, removal, row, timer } from '../batches.ts'
import { HandClock } from '../hand-clock.ts'
import { keptBy, openOn } from './kept.ts'
import { PretendDisk, type Surviving } from './pretend-disk.ts'

/** Acknowledged or not, in the order of committing. */
type Told = { readonly batch: Batch; isAcknowledged: boolean }

describe('F12 the embedded store after a power cut', () => {
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
  // What a snapshot has replaced is gone, and so is what was never finished.
  const names = disk.names()
  assert.ok(!names.some((name) => name.endsWith('.new')))
  assert.ok(!names.includes('snapshot') || !names.includes('journal-1'))
}
