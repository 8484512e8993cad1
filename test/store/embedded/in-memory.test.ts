import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Fifo } from '../../../src/store/embedded/fifo.ts'
import { History } from '../../../src/store/embedded/history.ts'
import { checkedLine, checkedLines } from '../../../src/store/embedded/checked-line.ts'
import { Soonest } from '../../../src/store/embedded/soonest.ts'
import { row } from '../batches.ts'

describe('what the embedded store holds in memory', () => {
  it('gives the soonest first, whatever order they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(50))), (steps) => {
        const soonest = new Soonest<{ at: number }>()
        let model: number[] = []
        for (const at of steps) {
          if (at === null) assert.equal(soonest.take()?.at, model.shift())
          else soonest.add({ at })
          if (at !== null) model = [...model, at].sort((one, other) => one - other)
          assert.equal(soonest.peek()?.at, model[0])
          assert.equal(soonest.size, model.length)
        }
      }),
    )
  })

  it('gives the first in first out', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat())), (steps) => {
        const fifo = new Fifo<number>()
        const model: number[] = []
        for (const step of steps) {
          if (step === null) assert.equal(fifo.take(), model.shift())
          else {
            fifo.add(step)
            model.push(step)
          }
          assert.equal(fifo.peek(), model[0])
          assert.equal(fifo.size, model.length)
        }
      }),
    )
  })

  it('keeps each person’s calls by time, whatever is added, taken back or forgotten', () => {
    const step = fc.oneof(
      fc.record({ add: fc.nat(9), at: fc.nat(20), people: fc.subarray(['ann', 'bo', 'cy']) }),
      fc.record({ remove: fc.nat(9) }),
      fc.record({ dropBefore: fc.nat(20) }),
    )
    fc.assert(
      fc.property(fc.array(step), fc.nat(20), fc.nat(5), (steps, before, limit) => {
        const history = new History()
        const model = new Map<number, ReturnType<typeof row>>()
        for (const one of steps) {
          if ('add' in one) {
            const added = row(`${one.add}`, one.at, one.people)
            history.add({ number: one.add, row: added })
            if (!model.has(one.add)) model.set(one.add, added)
          } else if ('remove' in one) {
            history.remove(one.remove)
            model.delete(one.remove)
          } else {
            history.dropBefore(one.dropBefore)
            for (const [number, { at }] of model) if (at < one.dropBefore) model.delete(number)
          }
        }
        for (const person of ['ann', 'bo', 'cy']) {
          const theirs = [...model.values()].filter(
            ({ at, people }) => at < before && people.includes(person),
          )
          const times = theirs.map(({ at }) => at).sort((one, other) => other - one)
          const page = history.page({ person, before, limit })
          assert.deepEqual(
            page.map(({ at }) => at),
            times.slice(0, limit),
          )
          assert.ok(page.every((one) => theirs.includes(one)))
        }
      }),
    )
  })

  it('reads back the lines it wrote, and notices any single byte that changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { minLength: 1 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (values, at, change) => {
          const texts = values.map((value) => JSON.stringify(value))
          const bytes = Buffer.concat(texts.map(checkedLine))
          const read = [...checkedLines(bytes)].map((line) =>
            line.is === 'whole' ? JSON.stringify(line.value) : 'damaged',
          )
          assert.deepEqual(read, texts)
          const place = at % bytes.length
          bytes[place] = (bytes[place] ?? 0) ^ change
          assert.ok([...checkedLines(bytes)].some(({ is }) => is === 'damaged'))
        },
      ),
    )
  })
})
