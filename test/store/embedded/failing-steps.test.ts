import assert from 'node:assert/strict'
import { type EmbeddedStore } from '../../../src/store/embedded/embedded-store.ts'
import { batchOf } from '../batches.ts'
import { HandClock } from '../hand-clock.ts'
import { keptBy, openOn } from './kept.ts'
import { PretendDisk } from './pretend-disk.ts'

describe('F10 the embedded store when one step of the disk fails', () => {
  for (const code of ['ENOSPC', 'EROFS', 'EIO']) {
    it(`has in memory what is on disk, whichever step it is and the code is ${code}`, async () => {
      const steps = await stepsOfWork()
      for (let failing = 1; failing <= steps; failing += 1) await workWithFailure(failing, code)
    })
  }
})

/** Enough work to compact several times. */
async function work(store: EmbeddedStore, acknowledged: string[]): Promise<void> {
  for (let number = 0; number < 24; number += 1) {
    const commits = ['a', 'b'].map(async (half) => {
      await store.commit(batchOf(`${number}${half}`))
      acknowledged.push(`${number}${half}`)
    })
    await Promise.allSettled(commits)
  }
}

async function stepsOfWork(): Promise<number> {
  const disk = new PretendDisk()
  const store = await openOn(disk, small())
  await work(store, [])
  await store.close()
  assert.ok(disk.steps.filter((step) => step === 'rename snapshot.new snapshot').length > 1)
  return disk.steps.length
}

/** One step fails, once: what was refused is nowhere, what was acknowledged is in memory and on disk. */
async function workWithFailure(failing: number, code: string): Promise<void> {
  const disk = new PretendDisk()
  disk.failWhen((step) => (step === failing ? code : null))
  const store = await openOn(disk, small()).catch(() => null)
  if (!store) return
  const acknowledged: string[] = []
  await work(store, acknowledged)
  const kept = await keptBy(store)
  const ids = kept.filter((line) => line.includes('"kind"')).map((line) => /"id":"(\w+)"/.exec(line)?.[1])
  assert.deepEqual(ids, acknowledged.sort())
  disk.heal()
  await store.close().catch(() => {
    disk.kill()
  })
  const again = await openOn(disk, small())
  assert.deepEqual(await keptBy(again), kept)
  await again.close()
}

function small() {
  return { compactAbove: 600, clock: new HandClock() }
}
