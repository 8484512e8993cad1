import assert from 'node:assert/strict'
import { wrongAt } from './lanes.ts'
import { isStep } from './orders.ts'
import { ringOnce } from './ringing-call.ts'

describe('A bot that is killed at a step on its files', () => {
  for (const order of ['in order', 'everyone'] as const) {
    it(`F1 loses no call, tells of one winner only, and leaves no card that lies (${order})`, async () => {
      const sound = await ringOnce({ order })
      const steps = sound.steps.filter(isStep).length
      const numbers = [...Array(steps).keys()].map((index) => index + 1)
      const moments = ['before', 'after'] as const
      const points = numbers.flatMap((at) => moments.map((moment) => ({ at, moment })))
      const { wrong, results } = await wrongAt(
        points,
        ({ at, moment }) => `${moment} step ${at}`,
        (kill) => ringOnce({ order, orders: { kill } }),
      )
      assert.deepEqual(wrong, [])
      const killed = results.filter(({ wasKilled }) => wasKilled).length
      assert.ok(killed > points.length * 0.8, `only ${killed} of ${points.length} were killed`)
    })
  }
})
