import assert from 'node:assert/strict'
import { run } from './schedule.ts'

const schedules = 60
/** Schedules that noticed a fault of the bot while it had it. */
const found: ReadonlyArray<readonly [seed: number, what: string]> = [
  [627_223_437, 'a call that Teams rang was forgotten before it was noted down, by an alarm of earlier'],
]

describe('Calls that Graph brings, on bad days', () => {
  it(`lose no caller, have one winner and leave no button in ${schedules} schedules`, async () => {
    for (let seed = 1; seed <= schedules; seed += 1)
      assert.deepEqual(
        (await run(seed, null, 'graph')).wrong,
        [],
        `again: npm run simulate -- --graph --seed ${seed}`,
      )
  })

  for (const [seed, what] of found)
    it(`do not show again that ${what}`, async () => {
      assert.deepEqual((await run(seed, null, 'graph')).wrong, [])
    })
})
