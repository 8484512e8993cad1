import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Budget, type Priority } from '../../src/chat/budget.ts'
import { HandClock } from '../store/hand-clock.ts'

type Sent = { readonly name: string; readonly conversation: string; readonly at: number }

describe('The budget', () => {
  let clock: HandClock
  let budget: Budget
  let sent: Sent[]
  beforeEach(() => {
    clock = new HandClock(0)
    budget = new Budget(clock)
    sent = []
  })

  const send = (name: string, conversation = name, priority: Priority = 2, ms = 0) =>
    budget.run(conversation, priority, async () => {
      sent.push({ name, conversation, at: clock.now() })
      if (ms > 0) await new Promise<void>((done) => void clock.after(ms, done))
      return name
    })
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

  it('never exceeds its limits and leaves nobody waiting, whatever comes', async () => {
    const one = fc.record({
      conversation: fc.constantFrom('a', 'b', 'c', ...Array.from({ length: 9 }, (_, at) => `p${at}`)),
      priority: fc.constantFrom<Priority>(0, 1, 2),
      after: fc.nat(300),
      ms: fc.nat(700),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 40, maxLength: 90 }), async (requests) => {
        clock = new HandClock(0)
        budget = new Budget(clock)
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
