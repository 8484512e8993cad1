import assert from 'node:assert/strict'
import { type Batch, type Put, type Store } from '../../src/store/store.ts'
import { effect, put, removal, row, timer } from './batches.ts'
import { type Subject } from './conformance.ts'
import { idleHandlers } from './handlers.ts'
import { until } from '../until.ts'

/** Reading and committing: documents, revisions, membership. */
export function describeCommits({ store, reopen }: Subject): void {
  it('counts the revisions of a document from 1', async () => {
    assert.equal(await store().get('endedEarly', 'a'), null)
    assert.equal(await store().commit({ puts: [put('a', 0, 5)] }), 'committed')
    assert.deepEqual(await store().get('endedEarly', 'a'), { rev: 1, doc: { at: 5 } })
    assert.equal(await store().commit({ puts: [put('a', 1, 6)] }), 'committed')
    assert.deepEqual(await store().get('endedEarly', 'a'), { rev: 2, doc: { at: 6 } })
  })

  it('takes 0 to mean that the document must not exist', async () => {
    await store().commit({ puts: [put('a', 0)] })
    assert.equal(await store().commit({ puts: [put('a', 0, 9)] }), 'conflict')
    assert.equal(await store().commit({ puts: [put('b', 1)] }), 'conflict')
    assert.deepEqual(await store().get('endedEarly', 'a'), { rev: 1, doc: { at: 0 } })
    assert.equal(await store().get('endedEarly', 'b'), null)
  })

  it('keeps documents of different kinds apart', async () => {
    await store().commit({ puts: [put('a', 0), { kind: 'alias', id: 'a', expect: 0, doc: { person: 'p' } }] })
    assert.deepEqual(await store().get('alias', 'a'), { rev: 1, doc: { person: 'p' } })
    assert.deepEqual(await store().get('endedEarly', 'a'), { rev: 1, doc: { at: 0 } })
    assert.equal(await store().get('line', 'a'), null)
  })

  it('removes a document, which can then be put as new', async () => {
    await store().commit({ puts: [put('a', 0)] })
    assert.equal(await store().commit({ puts: [removal('a', 7)] }), 'conflict')
    assert.equal(await store().commit({ puts: [removal('a', 1)] }), 'committed')
    assert.equal(await store().get('endedEarly', 'a'), null)
    assert.equal(await store().commit({ puts: [put('a', 1)] }), 'conflict')
    assert.equal(await store().commit({ puts: [put('a', 0, 3)] }), 'committed')
    assert.deepEqual(await store().get('endedEarly', 'a'), { rev: 1, doc: { at: 3 } })
  })

  it('commits a batch of nothing', async () => {
    assert.equal(await store().commit({}), 'committed')
  })

  it('lets one of 25 claim a document at the same time', async () => {
    for (let contest = 0; contest < 20; contest += 1) {
      const claims = [...Array(25).keys()].map((claimer) =>
        store().commit({ puts: [put(`call ${contest}`, 0, claimer)] }),
      )
      const answers = await Promise.all(claims)
      const kept = await store().get('endedEarly', `call ${contest}`)
      assert.equal(answers.filter((answer) => answer === 'committed').length, 1)
      assert.equal(kept?.doc.at, answers.indexOf('committed'))
    }
  })

  it('adds up when 25 change one document at once and ask again after each conflict', async () => {
    await Promise.all([...Array(25).keys()].map(() => increase(store(), 'sum')))
    assert.deepEqual(await store().get('endedEarly', 'sum'), { rev: 25, doc: { at: 25 } })
  })

  it('leaves nothing of a refused batch', async () => {
    const ran: string[] = []
    await store().start({
      onTimer: ({ key }) => Promise.resolve({}).finally(() => ran.push(key)),
      onEffect: ({ work }) => Promise.resolve({ is: 'done' as const }).finally(() => ran.push(work.id)),
    })
    await store().commit({ puts: [put('a', 0)] })
    const refused: Batch = {
      puts: [put('b', 0), put('a', 0)],
      memberships: [{ change: 'join', owner: 'ann', member: 'bo' }],
      setTimers: [timer('refused timer', 0)],
      effects: [effect('lane', 'refused effect')],
      history: [row('c', 1000, ['ann'])],
    }
    assert.equal(await store().commit(refused), 'conflict')
    await store().commit({ setTimers: [timer('timer', 0)], effects: [effect('lane', 'effect')] })
    await until('the kept timer and effect run', () => ran.length >= 2)
    assert.deepEqual(ran.sort(), ['effect', 'timer'])
    assert.equal(await store().get('endedEarly', 'b'), null)
    assert.deepEqual(await store().groupsOf('bo'), [])
    assert.deepEqual(await store().history({ person: 'ann', limit: 9 }), [])
  })

  it('does not cancel the timers that a refused batch would have cancelled', async () => {
    const fired: string[] = []
    await store().commit({ puts: [put('a', 0)], setTimers: [timer('t', 0)] })
    assert.equal(await store().commit({ puts: [put('a', 0)], cancelTimers: ['t'] }), 'conflict')
    await store().start({
      ...idleHandlers,
      onTimer: ({ key }) => Promise.resolve({}).finally(() => fired.push(key)),
    })
    await until('the timer fires', () => fired.length > 0)
  })

  it('keeps everything over a restart', async () => {
    await store().commit({
      puts: [put('a', 0, 1), put('b', 0, 2)],
      memberships: [{ change: 'join', owner: 'ann', member: 'bo' }],
      history: [row('c', Date.now(), ['ann'])],
    })
    await store().commit({ puts: [put('a', 1, 3), removal('b', 1)] })
    await reopen()
    assert.deepEqual(await store().get('endedEarly', 'a'), { rev: 2, doc: { at: 3 } })
    assert.equal(await store().get('endedEarly', 'b'), null)
    assert.deepEqual(await store().groupsOf('bo'), ['ann'])
    assert.equal((await store().history({ person: 'ann', limit: 9 })).length, 1)
    assert.equal(await store().commit({ puts: [put('a', 2)] }), 'committed')
  })

  it('tells the owners of the groups a member is in, sorted', async () => {
    const change = (what: 'join' | 'leave', owner: string, member: string) => ({
      change: what,
      owner,
      member,
    })
    await store().commit({
      memberships: [change('join', 'di', 'bo'), change('join', 'ann', 'bo'), change('join', 'ann', 'cy')],
    })
    await store().commit({ memberships: [change('join', 'ann', 'bo')] })
    assert.deepEqual(await store().groupsOf('bo'), ['ann', 'di'])
    await store().commit({ memberships: [change('leave', 'ann', 'bo'), change('join', 'cy', 'bo')] })
    assert.deepEqual(await store().groupsOf('bo'), ['cy', 'di'])
    assert.deepEqual(await store().groupsOf('cy'), ['ann'])
    await store().commit({ memberships: [change('leave', 'ann', 'cy'), change('leave', 'ann', 'nobody')] })
    await reopen()
    assert.deepEqual(await store().groupsOf('bo'), ['cy', 'di'])
    assert.deepEqual(await store().groupsOf('cy'), [])
  })

  it('reads a document back as it was, however it is changed outside', async () => {
    const people = ['Bo', 'Zoë \u{1F600}', '"\\\n\u0007']
    await store().commit({ puts: [{ kind: 'named', id: 'n', expect: 0, doc: { people } }] })
    people.push('nobody')
    const read = await store().get('named', 'n')
    tryTo(() => Object.assign(read?.doc ?? {}, { people: [] }))
    tryTo(() => Object.assign(read?.doc.people ?? [], { 0: 'somebody else' }))
    const kept = { rev: 1, doc: { people: people.slice(0, 3) } }
    assert.deepEqual(await store().get('named', 'n'), kept)
    await reopen()
    assert.deepEqual(await store().get('named', 'n'), kept)
  })

  for (const [name, id] of hostileIds) {
    it(`takes ${name} for an id like any other`, async () => {
      const ordinary: Put = { kind: 'alias', id: 'ordinary', expect: 0, doc: { person: 'p' } }
      await store().commit({ puts: [ordinary] })
      assert.equal(await store().get('endedEarly', id), null)
      assert.deepEqual(await store().groupsOf(id), [])
      await store().commit({
        puts: [put(id, 0, 4)],
        memberships: [{ change: 'join', owner: id, member: id }],
        history: [row(id, Date.now(), [id])],
      })
      await reopen()
      assert.deepEqual(await store().get('endedEarly', id), { rev: 1, doc: { at: 4 } })
      assert.deepEqual(await store().groupsOf(id), [id])
      assert.equal((await store().history({ person: id, limit: 1 }))[0]?.call, id)
      assert.deepEqual(await store().get('alias', 'ordinary'), { rev: 1, doc: { person: 'p' } })
      assert.deepEqual(await store().groupsOf('ordinary'), [])
    })
  }
}

const hostileIds = [
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['a path', '../../etc/passwd'],
  ['512 characters', 'x'.repeat(512)],
  ['a NUL', 'a\u0000b'],
  ['a newline and quotes', 'a\n"b\'; --'],
  ['blanks', ' a  b '],
  ['every plane of Unicode', 'ä\u202eאب漢\u{1F600}'],
] as const

async function increase(store: Store, id: string): Promise<void> {
  for (;;) {
    const kept = await store.get('endedEarly', id)
    const batch = { puts: [put(id, kept?.rev ?? 0, (kept?.doc.at ?? 0) + 1)] }
    if ((await store.commit(batch)) === 'committed') return
  }
}

/** A store may hand out frozen documents: changing them is then refused rather than without effect. */
function tryTo(change: () => void): void {
  try {
    change()
  } catch (error) {
    assert.ok(error instanceof TypeError)
  }
}
