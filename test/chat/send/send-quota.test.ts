import assert from 'node:assert/strict'
import fc from 'fast-check'
import { SendQuota, type Priority } from '../../../src/chat/send/send-quota.ts'
import { HandClock } from '../../store/hand-clock.ts'

type Sent = { readonly name: string; readonly conversation: string; readonly at: number }

describe('The budget', () => {
  let clock: HandClock
  let budget: SendQuota
  let sent: Sent[]
  beforeEach(() => {
    clock = new HandClock(0)
    budget = new SendQuota(clock)
    sent = []
  })

  const send = (name: string, conversation = name, priority: Priority = 2, ms = 0) =>
    budget.run(conversation, priority, async () => {
      sent.push({ name, conversation, at: clock.now() })
      if (ms > 0) await new Promise<void>((done) => void clock.after(ms, done))
      return name
    })
  /** Each in a conversation of its own. */
  const manyOf = (name: string, count: number, priority: Priority, ms = 0) =>
    Array.from({ length: count }, (_, at) => send(name, `${name} ${at}`, priority, ms))
  const names = () => sent.map(({ name }) => name)
  const many = (count: number, ...rest: [string?, Priority?, number?]) =>
    Array.from({ length: count }, (_, at) => send(`n${at}`, ...rest))

  it('gives back what a request gives, or how it failed', async () => {
    assert.equal(await send('one'), 'one')
    await assert.rejects(
      budget.run('one', 0, () => Promise.reject(new TypeError())),
      TypeError,
    )
    assert.equal(await send('two'), 'two', 'a failure gives its place back')
  })

  it('sends fifty in a second, the next ones when the second is over', async () => {
    const all = Promise.all(many(120))
    await clock.advance(999)
    assert.equal(sent.length, 50)
    await clock.advance(1)
    assert.equal(sent.length, 100)
    await clock.advance(1000)
    assert.equal(sent.length, 120)
    await all
  })

  it('sends seven a second to one conversation, and others meanwhile', async () => {
    const all = Promise.all([...many(10, 'busy'), send('other')])
    await clock.advance(999)
    assert.deepEqual(names(), ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'other'])
    await clock.advance(1)
    assert.deepEqual(names().slice(8), ['n7', 'n8', 'n9'])
    await all
  })

  it('has at most sixteen under way at once, and goes on as each ends', async () => {
    const all = Promise.all(many(20, undefined, 2, 100))
    await clock.advance(99)
    assert.equal(sent.length, 16)
    await clock.advance(1)
    assert.equal(sent.length, 20)
    await clock.advance(100)
    await all
  })

  it('lets the urgent go first, and whoever waits longest among equals', async () => {
    const first = many(16, undefined, 2, 10)
    await clock.advance(0)
    const rest = [send('late', 'a', 2), send('card', 'b', 1), send('winner', 'c', 0), send('card2', 'd', 1)]
    await clock.advance(10)
    assert.deepEqual(names().slice(16), ['winner', 'card', 'card2', 'late'])
    await Promise.all([...first, ...rest])
  })

  it('has a part of its places for look-ups and for news, and the rest at once for whatever is more urgent', async () => {
    const slow = [...manyOf('look-up', 30, 4, 900), ...manyOf('news', 30, 3, 900)]
    await clock.advance(0)
    assert.equal(sent.filter(({ name }) => name === 'look-up').length, 4)
    assert.equal(sent.filter(({ name }) => name === 'news').length, 8)
    const cards = manyOf('card', 6, 1, 10)
    await clock.advance(0)
    assert.deepEqual(names().slice(12), Array(4).fill('card'), 'sixteen are under way')
    await clock.advance(10)
    assert.deepEqual(names().slice(16), Array(2).fill('card'))
    await clock.advance(60_000)
    await Promise.all([...slow, ...cards])
    assert.equal(names().filter((name) => name === 'news').length, 30, 'no news is lost')
  })

  it('has a part of each second for look-ups and for news, and the rest for whatever is more urgent', async () => {
    const all = [...manyOf('look-up', 100, 4), ...manyOf('news', 100, 3)]
    await clock.advance(0)
    assert.equal(sent.length, 40)
    all.push(...manyOf('card', 12, 1))
    await clock.advance(0)
    assert.deepEqual(names().slice(40), Array(10).fill('card'))
    await clock.advance(1000)
    assert.deepEqual(names().slice(50, 52), Array(2).fill('card'), 'at the next second they are first')
    await clock.advance(60_000)
    await Promise.all(all)
  })

  it('drops a look-up whose turn did not come in a second, and asks nothing for it any more', async () => {
    const hung = manyOf('look-up', 4, 4, 5000)
    const late = send('late', 'a', 4)
    await clock.advance(999)
    const later = send('later', 'b', 4)
    let answer: string | null | undefined
    void late.then((given) => (answer = given))
    await clock.advance(1)
    assert.equal(answer, null)
    await clock.advance(1000)
    assert.equal(await later, null)
    await clock.advance(5000)
    await Promise.all(hung)
    assert.deepEqual(names(), Array(4).fill('look-up'))
    const again = send('again', 'c', 4)
    await clock.advance(0)
    assert.equal(await again, 'again', 'its place was never taken')
  })

  it('gives a slot to nobody who gave up while it was asked for', async () => {
    let grant: () => void = () => undefined
    budget = new SendQuota(clock, async (wanted, most) => {
      await new Promise<void>((done) => (grant = done))
      return { granted: [...wanted.keys()].slice(0, most), againMs: 1000 }
    })
    const given = send('late', 'a', 4)
    await clock.advance(1000)
    grant()
    assert.equal(await given, null)
    const all = Promise.all(manyOf('card', 16, 1, 100))
    for (let turn = 0; turn < 20; turn += 1) {
      grant()
      await clock.advance(10)
    }
    await all
    assert.deepEqual(names(), Array(16).fill('card'))
  })

  it('never exceeds its limits and leaves nobody waiting, whatever comes', async () => {
    const one = fc.record({
      conversation: fc.constantFrom('a', 'b', 'c', ...Array.from({ length: 9 }, (_, at) => `p${at}`)),
      priority: fc.constantFrom<Priority>(0, 1, 2, 3, 4),
      after: fc.nat(300),
      ms: fc.nat(700),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 40, maxLength: 90 }), async (requests) => {
        clock = new HandClock(0)
        budget = new SendQuota(clock)
        sent = []
        const all: Array<Promise<unknown>> = []
        for (const { conversation, priority, after, ms } of requests)
          clock.after(after, () => all.push(send('x', conversation, priority, ms)))
        await clock.advance(60_000)
        assert.equal((await Promise.all(all)).length, requests.length)
        for (const { at, conversation } of sent) {
          const within = sent.filter((other) => other.at >= at && other.at < at + 1000)
          assert.ok(within.length <= 50)
          assert.ok(within.filter((other) => other.conversation === conversation).length <= 7)
        }
      }),
      { numRuns: 8 },
    )
  })
})
