import assert from 'node:assert/strict'
import { realClock } from '../src/clock.ts'

describe('the real clock', () => {
  it('tells the time in whole milliseconds since 1970, and never goes back', () => {
    let last = realClock.now()
    assert.ok(Number.isInteger(last))
    assert.ok(Math.abs(last - Date.now()) < 60_000)
    for (let look = 0; look < 10_000; look += 1) {
      const now = realClock.now()
      assert.ok(now >= last)
      last = now
    }
  })

  it('waits for what is months away instead of running it at once, and can be called off', async () => {
    const ran: string[] = []
    const callOff = realClock.after(2 ** 31 + 5, () => ran.push('months away'))
    realClock.after(1, () => ran.push('called off'))()
    await new Promise<void>((resolve) => realClock.after(20, resolve))
    callOff()
    assert.deepEqual(ran, [])
  })

  it('runs nothing before its time', async () => {
    for (const ms of [0, 1, 7, 15]) {
      const start = realClock.now()
      await new Promise<void>((resolve) => realClock.after(ms, resolve))
      assert.ok(realClock.now() >= start + ms)
    }
  })
})
