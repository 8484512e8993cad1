import assert from 'node:assert/strict'
import fc from 'fast-check'
import { SortedIds } from '../../../src/store/embedded/sorted-ids.ts'

describe('Sorted ids', () => {
  it('are at any time as a list that was just sorted', () => {
    const id = fc.constantFrom('', 'a', 'b', 'bo', 'Bo', 'ä', 'z', '29:1', '𝒳')
    const change = fc.record({ comes: fc.boolean(), id })
    fc.assert(
      fc.property(fc.uniqueArray(id), fc.array(change), id, fc.nat(5), (first, changes, after, most) => {
        const sorted = new SortedIds(first)
        const plain = new Set(first)
        for (const { comes, id: one } of changes) {
          if (comes) {
            sorted.add(one)
            plain.add(one)
          } else {
            sorted.remove(one)
            plain.delete(one)
          }
        }
        const expected = [...plain].sort().filter((one) => one > after)
        assert.deepEqual(sorted.after(after, most), expected.slice(0, most))
      }),
    )
  })
})
