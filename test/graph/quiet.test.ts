import assert from 'node:assert/strict'
import { Quiet } from '../../src/graph/quiet.ts'
import { HandClock } from '../store/hand-clock.ts'

const second = 1000

describe('Leaving somebody alone who is unwell', () => {
  let clock: HandClock
  let quiet: Quiet
  beforeEach(() => {
    clock = new HandClock()
    quiet = new Quiet(clock)
  })

  /** How long the next wait is, after the one that is on. */
  async function next(): Promise<number> {
    await clock.advance(quiet.left())
    quiet.longer()
    return quiet.left() / second
  }

  it('lasts twice as long every time, and five minutes at most', async () => {
    const waits: number[] = []
    for (let at = 0; at < 12; at += 1) waits.push(await next())
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
  })

  it('is short again once they were well', async () => {
    for (let at = 0; at < 5; at += 1) await next()
    quiet.over()
    assert.equal(await next(), 1)
    assert.equal(await next(), 2)
  })

  it('grows once when many notice at the same time', async () => {
    for (let at = 0; at < 4; at += 1) quiet.longer()
    assert.equal(quiet.left(), second)
    assert.equal(await next(), 2)
  })

  it('lasts as long as they said, an hour at most, and is never cut short', async () => {
    quiet.atLeast(30 * second)
    quiet.atLeast(10 * second)
    assert.equal(quiet.left(), 30 * second)
    await clock.advance(20 * second)
    assert.equal(quiet.left(), 10 * second)
    await clock.advance(20 * second)
    assert.equal(quiet.left(), 0)
    quiet.atLeast(7 * 24 * 3600 * second)
    assert.equal(quiet.left(), 3600 * second)
  })
})
