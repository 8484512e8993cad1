/** The schedules of test/simulation on PostgreSQL, with those of their faults that a database can have. */
import assert from 'node:assert/strict'
import { wrongAt } from '../faults/lanes.ts'
import { type PlantedFault, plantedFaults } from '../simulation/faults/planted.ts'
import { type Outcome, run } from '../simulation/schedule.ts'
import { DatabaseGround } from './database-ground.ts'
import { ownServer, type Server } from './server.ts'

const schedules = 40
/** A fault that so many schedules do not show is one that is not seen. */
const mostSeeds = 40

describe('Schedules drawn from a seed, on PostgreSQL', () => {
  let server: Server
  before(async () => (server = await ownServer()))
  after(() => server.stop())

  async function runOne(seed: number, fault: PlantedFault | null = null): Promise<Outcome> {
    const ground = await DatabaseGround.make(server.url)
    try {
      return await run(seed, fault, 'telephony', undefined, ground)
    } finally {
      await ground.remove()
    }
  }

  it(`keep every promise in ${schedules} of them`, async () => {
    // Half of the seeds are always the same, the other half are new every day.
    const today = Math.floor(Date.now() / 86_400_000) * schedules
    const isSame = (index: number) => index < schedules / 2
    const seeds = [...Array(schedules).keys()].map((index) => (isSame(index) ? 1 : today) + index)
    const { wrong } = await wrongAt(
      seeds,
      (seed) => `seed ${seed}`,
      (seed) => runOne(seed),
    )
    assert.deepEqual(wrong, [])
  })

  it('notice a bot that overwrites what others have decided', async () => {
    const fault = plantedFaults[0]
    assert.ok(fault?.name.includes('overwrites'))
    for (let seed = 1; seed <= mostSeeds; seed += 1) if ((await runOne(seed, fault)).wrong.length > 0) return
    assert.fail(`not noticed in ${mostSeeds} schedules`)
  })
})
