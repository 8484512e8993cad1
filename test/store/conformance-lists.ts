import assert from 'node:assert/strict'
import { type AuditRow } from '../../src/store/store.ts'
import { type Subject } from './conformance.ts'

/** Lists of documents, and the log of who changed what. */
export function describeLists({ store, reopen }: Subject): void {
  const listed = async (after?: string, limit = 2) => {
    const found = await store().list('alias', { limit, ...(after === undefined ? {} : { after }) })
    return found.map(({ id }) => id)
  }
  const name = (id: string, expect = 0, person: string | null = 'ann') =>
    store().commit({ puts: [{ kind: 'alias', id, expect, doc: person === null ? null : { person } }] })

  it('lists documents of one kind by id, a page at a time', async () => {
    for (const id of ['c', 'a', 'B', 'b']) await name(id)
    await store().commit({ puts: [{ kind: 'line', id: 'aa', expect: 0, doc: { calls: [] } }] })
    assert.deepEqual(await listed(), ['B', 'a'])
    assert.deepEqual(await listed('a'), ['b', 'c'])
    assert.deepEqual(await listed('c'), [])
    await reopen()
    assert.deepEqual(await listed('a'), ['b', 'c'])
  })

  it('lists what came, and no longer what went', async () => {
    for (const id of ['a', 'c']) await name(id)
    assert.deepEqual(await listed(), ['a', 'c'])
    await name('b')
    await name('a', 1, null)
    assert.deepEqual(await listed(), ['b', 'c'])
    const [first] = await store().list('alias', { limit: 1 })
    assert.deepEqual(first, { id: 'b', rev: 1, doc: { person: 'ann' } })
  })

  const row = (number: number, about: string): AuditRow => ({
    at: Date.now() - number,
    about,
    by: null,
    door: 'http',
    parts: [{ part: 'group', before: { members: [] }, after: { number } }],
  })
  const audited = async (limit: number, about?: string, before?: number) => {
    const rows = await store().audit({
      limit,
      ...(about === undefined ? {} : { about }),
      ...(before === undefined ? {} : { before }),
    })
    return rows.map(({ parts, number }) => ({ what: parts[0]?.after, number }))
  }

  it('tells the newest changes first, in the order they were kept, whatever the clock said', async () => {
    for (const number of [1, 2, 3]) await store().commit({ audit: [row(number, 'ann')] })
    const told = [{ number: 3 }, { number: 2 }, { number: 1 }]
    assert.deepEqual(
      (await audited(10)).map(({ what }) => what),
      told,
    )
    await reopen()
    assert.deepEqual(
      (await audited(10)).map(({ what }) => what),
      told,
    )
  })

  it('turns pages of changes by number, also of those that came at once', async () => {
    await store().commit({ audit: [1, 2, 3, 4, 5].map((number) => row(number, 'ann')) })
    const pages: unknown[] = []
    for (let before = Infinity; ;) {
      const page = await audited(2, undefined, before)
      if (page.length === 0) break
      pages.push(page.map(({ what }) => what))
      before = page.at(-1)?.number ?? 0
    }
    assert.deepEqual(pages, [[{ number: 5 }, { number: 4 }], [{ number: 3 }, { number: 2 }], [{ number: 1 }]])
  })

  it('tells the changes about one person, whole', async () => {
    const ann = row(1, 'ann')
    await store().commit({ audit: [ann, row(2, 'bo')] })
    const [found, ...more] = await store().audit({ about: 'ann', limit: 10 })
    const { number, ...rest } = found ?? { number: 0 }
    assert.ok(number > 0)
    assert.deepEqual([rest, more], [ann, []])
    assert.deepEqual(await audited(10, 'cy'), [])
  })
}
