import assert from 'node:assert/strict'
import { type Timer } from '../../src/store/store.ts'
import { put, timer } from './batches.ts'
import { type Subject } from './conformance.ts'
import { allThatFire, collect, fireWith, untilKept } from './timers.ts'
import { until } from '../until.ts'

/** What a timer decides: committed with its end, or nothing when the timer has changed meanwhile. */
export function describeDecisions({ store, reopen }: Subject): void {
  it('commits what a timer decides together with its end', async () => {
    await fireWith(store(), ({ key }) => ({ puts: [put(key, 0, 1)] }))
    await store().commit({ setTimers: [timer('t', 0)] })
    await untilKept(store(), 't', 1)
    await store().stop()
    await reopen()
    const fired: Timer[] = []
    await collect(store(), fired)
    assert.deepEqual(await allThatFire(store(), fired), ['the last'])
    assert.deepEqual(await store().get('endedEarly', 't'), { rev: 1, doc: { at: 1 } })
  })

  it('lets a decision set its own timer again', async () => {
    let fired = 0
    await fireWith(store(), (one) => ((fired += 1) < 3 ? { setTimers: [one] } : {}))
    await store().commit({ setTimers: [timer('again', 0)] })
    await until('it fires three times', () => fired === 3)
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
}
