import assert from 'node:assert/strict'
import { type Archive, type Held, perPiece, type Piece } from '../../src/store/archive.ts'
import { digestOf, thingsIn } from '../../src/store/digest.ts'
import { type Place } from '../../src/store/documents.ts'
import { until } from '../until.ts'
import { effect, put, row, timer } from './batches.ts'
import { type Subject } from './conformance.ts'
import { idleHandlers } from './handlers.ts'

/** Being read out whole, and taking in what another store kept. */
export function describeArchive({ store, archive, reopen }: Subject): void {
  const later = Date.now() + 1e9
  const fill = () =>
    store().commit({
      puts: [
        put('a', 0, 1),
        put('odd \0\u{1F600}\uD800', 0, 2),
        { kind: 'alias', id: 'b', expect: 0, doc: { person: 'ann' } },
      ],
      memberships: [
        { change: 'join', owner: 'ann', member: 'bo' },
        { change: 'join', owner: 'ann', member: 'cy' },
      ],
      setTimers: [timer('soon', later), { ...timer('within', later + 1), within: 1e9 }],
      effects: [effect('lane', 'first', 0), effect('lane', 'second', 2)],
      history: [row('call', Date.now(), ['ann', 'bo'])],
      audit: [{ at: Date.now(), about: 'ann', by: null, door: 'http', parts: [] }],
    })

  it('counts all that is kept, and reads it out whole', async () => {
    await fill()
    await store().commit({ puts: [put('a', 1, 7)] })
    const counts = { documents: 3, memberships: 2, timers: 2, effects: 2, history: 1, audit: 1 }
    assert.deepEqual(await archive().counts(), counts)
    const pieces = await piecesOf(archive(), null)
    assert.equal(pieces.flatMap(({ held }) => thingsIn(held)).length, 11)
    const puts = pieces.flatMap(({ held }) => held.puts ?? [])
    assert.deepEqual(
      puts.find(({ id }) => id === 'a'),
      { kind: 'endedEarly', id: 'a', rev: 2, doc: { at: 7 } },
    )
    assert.ok(puts.some(({ id }) => id === 'odd \0\u{1F600}\uD800'))
  })

  it('leaves marks of moves out', async () => {
    await store().commit({ puts: [{ kind: 'move', id: 'out', expect: 0, doc: { id: 'x', at: 1 } }] })
    assert.equal((await archive().counts()).documents, 0)
    assert.deepEqual(await piecesOf(archive(), null), [])
  })

  it('goes on reading after any piece', async () => {
    await store().commit({
      puts: Array.from({ length: perPiece + 20 }, (_, number) => put(`document ${number}`, 0)),
      history: Array.from({ length: perPiece + 20 }, (_, number) =>
        row(`call ${number}`, 1e12 + (number % 7), ['ann']),
      ),
      effects: Array.from({ length: perPiece + 20 }, (_, number) =>
        effect(`lane ${number % 3}`, `${number}`),
      ),
    })
    const all = await piecesOf(archive(), null)
    assert.deepEqual(
      all.map(({ place }) => place.section),
      ['documents', 'documents', 'effects', 'effects', 'history', 'history'],
    )
    for (const [index, { place }] of all.entries())
      assert.deepEqual(await piecesOf(archive(), place), all.slice(index + 1))
  })

  it('takes in what another kept, once however often', async () => {
    const held: Held = {
      puts: [{ kind: 'endedEarly', id: 'old', rev: 7, doc: { at: 3 } }],
      memberships: [{ change: 'join', owner: 'ann', member: 'bo' }],
      setTimers: [timer('soon', later)],
      effects: [{ number: 41, effect: effect('lane', 'old') }],
      history: [{ number: 42, row: row('call', Date.now(), ['ann', 'bo']) }],
      audit: [{ number: 43, row: { at: Date.now(), about: 'ann', by: 'ann', door: 'chat', parts: [] } }],
    }
    await archive().restore(held)
    await archive().restore(held)
    const first = await digestOf(archive(), () => undefined)
    await reopen()
    await archive().restore(held)
    assert.deepEqual(await digestOf(archive(), () => undefined), first)
    assert.deepEqual(await store().get('endedEarly', 'old'), { rev: 7, doc: { at: 3 } })
    assert.deepEqual(await store().groupsOf('bo'), ['ann'])
    assert.equal((await store().history({ person: 'bo', limit: 9 })).length, 1)
    assert.deepEqual(
      (await store().audit({ about: 'ann', limit: 9 })).map(({ number }) => number),
      [43],
    )
    assert.equal(await store().commit({ puts: [put('old', 6)] }), 'conflict')
    assert.equal(await store().commit({ puts: [put('old', 7)] }), 'committed')
  })

  it('does what it took in, in order, and before what comes later', async () => {
    const done: string[] = []
    const fired: string[] = []
    await archive().restore({
      setTimers: [timer('overdue', 1)],
      effects: [
        { number: 70, effect: effect('lane', 'second') },
        { number: 60, effect: effect('lane', 'first') },
      ],
      audit: [{ number: 900, row: { at: Date.now(), about: 'ann', by: null, door: 'http', parts: [] } }],
    })
    await reopen()
    await store().commit({
      effects: [effect('lane', 'third')],
      audit: [{ at: Date.now(), about: 'ann', by: null, door: 'http', parts: [] }],
    })
    const [newest] = await store().audit({ limit: 1 })
    assert.ok((newest?.number ?? 0) > 900)
    await store().start({
      ...idleHandlers,
      onTimer: (one) => {
        fired.push(one.key)
        return Promise.resolve({})
      },
      onEffect: ({ work }) => {
        done.push(work.id)
        return Promise.resolve({ is: 'done' })
      },
    })
    await until('all is done', () => done.length === 3 && fired.length === 1)
    assert.deepEqual(done, ['first', 'second', 'third'])
  })
}

async function piecesOf(archive: Archive, after: Place | null): Promise<readonly Piece[]> {
  const pieces: Piece[] = []
  for await (const piece of archive.pieces(after)) pieces.push(piece)
  return pieces
}
