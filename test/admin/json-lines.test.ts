import assert from 'node:assert/strict'
import fc from 'fast-check'
import { answerLines, linesIn } from '../../src/admin/json-lines.ts'

describe('JSON lines', () => {
  it('are the same lines wherever the text was cut on its way', async () => {
    const anyLine = fc.string().map((text) => JSON.stringify({ text: `${text}\u2028` }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyLine),
        fc.constantFrom('\n', '\r\n', '\n\n'),
        fc.nat(20),
        async (lines, end, size) => {
          assert.deepEqual(await linesOf(cut(lines.join(end), size + 1)), lines)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('may begin with a byte order mark and end with or without a line end', async () => {
    assert.deepEqual(await linesOf(['', '\uFEFF{}\n', '[]\n']), ['{}', '[]'])
    assert.deepEqual(await linesOf(['\uFEFF{}\n[]']), ['{}', '[]'])
  })

  it('get one answer each, in order, as soon as the line is complete', async () => {
    let failures = 0
    let taken = 0
    const chunks = inTurn(['one\n \nbad\ntw', 'o\n'], () => (taken += 1))
    const answer = (line: string) => (line === 'bad' ? { error: line } : { line })
    const answers = answerLines(chunks, answer, () => (failures += 1))
    assert.equal((await answers.next()).value, '{"line":"one"}\n{"error":"bad"}\n')
    assert.deepEqual(
      { failures, taken },
      { failures: 1, taken: 1 },
      'Nothing is read ahead of whoever reads the answers.',
    )
    assert.equal((await answers.next()).value, '{"line":"two"}\n')
    assert.equal((await answers.next()).done, true)
  })
})

async function linesOf(chunks: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const some of linesIn(inTurn(chunks))) lines.push(...some)
  return lines
}

async function* inTurn(chunks: readonly string[], onTaken = () => 0): AsyncGenerator<string> {
  for (const chunk of chunks) {
    onTaken()
    yield await Promise.resolve(chunk)
  }
}

function cut(text: string, size: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  )
}
