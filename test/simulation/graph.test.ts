import assert from 'node:assert/strict'
import { run } from './schedule.ts'

const schedules = 60

describe('Calls that Graph brings, on bad days', () => {
  it(`lose no caller, have one winner and leave no button in ${schedules} schedules`, async () => {
    for (let seed = 1; seed <= schedules; seed += 1)
      assert.deepEqual(
        (await run(seed, null, 'graph')).wrong,
        [],
        `again: npm run simulate -- --graph --seed ${seed}`,
      )
  })
})
