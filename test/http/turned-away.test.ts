import assert from 'node:assert/strict'
import { realClock } from '../../src/clock.ts'
import { failure, type Reply } from '../../src/http/reply.ts'
import { type RunningServer, startServer } from '../../src/http/server.ts'
import { type Door, TurnedAway } from '../../src/http/turned-away.ts'
import { type LogFields } from '../../src/log.ts'
import { HandClock } from '../store/hand-clock.ts'
import { until } from '../until.ts'

const nothing = () => undefined
const no = failure(401, 'unauthorized', 'Send the key.')

describe('T20 Strangers', () => {
  let clock: HandClock
  let counted: Door[]
  let logged: LogFields[]
  let strangers: TurnedAway
  const made = (by: Pick<HandClock, 'now' | 'wall' | 'after'>) =>
    new TurnedAway({
      now: () => by.now(),
      wall: () => by.wall(),
      after: (ms, run) => by.after(ms, run),
      count: (door) => counted.push(door),
      log: { warn: (event, fields) => logged.push({ event, ...fields }) },
    })
  beforeEach(() => {
    clock = new HandClock()
    counted = []
    logged = []
    strangers = made(clock)
  })
  /** Answers so far, of so many who were wrong at once. */
  const wrong = (count: number, address: string, door: Door = 'admin'): Reply[] => {
    const answers: Reply[] = []
    for (let at = 0; at < count; at += 1)
      void strangers.answer(door, address, no).then((reply) => answers.push(reply))
    return answers
  }
  const counts = () => logged.map(({ count }) => count)
  const settled = () => new Promise((done) => setImmediate(done))

  it('are told of in one line for each door and window, with how many they were and since when', async () => {
    const since = new Date(clock.wall()).toISOString()
    wrong(1500, '192.0.2.1')
    wrong(3, '192.0.2.1', 'messages')
    await clock.advance(9_999)
    assert.deepEqual(logged, [])
    await clock.advance(1)
    assert.deepEqual(logged, [
      { event: 'turnedAway', door: 'admin', count: 1500, since },
      { event: 'turnedAway', door: 'messages', count: 3, since },
    ])
    assert.equal(counted.length, 1503)
    await clock.advance(100_000)
    assert.equal(logged.length, 2)
    wrong(1, '192.0.2.1')
    strangers.flush()
    assert.deepEqual(counts(), [1500, 3, 1])
    await clock.advance(10_000)
    assert.equal(logged.length, 3)
  })

  it('may be wrong a few times, then wait longer and longer, each by their address', async () => {
    const some = wrong(10, 'a')
    await settled()
    assert.equal(some.length, 10)
    const more = wrong(10, 'a')
    const other = wrong(1, 'b')
    await settled()
    assert.deepEqual([more.length, other.length], [0, 1])
    await clock.advance(25)
    assert.equal(more.length, 1)
    await clock.advance(25)
    assert.equal(more.length, 2)
    await clock.advance(1000)
    assert.equal(more.length, 10)
    await clock.advance(60_000)
    const later = wrong(1, 'a')
    await settled()
    assert.equal(later.length, 1, 'after a minute it is forgotten')
  })

  it('do not wait where nothing can be guessed', async () => {
    const answers = [...wrong(500, 'a', 'messages'), ...wrong(500, 'a', 'graph')]
    const [messages, graph] = [wrong(500, 'a', 'messages'), wrong(500, 'a', 'graph')]
    await settled()
    assert.deepEqual([answers.length, messages.length, graph.length], [0, 500, 500])
  })

  it('wait in bounded numbers: the rest is told to come later, and others still wait in peace', async () => {
    const one = wrong(500, 'a')
    await settled()
    assert.equal(one.filter(({ status }) => status === 429).length, 500 - 10 - 100)
    const many = Array.from({ length: 5000 }, (_, at) => wrong(12, `peer ${at}`))
    await settled()
    assert.ok(many.flat().some(({ status }) => status === 429))
    await clock.advance(1000)
    const all = [...one, ...many.flat()]
    assert.equal(all.length, 500 + 12 * 5000)
    assert.equal(all.filter(({ status }) => status === 401).length, 10 + 100 + 5000 * 10 + 300)
  })

  it('do not hold up who has the key, from wherever they come', async () => {
    const server: RunningServer = await startServer({
      host: '127.0.0.1',
      port: 0,
      isAuthenticated: true,
      messages: () => Promise.resolve({ status: 200 }),
      admin: ({ authorization }) =>
        Promise.resolve(authorization === 'Bearer right' ? { status: 200, body: {} } : no),
      troubles: () => [],
      metrics: () => Promise.resolve(''),
      log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
      turnedAway: (strangers = made(realClock)),
    })
    const ask = async (key: string) => {
      const headers = { Authorization: `Bearer ${key}` }
      const response = await fetch(`http://127.0.0.1:${server.port}/api/admin/users`, { headers })
      await response.arrayBuffer()
      return response.status
    }
    const statuses: number[] = []
    let left = 1500
    const flood = Array.from({ length: 64 }, async () => {
      for (; left > 0; left -= 1) statuses.push(await ask(`wrong ${left}`))
    })
    await until('some are wrong', () => statuses.length > 20)
    for (let times = 0; times < 20; times += 1) assert.equal(await ask('right'), 200)
    assert.ok(left > 0, 'the flood was slower')
    await Promise.all(flood)
    strangers.flush()
    assert.ok(statuses.every((status) => status === 401 || status === 429))
    assert.equal(counted.length, statuses.length)
    assert.ok(logged.length < 10, `${logged.length} lines`)
    const told = logged.map(({ count }) => Number(count))
    assert.equal(
      told.reduce((sum, count) => sum + count, 0),
      statuses.length,
    )
    await server.close()
  })
})
