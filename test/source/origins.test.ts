import assert from 'node:assert/strict'
import { type Entry, Origins } from '../../src/source/origins.ts'

describe('Orders to telephone systems', () => {
  let now: number
  let origins: Origins
  beforeEach(() => {
    now = 0
    origins = new Origins(
      () => now,
      () => 0,
    )
  })

  const leave = (entry: Entry): ((wasAnswered: boolean) => void) => {
    assert.equal(entry.is, 'free')
    return entry.is === 'free' ? entry.leave : assert.fail()
  }
  const isFree = (name: string) => origins.enter(name).is === 'free'
  const waits = (name: string) => {
    const entry = origins.enter(name)
    return entry.is === 'later' ? entry.afterMs : 0
  }
  const fails = (name: string) => {
    leave(origins.enter(name))(false)
  }

  it('go four at once to one system', () => {
    leave(origins.enter('well'))(true)
    const four = [1, 2, 3, 4].map(() => leave(origins.enter('well')))
    assert.ok(waits('well') > 0)
    four[0]?.(true)
    assert.ok(isFree('well'))
  })

  it('go four at once to systems that were never asked, so that one that answers is never behind them', () => {
    leave(origins.enter('well'))(true)
    for (const name of ['a', 'b', 'c', 'd']) assert.ok(isFree(name))
    assert.ok(waits('e') > 0)
    for (let order = 0; order < 4; order += 1) assert.ok(isFree('well'), `order ${order}`)
    assert.ok(waits('well') > 0, 'eight are under way, and the rest of the hands is for cards')
  })

  it('leave a system that failed alone for longer every time, and then try it with one', () => {
    for (const rest of [500, 1000, 2000, 4000, 8000, 10_000, 10_000]) {
      fails('ill')
      assert.equal(waits('ill'), rest)
      now += rest
    }
    const trial = leave(origins.enter('ill'))
    assert.ok(waits('ill') > 0, 'one at a time')
    trial(true)
    assert.ok([1, 2, 3, 4].every(() => isFree('ill')))
  })

  it('go two at once to systems that failed, however many there are', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `ill ${index}`)
    many.forEach(fails)
    now += 10_000
    assert.equal(many.filter(isFree).length, 2)
    assert.ok(isFree('never asked'))
    assert.ok(waits('ill 999') > 1000, 'where many wait, each comes less often')
  })

  it('are not forgotten while they are under way', () => {
    const done = [1, 2, 3, 4].map(() => leave(origins.enter('well')))
    for (let other = 0; other < 10_001; other += 1) origins.enter(`other ${other}`)
    assert.ok(waits('well') > 0)
    done.forEach((end) => {
      end(true)
    })
    assert.ok(isFree('well'))
  })
})
