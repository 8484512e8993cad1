import assert from 'node:assert/strict'
import { run } from './schedule.ts'

const schedules = 20_000

describe('Many schedules', () => {
  it(`keep every promise in ${schedules} of them`, async function () {
    this.timeout(1_500_000)
    // Half of the seeds are always the same, half are new each day.
    const today = Math.floor(Date.now() / 86_400_000) * schedules
    const failed = []
    for (let index = 0; index < schedules; index += 1) {
      const seed = index < schedules / 2 ? index + 1 : today + index
      const { wrong } = await run(seed)
      if (wrong.length > 0) failed.push(`${wrong.join('; ')} (again: npm run simulate -- --seed ${seed})`)
    }
    assert.deepEqual(failed, [])
  })
})
