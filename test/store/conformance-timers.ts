import assert from 'node:assert/strict'
import { type Batch, type Reader, type Store, type Timer } from '../../src/store/store.ts'
import { effect, put, timer } from './batches.ts'
import { type Subject } from './conformance.ts'
import { idleHandlers } from './handlers.ts'
import { until } from './until.ts'

type Decide = (timer: Timer, read: Reader) => Batch | Promise<Batch>

/** The store's clock and the test's may differ by this much; a database keeps its own. */
const skewMs = 20

/** Timers: once for each commit, never early, together with what they decide. */
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
    await firesAfterwards(store(), fired)
    assert.deepEqual(
      fired.slice(0, 2).map(({ key }) => key),
      ['soon', 'marker'],
    )
    assert.deepEqual(fired[0]?.event, { is: 'timeUp', id: 'call' })
    assert.ok((fired[0]?.at ?? 0) >= due - skewMs)
  })

  it('fires what is due first, first', async () => {
    const now = Date.now()
    await store().commit({
      setTimers: [timer('third', now + 160), timer('first', now + 40), timer('second', now + 100)],
    })
    const fired: Timer[] = []
    await collect(store(), fired)
    await until('all fire', () => fired.length === 3)
    assert.deepEqual(
      fired.map(({ key }) => key),
      ['first', 'second', 'third'],
    )
  })

  it('commits what a timer decides together with its end', async () => {
    await fireWith(store(), ({ key }) => ({ puts: [put(key, 0, 1)] }))
    await store().commit({ setTimers: [timer('t', 0)] })
    await untilKept(store(), 't', 1)
    await store().stop()
    await reopen()
    const fired: Timer[] = []
    await collect(store(), fired)
    await firesAfterwards(store(), fired)
    assert.deepEqual(
      fired.map(({ key }) => key),
      ['marker'],
    )
    assert.deepEqual(await store().get('endedEarly', 't'), { rev: 1, doc: { at: 1 } })
  })

  it('lets a decision set its own timer again', async () => {
    let fired = 0
    await fireWith(store(), (one) => ((fired += 1) < 3 ? { setTimers: [one] } : {}))
    await store().commit({ setTimers: [timer('again', 0)] })
    await until('it fires three times', () => fired === 3)
  })

  it('lets a timer set anew replace the old one', async () => {
    const fired: Timer[] = []
    await store().commit({ setTimers: [timer('t', 0), timer('late', 0)] })
    await store().commit({ setTimers: [{ ...timer('t', 0), event: { is: 'new', id: 'n' } }] })
    await store().commit({ setTimers: [timer('late', Date.now() + 3_600_000)] })
    await collect(store(), fired)
    await firesAfterwards(store(), fired)
    assert.deepEqual(
      fired.map(({ key, event }) => `${key} ${event.is}`),
      ['t new', 'marker timeUp'],
    )
  })

  it('fires a timer no more once it is cancelled', async () => {
    const fired: Timer[] = []
    await store().commit({ setTimers: [timer('t', 0)] })
    await store().commit({ cancelTimers: ['t', 'never set'] })
    await collect(store(), fired)
    await firesAfterwards(store(), fired)
    assert.deepEqual(
      fired.map(({ key }) => key),
      ['marker'],
    )
  })

  it('sets a timer that the same batch cancels', async () => {
    const fired: Timer[] = []
    await store().commit({ setTimers: [timer('t', Date.now() + 3_600_000)] })
    await store().commit({ cancelTimers: ['t'], setTimers: [timer('t', 0)] })
    await collect(store(), fired)
    await until('it fires', () => fired.length === 1)
  })

  it('lets nothing come of a decision whose timer was cancelled meanwhile', async () => {
    await store().commit({ setTimers: [timer('raced', 0)] })
    let asked = 0
    await fireWith(store(), async ({ key }) => {
      if (key !== 'raced') return {}
      asked += 1
      await store().commit({ cancelTimers: ['raced'] })
      return { puts: [put('decided', 0)] }
    })
    await until('it is asked', () => asked > 0)
    await store().stop()
    assert.equal(await store().get('endedEarly', 'decided'), null)
  })

  it('lets a timer that is set anew while it decides fire at its new time', async () => {
    await store().commit({ setTimers: [timer('raced', 0)] })
    const asked: string[] = []
    await fireWith(store(), async ({ event }) => {
      asked.push(event.is)
      if (event.is !== 'timeUp') return { puts: [put('decided', 0, asked.length)] }
      await store().commit({ setTimers: [{ ...timer('raced', 0), event: { is: 'new', id: 'n' } }] })
      return { puts: [put('decided', 0, 99)] }
    })
    await untilKept(store(), 'decided', 1)
    await store().stop()
    assert.deepEqual(asked, ['timeUp', 'new'])
    assert.deepEqual(await store().get('endedEarly', 'decided'), { rev: 1, doc: { at: 2 } })
  })

  it('asks again when what a timer decided conflicts', async () => {
    await store().commit({ puts: [put('a', 0, 10)], setTimers: [timer('t', 0)] })
    let asked = 0
    await fireWith(store(), async ({ key }, read) => {
      if (key !== 't') return {}
      const kept = await read.get('endedEarly', 'a')
      if ((asked += 1) === 1) await store().commit({ puts: [put('a', 1, 20)] })
      return { puts: [put('a', kept?.rev ?? 0, (kept?.doc.at ?? 0) + 1)] }
    })
    await untilKept(store(), 'a', 3)
    assert.equal(asked, 2)
    assert.deepEqual(await store().get('endedEarly', 'a'), { rev: 3, doc: { at: 21 } })
  })

  it('fires a timer again when its decision throws', async () => {
    let asked = 0
    await fireWith(store(), () => {
      if ((asked += 1) < 3) throw new Error('not now')
      return { puts: [put('decided', 0)] }
    })
    await store().commit({ setTimers: [timer('t', 0)] })
    await untilKept(store(), 'decided', 1)
    assert.equal(asked, 3)
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
    await firesAfterwards(store(), fired)
    assert.deepEqual(fired.map(({ key }) => key).sort(), ['marker', ...keys].sort())
  })
}

/** Starts the store with a decision for its timers. */
function fireWith(store: Store, decide: Decide): Promise<void> {
  return store.start({ ...idleHandlers, onTimer: async (one, read) => decide(one, read) })
}

function collect(store: Store, fired: Timer[]): Promise<void> {
  return fireWith(store, (one) => {
    fired.push(one)
    return {}
  })
}

/** Waits for one more timer to fire: what has not fired by then does not. */
async function firesAfterwards(store: Store, fired: readonly Timer[]): Promise<void> {
  await store.commit({ setTimers: [timer('marker', Date.now() + 50)] })
  await until('the marker fires', () => fired.some(({ key }) => key === 'marker'))
}

async function untilKept(store: Store, id: string, rev: number): Promise<void> {
  let kept = 0
  const look = async () => {
    kept = (await store.get('endedEarly', id))?.rev ?? 0
  }
  await until(`${id} is kept`, () => {
    void look()
    return kept >= rev
  })
}
