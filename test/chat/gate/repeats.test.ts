import assert from 'node:assert/strict'
import { Repeats } from '../../../src/chat/gate/repeats.ts'

describe('A request that comes again', () => {
  let now: number
  let runs: string[]
  let once: Repeats<number>
  beforeEach(() => {
    now = 1_700_000_000_000
    runs = []
    once = new Repeats(() => now)
  })
  const ask = (name: string) => once.answer(name, () => Promise.resolve(runs.push(name)))

  it('gets the first answer and does nothing, even while the first is under way', async () => {
    assert.deepEqual(await Promise.all([ask('a'), ask('a'), ask('b')]), [1, 1, 2])
    now += 59_999
    assert.equal(await ask('a'), 1)
    assert.deepEqual(runs, ['a', 'b'])
  })

  it('is new again after a minute', async () => {
    await ask('a')
    now += 60_000
    assert.equal(await ask('a'), 2)
    now += 59_999
    assert.equal(await ask('a'), 2, 'for a minute from then')
  })

  it('may be let in again when it was told to come back', async () => {
    await ask('a')
    once.forget('a')
    assert.equal(await ask('a'), 2)
  })

  it('takes no more room than 4000 answers, the oldest of which are given up', async () => {
    for (let at = 0; at <= 4000; at += 1) await ask(`n${at}`)
    assert.equal(await ask('n4000'), 4001)
    assert.equal(await ask('n1'), 2)
    assert.equal(await ask('n0'), 4002)
  })
})
