import assert from 'node:assert/strict'
import { run } from './schedule.ts'

const schedules = 200

/** Schedules that noticed a fault of the bot while it had it. */
const found: ReadonlyArray<readonly [seed: number, what: string]> = [
  [755, 'a redrawing whose answer got lost was not repeated, and the card went on offering the call'],
  [446, 'a card that could not be removed before it rang anew was forgotten, and went on ringing'],
  [371, 'a call rang for an hour because the wall clock was set back before the restart'],
]

describe('Schedules drawn from a seed', () => {
  it(`keep every promise in ${schedules} of them`, async () => {
    for (let seed = 1; seed <= schedules; seed += 1)
      assert.deepEqual((await run(seed)).wrong, [], `again: npm run simulate -- --seed ${seed}`)
  })

  for (const [seed, what] of found)
    it(`do not show again that ${what}`, async () => {
      assert.deepEqual((await run(seed)).wrong, [])
    })

  it('tell the same story for the same seed', async () => {
    for (const seed of [3, 103, 721]) assert.deepEqual((await run(seed)).story, (await run(seed)).story)
  })
})
