import assert from 'node:assert/strict'
import { plantedFaults } from './faults/planted.ts'
import { runGroups } from './group-schedule.ts'

const schedules = 60

describe('Schedules of groups that are nearly full', () => {
  it(`keep to 25 members and 25 groups, and to what was acknowledged, in ${schedules} of them`, async () => {
    for (let seed = 1; seed <= schedules; seed += 1)
      assert.deepEqual(
        (await runGroups(seed)).wrong,
        [],
        `again: npm run simulate -- --groups --seed ${seed}`,
      )
  })

  it('come to both limits', async () => {
    const stories = []
    for (let seed = 1; seed <= 20; seed += 1) stories.push(...(await runGroups(seed)).story)
    for (const limit of ['E_GROUP_FULL', 'E_MEMBER_QUOTA'])
      assert.ok(
        stories.some((line) => line.includes(limit)),
        `nobody was refused with ${limit}`,
      )
  })

  it('notice a limit that is broken by two who decide at once', async () => {
    const fault = plantedFaults.find(({ store }) => store !== undefined)
    const wrong = []
    for (let seed = 1; seed <= 20; seed += 1) wrong.push(...(await runGroups(seed, fault)).wrong)
    assert.ok(wrong.some((what) => what.endsWith('is in 26 groups')))
  })
})
