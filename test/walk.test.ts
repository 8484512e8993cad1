/** How far a long walk goes before all else that waits has its turn. */
import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { every } from '../src/switchboard/every.ts'
import { foundOfEach, walksOn } from '../src/walk.ts'
import { seed } from './bench/people.ts'
import { type Ledger, openLedger } from './switchboard/ledger.ts'
import { TurnCounter } from './switchboard/turn-counter.ts'

/** A loop that turns by hand. */
class HandLoop {
  at = 0
  #waiting: Array<() => void> = []
  readonly now = () => this.at
  readonly afterOthers = (run: () => void) => void this.#waiting.push(run)

  /** One turn; what becomes possible by it is done before this resolves. */
  async turn(): Promise<void> {
    await nextTurn()
    for (const run of this.#waiting.splice(0)) run()
    await nextTurn()
  }
}

describe('A long walk', () => {
  it('begins when others had their turn, and goes no more than a hundred steps at once', async () => {
    const loop = new HandLoop()
    const seen: number[] = []
    const walking = seeing(walksOn(loop)(numbers(250)), seen)
    await nextTurn()
    assert.equal(seen.length, 0)
    for (const most of [100, 200, 250]) {
      await loop.turn()
      assert.equal(seen.length, most)
    }
    await walking
    assert.deepEqual(seen, numbers(250))
  })

  it('goes no further than five milliseconds, whatever its steps take', async () => {
    const loop = new HandLoop()
    const seen: number[] = []
    const walking = seeing(walksOn(loop)(numbers(30)), seen, () => (loop.at += 2))
    for (const most of [3, 6, 9]) {
      await loop.turn()
      assert.equal(seen.length, most)
    }
    while (seen.length < 30) await loop.turn()
    await walking
  })

  it('takes turns with others: in each turn of the loop one of them goes on, in the order they came', async () => {
    const loop = new HandLoop()
    const walk = walksOn(loop)
    const seen: string[] = []
    const walking = ['a', 'b', 'c'].map((name) =>
      seeing(walk(numbers(200).map(() => name)), seen, (one) => one),
    )
    for (const name of ['a', 'b', 'c', 'a', 'b', 'c']) {
      const before = seen.length
      await loop.turn()
      assert.deepEqual(new Set(seen.slice(before)), new Set([name]))
      assert.equal(seen.length, before + 100)
    }
    await loop.turn()
    await Promise.all(walking)
  })

  it('ends where whoever walks stops, and lets the others go on', async () => {
    const loop = new HandLoop()
    const walk = walksOn(loop)
    let isEnded = false
    const all = function* () {
      try {
        yield* numbers(10)
      } finally {
        isEnded = true
      }
    }
    const first = (async () => {
      for await (const one of walk(all())) if (one === 3) return one
      return null
    })()
    const seen: number[] = []
    const second = seeing(walk(numbers(5)), seen)
    await loop.turn()
    assert.equal(await first, 3)
    assert.ok(isEnded)
    await loop.turn()
    await second
    assert.deepEqual(seen, numbers(5))
  })

  it('fails as that fails which it goes through', async () => {
    const failing = async () => {
      for await (const one of walksOn({ now: () => 0, afterOthers: (run) => void setImmediate(run) })(
        broken(),
      ))
        assert.equal(one, 1)
    }
    await assert.rejects(failing, TypeError)
  })

  it('finds something of few at once, and of many piece by piece, in their order', async () => {
    const counter = new TurnCounter()
    const found = await counter.during(() =>
      foundOfEach(numbers(1000), (one) => {
        counter.step()
        return Promise.resolve(one * 2)
      }),
    )
    assert.deepEqual(
      found,
      numbers(1000).map((one) => one * 2),
    )
    assert.ok(counter.most <= 200, String(counter.most))
  })

  describe('through all that is kept', () => {
    let ledger: Ledger
    beforeEach(async () => {
      ledger = await openLedger()
      await seed(ledger.store, 1000, 5)
    })
    afterEach(() => ledger.close())

    it('lets others go first after every hundred documents', async () => {
      const counter = new TurnCounter()
      await counter.during(async () => {
        for await (const { id } of every(ledger.store, 'person')) {
          assert.ok(id !== '')
          counter.step()
        }
      })
      assert.equal(counter.steps, 1000)
      assert.ok(counter.most <= 100, `${counter.most} in one turn`)
    })

    it('has each as it is then: whoever comes behind is met, whoever went is not', async () => {
      const { store } = ledger
      const ids: string[] = []
      for await (const { id } of every(store, 'settings')) {
        ids.push(id)
        if (ids.length !== 1) continue
        const [gone] = await store.list('settings', {
          after: '00000000-0000-4000-8000-000000000899',
          limit: 1,
        })
        assert.ok(gone)
        const later = { kind: 'settings', id: 'zoe', expect: 0, doc: gone.doc } as const
        const removed = { kind: 'settings', id: gone.id, expect: gone.rev, doc: null } as const
        assert.equal(await store.commit({ puts: [later, removed] }), 'committed')
      }
      assert.deepEqual(
        [ids.length, ids.at(-1), ids.includes('00000000-0000-4000-8000-000000000900')],
        [1000, 'zoe', false],
      )
    })
  })
})

function numbers(count: number): readonly number[] {
  return [...Array(count).keys()]
}

function* broken(): Generator<number> {
  yield 1
  throw new TypeError('broken')
}

async function seeing<T>(walk: AsyncIterable<T>, seen: T[], onStep: (one: T) => unknown = () => null) {
  for await (const one of walk) {
    seen.push(one)
    onStep(one)
  }
}
