import assert from 'node:assert/strict'
import { run } from './schedule.ts'

describe('Schedules drawn from a seed', () => {
  it('keeps every promise in 200 of them', async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { wrong } = await run(seed)
      assert.deepEqual(wrong, [], `again: npm run simulate -- --seed ${seed}`)
    }
  })

  it('tells the same story for the same seed', async () => {
    for (const seed of [3, 103, 721]) assert.deepEqual((await run(seed)).story, (await run(seed)).story)
  })
})
