import assert from 'node:assert/strict'
import { row } from './batches.ts'
import { type Subject } from './conformance.ts'

/** The group log: newest first, by page, to those it concerns. */
export function describeHistory({ store, reopen }: Subject): void {
  const calls = async (person: string, limit: number, before?: number) => {
    const rows = await store().history({ person, limit, ...(before === undefined ? {} : { before }) })
    return rows.map(({ call }) => call)
  }

  it('tells the newest calls first, whatever order they were committed in', async () => {
    const now = Date.now()
    for (const ago of [300, 100, 200])
      await store().commit({ history: [row(`${ago} ago`, now - ago, ['ann'])] })
    assert.deepEqual(await calls('ann', 10), ['100 ago', '200 ago', '300 ago'])
    await reopen()
    assert.deepEqual(await calls('ann', 10), ['100 ago', '200 ago', '300 ago'])
  })

  it('keeps the calls of every run', async () => {
    const now = Date.now()
    for (const number of [1, 2, 3]) {
      await store().commit({ history: [row(`call ${number}`, now + number, ['ann'])] })
      await reopen()
    }
    assert.deepEqual(await calls('ann', 10), ['call 3', 'call 2', 'call 1'])
  })

  it('turns pages by the time of the last row', async () => {
    const now = Date.now()
    await store().commit({
      history: [1, 2, 3, 4, 5].map((number) => row(`call ${number}`, now + number, ['ann'])),
    })
    assert.deepEqual(await calls('ann', 2), ['call 5', 'call 4'])
    assert.deepEqual(await calls('ann', 2, now + 4), ['call 3', 'call 2'])
    assert.deepEqual(await calls('ann', 2, now + 2), ['call 1'])
    assert.deepEqual(await calls('ann', 2, now + 1), [])
    assert.deepEqual(await calls('ann', 0), [])
  })

  it('shows a call to those it concerns and nobody else', async () => {
    const now = Date.now()
    await store().commit({ history: [row('both', now, ['ann', 'bo']), row('hers', now + 1, ['ann'])] })
    assert.deepEqual(await calls('ann', 10), ['hers', 'both'])
    assert.deepEqual(await calls('bo', 10), ['both'])
    assert.deepEqual(await calls('cy', 10), [])
  })

  it('gives the rows back whole', async () => {
    const kept = { ...row('call', Date.now(), ['ann', 'bo']), by: 'bo', outcome: 'answered' }
    await store().commit({ history: [kept] })
    assert.deepEqual(await store().history({ person: 'bo', limit: 1 }), [kept])
  })
}
