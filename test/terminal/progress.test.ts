import assert from 'node:assert/strict'
import { Progress } from '../../src/terminal/progress.ts'

describe('The progress of a long command', () => {
  const shown = (isTTY: boolean) => {
    const written: string[] = []
    const progress = new Progress({ isTTY, write: (text) => written.push(text) })
    progress.show(0, 10_000)
    progress.show(5000, 10_000)
    progress.show(0, 0)
    progress.clear()
    return written
  }

  it('is one line that is drawn over, and taken away in the end', () => {
    const [first = '', half = '', none = '', end = ''] = shown(true)
    assert.match(first, /^\r░{30} 0 of 10,000 $/u)
    assert.match(half, /^\r█{15}░{15} 5,000 of 10,000 $/u)
    assert.match(none, /^\r█{30} 0 of 0 $/u)
    assert.match(end, /^\r +\r$/u)
    assert.ok(end.length - 2 >= half.length)
  })

  it('is not written into a file', () => {
    assert.deepEqual(shown(false), [])
  })
})
