import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { backOffMs } from '../../../src/store/back-off.ts'
import { Timers } from '../../../src/store/embedded/timers.ts'
import { Effects, type Perform } from '../../../src/store/embedded/effects.ts'
import { type EffectResult, type Timer } from '../../../src/store/store.ts'
import { effect, timer } from '../batches.ts'
import { HandClock } from '../hand-clock.ts'

const done: EffectResult = { is: 'done' }

describe('alarms', () => {
  it('fire at their very time, the soonest first, however far away', async () => {
    const { clock, alarms, fired, set } = someAlarms()
    const year = 365 * 24 * 60 * 60 * 1000
    for (const ms of [year, 5, 1000, 4]) set(timer(`${ms}`, clock.now() + ms))
    alarms.run(fired.fire)
    await clock.advance(3)
    assert.deepEqual(fired.keys, [])
    await clock.advance(1)
    assert.deepEqual(fired.keys, ['4'])
    await clock.advance(995)
    assert.deepEqual(fired.keys, ['4', '5'])
    await clock.advance(year)
    assert.deepEqual(fired.keys, ['4', '5', '1000', `${year}`])
  })

  it('keep one timeout however many wait', async () => {
    const { clock, alarms, fired, set } = someAlarms()
    for (let number = 0; number < 100_000; number += 1) set(timer(`${number}`, clock.now() + 1e9 - number))
    alarms.run(fired.fire)
    assert.equal(clock.waiting, 1)
    set(timer('soon', clock.now() + 1))
    assert.equal(clock.waiting, 1)
    await clock.advance(1)
    assert.deepEqual(fired.keys, ['soon'])
  })

  it('let go of timers that are set anew again and again', async () => {
    const { clock, alarms, fired, set } = someAlarms()
    for (let number = 0; number < 10_000; number += 1) set(timer('same', clock.now() + 1000 + number))
    assert.ok(alarms.size < 2000)
    alarms.run(fired.fire)
    await clock.advance(20_000)
    assert.deepEqual(fired.keys, ['same'])
  })

  it('decide many at once, but not all', async () => {
    const { clock, alarms, set } = someAlarms()
    let begun = 0
    const ends: Array<() => void> = []
    for (let number = 0; number < 100; number += 1) set(timer(`${number}`, 0))
    alarms.run(async () => {
      begun += 1
      await new Promise<void>((resolve) => ends.push(resolve))
    })
    await clock.advance(0)
    assert.equal(begun, 32)
  })
})

describe('lanes', () => {
  it('perform 16 at once, the most urgent first and in the order they came', async () => {
    const { add, run, begun, endAll } = someLanes()
    for (let number = 0; number < 20; number += 1) add(`rest ${number}`, 2)
    for (let number = 0; number < 10; number += 1) add(`card ${number}`, 1)
    add('hand-over', 0)
    run()
    assert.equal(begun.length, 16)
    const first = ['hand-over', ...[...Array(10).keys()].map((number) => `card ${number}`)]
    const rest = [...Array(20).keys()].map((number) => `rest ${number}`)
    assert.deepEqual(begun, [...first, ...rest.slice(0, 5)])
    add('urgent', 0)
    await endAll()
    assert.equal(begun[16], 'urgent')
    await endAll()
    assert.deepEqual([...begun].sort(), [...first, ...rest, 'urgent'].sort())
  })

  it('have at most ten hands for what is not urgent, so that six are free for cards', async () => {
    const { add, run, begun, endAll } = someLanes()
    run()
    for (let number = 0; number < 30; number += 1) add(`rest ${number}`, 2)
    assert.equal(begun.length, 10)
    for (let number = 0; number < 8; number += 1) add(`card ${number}`, 1)
    assert.deepEqual(
      begun.slice(10),
      [...Array(6).keys()].map((number) => `card ${number}`),
    )
    await endAll()
    assert.deepEqual(begun.slice(16, 18), ['card 6', 'card 7'])
    assert.equal(begun.length, 16 + 2 + 10)
    await endAll()
    await endAll()
    assert.equal(begun.length, 38)
  })

  it('try again after the time that was asked for, not before', async () => {
    const { clock, lanes, numbered } = someLanes()
    const tried: number[] = []
    const start = clock.now()
    lanes.add(numbered('lane', 1))
    lanes.run(() => {
      tried.push(clock.now() - start)
      return Promise.resolve(tried.length < 3 ? { is: 'later', afterMs: 400 } : done)
    })
    await clock.advance(10_000)
    assert.deepEqual(tried, [0, 400, 800])
  })

  it('wait longer with each failure, and short again after a success', async () => {
    const { clock, lanes, numbered } = someLanes()
    const tried: number[] = []
    let last = clock.now()
    lanes.add(numbered('lane', 1))
    lanes.add(numbered('lane', 1))
    lanes.run(() => {
      tried.push(clock.now() - last)
      last = clock.now()
      return tried.length === 10 || tried.length === 12
        ? Promise.resolve(done)
        : Promise.reject(new Error('not now'))
    })
    await clock.advance(200_000)
    const waits = [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]
    assert.deepEqual(tried, [0, ...waits, 0, 250])
  })

  it('forget the waits when they are stopped and started', async () => {
    const { clock, lanes, numbered } = someLanes()
    let tried = 0
    const perform: Perform = () => {
      tried += 1
      return Promise.resolve({ is: 'later', afterMs: 1e9 })
    }
    lanes.add(numbered('lane', 1))
    lanes.run(perform)
    await clock.advance(0)
    await lanes.pause()
    assert.equal(clock.waiting, 0)
    lanes.run(perform)
    assert.equal(tried, 2)
    await lanes.pause()
  })
})

describe('backing off', () => {
  it('doubles up to half a minute and spreads over the second half of the wait', () => {
    const waits = [1, 2, 3, 8, 9, 1000].map((failures) => backOffMs(failures, () => 1))
    assert.deepEqual(waits, [250, 500, 1000, 30_000, 30_000, 30_000])
    assert.equal(
      backOffMs(1, () => 0),
      125,
    )
  })
})

function someAlarms() {
  const clock = new HandClock()
  const timers = new Map<string, Timer>()
  const keys: string[] = []
  const alarms = new Timers({ clock, timers, random: () => 1, tell: () => undefined })
  const set = (one: Timer) => {
    timers.set(one.key, one)
    alarms.add(one)
  }
  const fire = ({ key }: Timer) => {
    keys.push(key)
    timers.delete(key)
    return Promise.resolve()
  }
  return { clock, alarms, set, fired: { keys, fire } }
}

function someLanes() {
  const clock = new HandClock()
  const lanes = new Effects({ clock, random: () => 1, tell: () => undefined, onDone: () => undefined })
  const begun: string[] = []
  const ends: Array<() => void> = []
  let number = 0
  const numbered = (lane: string, priority: 0 | 1 | 2) => ({
    number: (number += 1),
    effect: effect(lane, 'e', priority),
  })
  return {
    clock,
    lanes,
    begun,
    numbered,
    add: (lane: string, priority: 0 | 1 | 2) => {
      lanes.add(numbered(lane, priority))
    },
    run: () => {
      lanes.run(async ({ lane }) => {
        begun.push(lane)
        await new Promise<void>((resolve) => ends.push(resolve))
        return done
      })
    },
    endAll: async () => {
      for (const end of ends.splice(0)) end()
      for (let turn = 0; turn < 5; turn += 1) await setImmediate()
    },
  }
}
