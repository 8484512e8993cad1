import assert from 'node:assert/strict'
import { type Held, perPiece } from '../../src/store/archive.ts'
import { digestOf } from '../../src/store/digest.ts'
import { type EmbeddedStore } from '../../src/store/embedded/embedded-store.ts'
import { moveAll, type MoveParts, type Side } from '../../src/store/move.ts'
import { checkNotMoved, StoreMoved } from '../../src/store/moved.ts'
import { type Batch } from '../../src/store/store.ts'
import { effect, put, row, timer } from './batches.ts'
import { openOn } from './embedded/kept.ts'
import { PretendDisk } from './embedded/pretend-disk.ts'

describe('Moving everything from one store to another', () => {
  let disks: readonly [PretendDisk, PretendDisk]
  let stores: readonly [EmbeddedStore, EmbeddedStore]
  const open = async () => {
    stores = [await openOn(disks[0]), await openOn(disks[1])]
  }
  const fill = async () => {
    await stores[0].commit(aBitOfEverything)
    await stores[0].commit({ puts: [put('twice', 1, 2)] })
  }
  const sides = (): readonly [Side, Side] => [
    { name: 'the old one', store: stores[0], archive: stores[0].archive },
    { name: 'the new one', store: stores[1], archive: stores[1].archive },
  ]
  const parts = (more: Partial<MoveParts> = {}): MoveParts => {
    const [from, to] = sides()
    let ids = 0
    return { from, to, now: () => 1, newId: () => `move ${ids++}`, onProgress: () => undefined, ...more }
  }
  beforeEach(async () => {
    disks = [new PretendDisk(), new PretendDisk()]
    await open()
    await fill()
  })
  afterEach(async () => {
    for (const store of stores) await store.close()
  })

  /** Both are killed, and opened again. */
  const restart = async () => {
    for (const disk of disks) disk.cutPower('half')
    await open()
  }
  /** The new side takes in so many pieces and then fails, or `garble`s the one after them. */
  const failing = (pieces: number, garble?: (held: Held) => Held): Side => {
    const [, to] = sides()
    let left = pieces
    const restore = (held: Held) => {
      left -= 1
      if (left >= 0) return to.archive.restore(held)
      return garble ? to.archive.restore(garble(held)) : Promise.reject(new Error('cut off'))
    }
    const { archive } = to
    return {
      ...to,
      archive: {
        restore,
        counts: () => archive.counts(),
        pieces: (after) => archive.pieces(after),
        isShared: () => archive.isShared(),
      },
    }
  }
  const refusedAs = (code: StoreMoved['code'], words: RegExp) => (error: unknown) => {
    assert.ok(error instanceof StoreMoved, String(error))
    assert.equal(error.code, code)
    assert.match(error.message, words)
    return true
  }

  it('moves all of it, tells how far it is, and lets nobody work on the old side any more', async () => {
    const told: string[] = []
    const { before, counts } = await moveAll(
      parts({ onProgress: (step, done, of) => told.push(`${step} ${done} of ${of}`) }),
    )
    const total = perPiece + 8
    assert.deepEqual([before, counts.documents, counts.effects], [0, perPiece + 1, 2])
    assert.deepEqual([told[0], told.at(-1)], [`copy 0 of ${total}`, `compare ${2 * total} of ${2 * total}`])
    assert.ok(told.includes(`copy ${perPiece} of ${total}`))
    await restart()
    const [old, now] = await Promise.all(stores.map((store) => digestOf(store.archive, () => undefined)))
    assert.deepEqual(now, old)
    assert.deepEqual(await stores[1].get('endedEarly', 'twice'), { rev: 2, doc: { at: 2 } })
    assert.equal((await stores[1].history({ person: 'bo', limit: 9 }))[0]?.call, 'call')
    await checkNotMoved(stores[1], 'the new one')
    await assert.rejects(
      checkNotMoved(stores[0], 'the old one'),
      refusedAs('gone', /^Everything in the old one was moved/u),
    )
    await assert.rejects(moveAll(parts()), refusedAs('gone', /lives on there/u))
  })

  /** How many things have come after each of the seven pieces. */
  const after = [0, perPiece, ...[1, 2, 3, 5, 6].map((more) => perPiece + more)]
  for (const [pieces, things] of after.entries()) {
    it(`goes on when it was broken off after ${pieces} pieces, and lets nobody work on what is half there`, async () => {
      await assert.rejects(moveAll(parts({ to: failing(pieces) })), /cut off/u)
      await restart()
      await assert.rejects(
        checkNotMoved(stores[1], 'the new one'),
        refusedAs('halfHere', /^The new one is half filled/u),
      )
      const copied: number[] = []
      const { before } = await moveAll(
        parts({
          onProgress: (step, done) => {
            if (step === 'copy') copied.push(done)
          },
        }),
      )
      assert.deepEqual([before, copied], [things, [...after.slice(pieces), perPiece + 8]])
      await checkNotMoved(stores[1], 'the new one')
      await assert.rejects(checkNotMoved(stores[0], ''), refusedAs('gone', /moved elsewhere/u))
    })
  }

  it('ends a move that was killed when the old side was given up and the new one not yet taken', async () => {
    const { to, ...rest } = parts()
    const store = Object.assign(Object.create(to.store) as EmbeddedStore, {
      get: to.store.get.bind(to.store),
      commit: (batch: Batch) =>
        batch.puts?.[0]?.doc === null ? Promise.reject(new Error('cut off')) : to.store.commit(batch),
    })
    await assert.rejects(moveAll({ ...rest, to: { ...to, store } }), /cut off/u)
    await restart()
    await assert.rejects(checkNotMoved(stores[0], ''), refusedAs('gone', /moved/u))
    await assert.rejects(checkNotMoved(stores[1], ''), refusedAs('halfHere', /half/u))
    await moveAll(parts())
    await checkNotMoved(stores[1], '')
  })

  it('says what differs when something came otherwise than it left, and gives nothing up', async () => {
    const without = ({ history: _, ...rest }: Held): Held => rest
    await assert.rejects(
      moveAll(parts({ to: failing(5, without) })),
      refusedAs(
        'differs',
        /^The new one is not the same as the old one: history \(1 there, 0 came\)\. Nothing was given up/u,
      ),
    )
    await checkNotMoved(stores[0], 'the old one')
  })

  it('notices a single letter', async () => {
    const other = (held: Held): Held => ({
      ...held,
      setTimers: held.setTimers?.map((one) => ({ ...one, event: { ...one.event, id: 'Soon' } })),
    })
    await assert.rejects(
      moveAll(parts({ to: failing(3, other) })),
      refusedAs('differs', /timers \(1 there, 1 came\)/u),
    )
  })

  it('does not go on with a move when somebody worked on the old side in between', async () => {
    await assert.rejects(moveAll(parts({ to: failing(1) })), /cut off/u)
    await checkNotMoved(stores[0], 'the old one')
    await stores[0].commit({ puts: [put('new', 0)] })
    await assert.rejects(
      moveAll(parts({ newId: () => 'another' })),
      refusedAs('notEmpty', /a part of another move/u),
    )
  })

  it('refuses what it cannot do without loss', async () => {
    const [from, to] = sides()
    const inUse = (side: Side): Side => ({
      ...side,
      archive: Object.assign(Object.create(side.archive) as Side['archive'], {
        isShared: () => Promise.resolve(true),
      }),
    })
    const rows: ReadonlyArray<readonly [Partial<MoveParts>, StoreMoved['code'], RegExp]> = [
      [{ from: inUse(from) }, 'sourceInUse', /^The old one is in use: .* Stop every instance/u],
      [{ to: inUse(to) }, 'targetInUse', /^The new one is in use/u],
      [{ from: to, to: from }, 'nothing', /^There is nothing in the new one/u],
    ]
    for (const [more, code, words] of rows) await assert.rejects(moveAll(parts(more)), refusedAs(code, words))
    await stores[1].commit({ setTimers: [timer('a', 9e12)] })
    await assert.rejects(moveAll(parts()), refusedAs('notEmpty', /^The new one holds something already/u))
    assert.equal((await stores[1].archive.counts()).documents, 0)
    await checkNotMoved(stores[0], '')
  })
})

const aBitOfEverything: Batch = {
  puts: [...Array.from({ length: perPiece }, (_, number) => put(`document ${number}`, 0)), put('twice', 0)],
  memberships: [{ change: 'join', owner: 'ann', member: 'bo' }],
  setTimers: [timer('soon', 9e12)],
  effects: [effect('lane', 'first'), effect('lane', 'second')],
  history: [row('call', Date.now(), ['ann', 'bo'])],
  audit: [
    { at: Date.now(), about: 'ann', by: null, door: 'http', parts: [] },
    { at: Date.now(), about: 'bo', by: 'ann', door: 'chat', parts: [] },
  ],
}
