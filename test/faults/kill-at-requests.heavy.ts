import assert from 'node:assert/strict'
import { moments } from './killing.ts'
import { wrongAt } from './lanes.ts'
import { ringOnce } from './ringing-call.ts'

describe('A bot that is killed at a request', () => {
  for (const order of ['in order', 'everyone'] as const) {
    it(`F1 F2 loses no call, tells of one winner only, and leaves no card that lies (${order})`, async () => {
      const sound = await ringOnce({ order })
      assert.deepEqual(sound.wrong, [])
      assert.equal(sound.orphans, 0)
      const numbers = [...Array(sound.requests).keys()].map((index) => index + 1)
      const points = numbers.flatMap((number) => moments.map((moment) => ({ number, moment })))
      const { wrong, results } = await wrongAt(
        points,
        ({ number, moment }) => `request ${number}, ${moment}`,
        (atRequest) => ringOnce({ order, atRequest }),
      )
      assert.deepEqual(wrong, [])
      const killed = results.filter(({ wasKilled }) => wasKilled).length
      assert.ok(killed > points.length * 0.8, `only ${killed} of ${points.length} were killed`)
      assert.ok(
        results.some(({ orphans }) => orphans > 0),
        'no card was ever lost, so none had to heal',
      )
    })
  }
})
