import assert from 'node:assert/strict'
import { plantedFaults } from './faults/planted.ts'
import { run } from './schedule.ts'

/** A fault that so many schedules do not show is one that the invariants do not see. */
const mostSeeds = 400

describe('A planted fault', () => {
  for (const fault of plantedFaults)
    it(`is noticed when the bot ${fault.name}`, async () => {
      for (let seed = 1; seed <= mostSeeds; seed += 1) {
        const { wrong } = await run(seed, fault)
        if (wrong.length === 0) continue
        assert.deepEqual((await run(seed)).wrong, [], `seed ${seed} complains without the fault, too`)
        return
      }
      assert.fail(`not noticed in ${mostSeeds} schedules`)
    })
})
