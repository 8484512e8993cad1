import assert from 'node:assert/strict'
import { type Timer } from '../../src/store/store.ts'
import { effect, put, timer } from './batches.ts'
import { type Subject } from './conformance.ts'
import { allThatFire, collect, fireWith } from './timers.ts'
import { until } from '../until.ts'

/** The store's clock and the test's may differ by this much; a database keeps its own. */
const skewMs = 20

/** A store may decide on so many timers at once, and any of them be first. */
const decidedAtOnce = 4

/** Timers: once for each commit, never early, until they are cancelled or set anew. */
export function describeTimers({ store, reopen }: Subject): void {
  it('fires a timer once, not before it is due, and hands over its event', async () => {
    const due = Date.now() + 150
    const fired: Array<Timer & { at: number }> = []
    await fireWith(store(), (one) => {
      fired.push({ ...one, at: Date.now() })
      return {}
    })
    await store().commit({ setTimers: [{ key: 'soon', due, event: { is: 'timeUp', id: 'call' } }] })
    await until('the timer fires', () => fired.length > 0)
    assert.deepEqual(await allThatFire(store(), fired), ['soon', 'the last'])
    assert.deepEqual(fired[0]?.event, { is: 'timeUp', id: 'call' })
    assert.ok((fired[0]?.at ?? 0) >= due - skewMs)
  })

  it('fires what is due first, first', async () => {
    const due = [...Array(40).keys()]
    // Set in an order that has nothing to do with when they are due.
    const set = due.map((at) => (at * 27) % due.length)
    let from = 0
    // One that is set when it is due already is due as of then.
    while (Date.now() >= from) {
      from = Date.now() + 300
      await store().commit({ setTimers: set.map((at) => timer(String(at), from + at * 5)) })
    }
    await until('all are due', () => Date.now() > from + due.length * 5 + skewMs)
    const fired: Timer[] = []
    await collect(store(), fired)
    await until('all fire', () => fired.length === due.length)
    fired.forEach(({ key }, at) => {
      assert.ok(Number(key) - at < decidedAtOnce, `${key} is number ${at} to fire`)
    })
  })

  it('lets a timer set anew replace the old one', async () => {
    const fired: Timer[] = []
    await store().commit({ setTimers: [timer('t', 0), timer('late', 0)] })
    await store().commit({ setTimers: [{ ...timer('t', 0), event: { is: 'new', id: 'n' } }] })
    await store().commit({ setTimers: [timer('late', Date.now() + 3_600_000)] })
    await collect(store(), fired)
    assert.deepEqual(await allThatFire(store(), fired), ['t', 'the last'])
    assert.equal(fired.find(({ key }) => key === 't')?.event.is, 'new')
  })

  it('fires a timer no more once it is cancelled', async () => {
    const fired: Timer[] = []
    await store().commit({ setTimers: [timer('t', 0)] })
    await store().commit({ cancelTimers: ['t', 'never set'] })
    await collect(store(), fired)
    assert.deepEqual(await allThatFire(store(), fired), ['the last'])
  })

  it('sets a timer that the same batch cancels', async () => {
    const fired: Timer[] = []
    await store().commit({ setTimers: [timer('t', Date.now() + 3_600_000)] })
    await store().commit({ cancelTimers: ['t'], setTimers: [timer('t', 0)] })
    await collect(store(), fired)
    await until('it fires', () => fired.length === 1)
  })

  it('fires timers of an earlier run, those that became due in between included', async () => {
    await store().commit({ setTimers: [timer('over', 0), timer('soon', Date.now() + 100)] })
    await reopen()
    const fired: Timer[] = []
    await collect(store(), fired)
    await until('both fire', () => fired.length === 2)
  })

  it('fires nothing before it is started and nothing after it is stopped', async () => {
    const fired: Timer[] = []
    await store().commit({ setTimers: [timer('t', 0)] })
    await collect(store(), fired)
    await until('it fires', () => fired.length === 1)
    await store().stop()
    await store().commit({ setTimers: [timer('u', 0)], effects: [effect('lane', 'e')] })
    await store().commit({ puts: [put('a', 0)] })
    assert.equal(fired.length, 1)
    await collect(store(), fired)
    await until('it goes on', () => fired.length === 2)
  })

  it('fires each of many timers once', async () => {
    const keys = [...Array(200).keys()].map((number) => `timer ${number}`)
    const fired: Timer[] = []
    await collect(store(), fired)
    await Promise.all(
      keys.map((key, number) => store().commit({ setTimers: [timer(key, Date.now() + (number % 7) * 10)] })),
    )
    await until('all fire', () => fired.length >= keys.length)
    assert.deepEqual(await allThatFire(store(), fired), ['the last', ...keys].sort())
  })
}
