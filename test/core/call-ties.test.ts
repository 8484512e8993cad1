import assert from 'node:assert/strict'
import { type CallEvent } from '../../src/core/call.ts'
import { inTieOrder } from '../../src/core/step.ts'
import { begun, claims, declines, done, group, hangsUp, round, state, then, timeIsUp } from './telling.ts'

const two = begun({ rounds: [round(20, group('bo', 'cy'))] })
const inOrder = [hangsUp(20), claims('bo', 20), declines('cy', 20), timeIsUp(20)]

describe('F8 events of the same millisecond', () => {
  it('come out the same in whichever of 24 orders they came in', () => {
    const all = orders(inOrder)
    assert.equal(new Set(all.map((events) => JSON.stringify(events))).size, 24)
    for (const events of all) {
      assert.deepEqual(inTieOrder(events), inOrder)
      assert.deepEqual(then(two, ...inTieOrder(events)).call, then(two, hangsUp(20)).call)
    }
  })

  it('leave the call to whoever picks up when nobody hangs up', () => {
    for (const events of orders(inOrder.slice(1)))
      assert.equal(state(then(two, ...inTieOrder(events))), 'with bo')
  })

  it('let somebody decline before time is up', () => {
    for (const events of orders([declines('bo', 20), declines('cy', 20), timeIsUp(20)]))
      assert.equal(inTieOrder(events).at(-1)?.is, 'timeUp')
  })

  it('come after all that happened a moment before', () => {
    const early = timeIsUp(19.999)
    for (const events of orders([...inOrder.slice(0, 3), early]))
      assert.deepEqual(inTieOrder(events), [early, ...inOrder.slice(0, 3)])
  })

  it('connect one person at most in whichever order they are processed', () => {
    const claimed = [claims('bo', 20), claims('cy', 20), hangsUp(20), timeIsUp(20)]
    for (const events of orders(claimed)) {
      const connects = events.filter((_, index) =>
        done(then(two, ...events.slice(0, index + 1))).some((effect) => effect.startsWith('connect')),
      )
      const first = events[0]
      assert.deepEqual(connects, first?.is === 'claimed' ? [first] : [])
    }
  })

  it('give the call to the first of two who click together, and tell the second nothing new', () => {
    const first = then(two, claims('cy', 5))
    const second = then(first, claims('bo', 5))
    assert.equal(state(second), 'with cy')
    assert.deepEqual(done(second), [])
  })

  it('count a hang-up before a click', () => {
    const gone = then(two, ...inTieOrder([claims('bo', 5), hangsUp(5)]))
    assert.deepEqual(gone.call, then(two, hangsUp(5)).call)
  })

  it('count a click before the deadline', () => {
    const taken = then(two, ...inTieOrder([timeIsUp(20), claims('bo', 20)]))
    assert.equal(state(taken), 'with bo')
  })
})

function orders(events: readonly CallEvent[]): ReadonlyArray<readonly CallEvent[]> {
  if (events.length < 2) return [events]
  return events.flatMap((first, index) =>
    orders(events.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  )
}
