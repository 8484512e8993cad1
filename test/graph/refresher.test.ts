import assert from 'node:assert/strict'
import { type GraphFailure } from '../../src/graph/answer.ts'
import { type Found, type Pace, Refresher } from '../../src/graph/refresher.ts'
import { HandClock } from '../store/hand-clock.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const transient: GraphFailure = { is: 'transient', mayBeDone: false }
const pace: Pace = { everyMs: 12 * hour, atOnce: 2, restMs: second, againMs: 10 * minute }

type Look = Promise<Found<string> | GraphFailure>

describe('Looking people up again', () => {
  let clock: HandClock
  let everybody: readonly string[]
  let looks: string[]
  let counts: string[]
  let kept: Map<string, string>
  let look: (id: string) => Look
  let keep: (id: string, found: string) => Promise<void>
  let refresher: Refresher<string>
  beforeEach(() => {
    clock = new HandClock()
    everybody = ['ann', 'bo', 'cy', 'di', 'ed']
    looks = []
    counts = []
    kept = new Map()
    look = (id) => Promise.resolve(found(id))
    keep = (id, what) => {
      kept.set(id, what)
      return Promise.resolve()
    }
    refresher = over(() => listed())
  })
  afterEach(() => refresher.stop())

  const found = (id: string): Found<string> => ({ is: 'found', configuration: `${id} at ${clock.now()}` })

  async function* listed(): AsyncGenerator<string> {
    for (const id of everybody) yield await Promise.resolve(id)
  }

  function over(people: () => AsyncIterable<string>): Refresher<string> {
    return new Refresher<string>(
      {
        people,
        look: (id) => {
          looks.push(id)
          return look(id)
        },
        keep: (id, what) => keep(id, what),
        clock,
        count: (result) => void counts.push(result),
      },
      pace,
    )
  }

  /** Answers for one person in this order, then well. */
  function answers(whom: string, ...failures: readonly GraphFailure[]): void {
    const left = [...failures]
    look = (id) => Promise.resolve((id === whom ? left.shift() : undefined) ?? found(id))
  }

  it('goes round everybody, some at once, with a rest in between', async () => {
    refresher.start()
    await clock.advance(0)
    assert.deepEqual(looks, ['ann', 'bo'])
    await clock.advance(second)
    assert.deepEqual(looks, ['ann', 'bo', 'cy', 'di'])
    await clock.advance(second)
    assert.deepEqual(looks, everybody)
    assert.deepEqual([...kept.keys()], everybody)
    assert.deepEqual(
      counts,
      Array.from({ length: 5 }, () => 'found'),
    )
  })

  it('never looks up more at once than it may, however slow', async () => {
    let open = 0
    let most = 0
    const ends: Array<() => void> = []
    look = async (id) => {
      most = Math.max(most, (open += 1))
      await new Promise<void>((done) => ends.push(done))
      open -= 1
      return found(id)
    }
    refresher.start()
    for (const id of ['x', 'y', 'z']) refresher.soon(id)
    for (let at = 0; at < 10; at += 1) {
      await clock.advance(minute)
      for (const end of ends.splice(0)) end()
    }
    assert.equal(most, 2)
    assert.equal(kept.size, 8)
  })

  it('goes round again after some hours, and knows who came since', async () => {
    refresher.start()
    await clock.advance(11 * hour)
    assert.equal(looks.length, 5)
    everybody = [...everybody, 'flo']
    await clock.advance(hour + minute)
    assert.deepEqual(looks.slice(5), everybody)
  })

  it('does not begin a round in a round', async () => {
    refresher.start()
    refresher.start()
    await clock.advance(minute)
    assert.equal(looks.length, 5)
    assert.equal(clock.waiting, 1, 'only the next round is waited for')
  })

  it('looks up a newcomer at once, also when no round is on', async () => {
    refresher.soon('flo')
    await clock.advance(0)
    assert.deepEqual([...kept.keys()], ['flo'])
  })

  it('looks up newcomers at once even while others take their time', async () => {
    look = (id) => (id === 'flo' ? Promise.resolve(found(id)) : new Promise(() => undefined))
    refresher.soon('ann')
    await clock.advance(0)
    refresher.soon('flo')
    await clock.advance(0)
    assert.deepEqual([...kept.keys()], ['flo'])
  })

  it('looks up newcomers before those of the round', async () => {
    refresher.start()
    await clock.advance(0)
    refresher.soon('flo')
    await clock.advance(second)
    assert.deepEqual(looks.slice(0, 4), ['ann', 'bo', 'flo', 'cy'])
    await clock.advance(minute)
    assert.equal(kept.size, 6)
  })

  it('forgets no newcomer who comes while the last of a round are waited for', async () => {
    let end: () => void = () => undefined
    async function* slow(): AsyncGenerator<string> {
      yield 'ann'
      await new Promise<void>((done) => (end = done))
    }
    refresher = over(slow)
    refresher.start()
    await clock.advance(minute)
    for (const id of ['flo', 'gil', 'hal']) refresher.soon(id)
    end()
    await clock.advance(minute)
    assert.deepEqual([...kept.keys()], ['ann', 'flo', 'gil', 'hal'])
    assert.equal(clock.waiting, 1, 'the next round is waited for once, by however many this one ended')
  })

  it('keeps what was found before when somebody cannot be looked up, and tries again later', async () => {
    kept.set('cy', 'before')
    answers('cy', transient)
    refresher.start()
    await clock.advance(9 * minute)
    assert.equal(kept.get('cy'), 'before')
    assert.equal(looks.filter((id) => id === 'cy').length, 1)
    await clock.advance(2 * minute)
    assert.notEqual(kept.get('cy'), 'before')
    assert.equal(looks.filter((id) => id === 'cy').length, 2)
  })

  for (const failure of [
    transient,
    { is: 'badAnswer' },
    { is: 'refused', status: 403, code: '' },
    { is: 'refused', status: 400, code: '' },
  ] as const)
    it(`looks somebody up three times in a round at most (${JSON.stringify(failure)})`, async () => {
      look = (id) => Promise.resolve(id === 'cy' ? failure : found(id))
      refresher.start()
      await clock.advance(11 * hour)
      assert.equal(looks.filter((id) => id === 'cy').length, 3)
      assert.equal(counts.filter((result) => result === failure.is).length, 3)
      await clock.advance(2 * hour)
      assert.equal(looks.filter((id) => id === 'cy').length, 6)
      assert.equal(kept.size, 4)
    })

  it('does not look again in the same round for whom Graph does not know', async () => {
    kept.set('cy', 'before')
    answers('cy', { is: 'notFound' })
    refresher.start()
    await clock.advance(11 * hour)
    assert.equal(looks.length, 5)
    assert.equal(kept.get('cy'), 'before')
  })

  it('lets everybody wait when Graph wants to be left alone, then goes on with the same person', async () => {
    answers('ann', { is: 'throttled', retryAfterMs: 2 * minute })
    refresher.start()
    await clock.advance(minute)
    refresher.soon('flo')
    await clock.advance(minute - second)
    assert.deepEqual(looks, ['ann', 'bo'])
    await clock.advance(minute)
    assert.deepEqual([...kept.keys()].sort(), [...everybody, 'flo'].sort())
  })

  it('waits for the longest that anybody was told', async () => {
    look = (id) =>
      Promise.resolve(
        looks.length > 2 ? found(id) : { is: 'throttled', retryAfterMs: id === 'ann' ? minute : 5 * minute },
      )
    refresher.start()
    await clock.advance(5 * minute - 1)
    assert.equal(looks.length, 2)
    await clock.advance(minute)
    assert.equal(kept.size, 5)
  })

  it('waits on when it is told so while it waits', async () => {
    look = async (id) => {
      if (looks.length > 2) return found(id)
      if (id === 'bo') await new Promise<void>((done) => void clock.after(30 * second, done))
      return { is: 'throttled', retryAfterMs: id === 'ann' ? minute : 5 * minute }
    }
    refresher.start()
    await clock.advance(5 * minute)
    assert.deepEqual(looks, ['ann', 'bo'])
    await clock.advance(minute)
    assert.equal(kept.size, 5)
  })

  it('is not put off for days', async () => {
    answers('ann', { is: 'throttled', retryAfterMs: 1000 * hour })
    refresher.start()
    await clock.advance(hour + minute)
    assert.equal(kept.size, 5)
  })

  it('asks less and less often while nothing can be had, and as before once it can', async () => {
    everybody = Array.from({ length: 1000 }, (_, n) => `person ${n}`)
    look = () => Promise.resolve(transient)
    refresher.start()
    await clock.advance(hour)
    assert.ok(looks.length < 60, `${looks.length} in an hour`)
    look = (id) => Promise.resolve(found(id))
    await clock.advance(30 * minute)
    assert.ok(kept.size > 990, `${kept.size} were found`)
    answers('x', transient)
    refresher.soon('x')
    await clock.advance(0)
    refresher.soon('y')
    await clock.advance(3 * second)
    assert.ok(kept.has('y'))
  })

  it('asks as seldom while it may not ask at all', async () => {
    everybody = Array.from({ length: 1000 }, (_, n) => `person ${n}`)
    look = () => Promise.resolve({ is: 'refused', status: 403, code: 'Forbidden' })
    refresher.start()
    await clock.advance(hour)
    assert.ok(looks.length < 60, `${looks.length} in an hour`)
  })

  it('is not slower for others because of what is refused of one', async () => {
    everybody = Array.from({ length: 100 }, (_, n) => `person ${n}`)
    look = () => Promise.resolve({ is: 'refused', status: 400, code: 'BadRequest' })
    refresher.start()
    await clock.advance(minute)
    assert.equal(looks.length, 100)
  })

  it('tries again later when something cannot be kept, or looking throws', async () => {
    const well = keep
    keep = () => Promise.reject(new Error('the disk is full'))
    refresher.soon('ann')
    await clock.advance(0)
    keep = well
    look = () => Promise.reject(new Error('a bug'))
    refresher.soon('bo')
    await clock.advance(minute)
    look = (id) => Promise.resolve(found(id))
    await clock.advance(10 * minute)
    assert.deepEqual([...kept.keys()].sort(), ['ann', 'bo'])
    assert.deepEqual(counts, ['notKept', 'badAnswer', 'found', 'found'])
  })

  it('begins anew, a little later, when the people cannot be listed', async () => {
    let times = 0
    refresher = over(async function* () {
      times += 1
      if (times === 1) {
        yield 'ann'
        throw new Error('the store is shut')
      }
      yield* listed()
    })
    refresher.start()
    await clock.advance(minute)
    assert.deepEqual(counts.sort(), ['found', 'noPeople'])
    await clock.advance(10 * minute)
    assert.equal(kept.size, 5)
  })

  it('stops: nobody is looked up, nothing kept and nothing waited for any more', async () => {
    let end: (found: Found<string>) => void = () => undefined
    look = (id) => (id === 'bo' ? new Promise((done) => (end = done)) : Promise.resolve(found(id)))
    refresher.start()
    await clock.advance(0)
    await refresher.stop()
    assert.equal(clock.waiting, 0)
    end(found('bo'))
    refresher.soon('flo')
    refresher.start()
    await clock.advance(24 * hour)
    assert.deepEqual([...kept.keys()], ['ann'])
    assert.deepEqual(looks, ['ann', 'bo'])
    assert.equal(clock.waiting, 0)
  })

  it('lets go of the list of people when it stops', async () => {
    let isLetGo = false
    refresher = over(async function* () {
      try {
        yield* listed()
      } finally {
        isLetGo = true
      }
    })
    refresher.start()
    await clock.advance(0)
    await refresher.stop()
    await clock.advance(0)
    assert.equal(looks.length, 2)
    assert.ok(isLetGo)
  })

  it('has kept what it was keeping when it has stopped', async () => {
    let done: () => void = () => undefined
    keep = (id, what) => new Promise<void>((resolve) => (done = resolve)).then(() => void kept.set(id, what))
    refresher.soon('ann')
    await clock.advance(0)
    const stopped = refresher.stop().then(() => kept.size)
    await clock.advance(0)
    done()
    assert.equal(await stopped, 1)
  })
})
