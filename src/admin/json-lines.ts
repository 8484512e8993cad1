/** Questions as JSON lines: one answer per line, in order, a chunk at a time, however many there are. */

/** The lines of a text that arrives in chunks, as many at a time as a chunk completes. Empty lines are left out. */
export async function* linesIn(chunks: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let rest = ''
  for await (const chunk of chunks) {
    // Only the chunk is searched, not what is left of those before it: a long line would be read again and again.
    const end = chunk.lastIndexOf('\n')
    if (end < 0) {
      rest += chunk
      continue
    }
    yield withoutEmpty((rest + chunk.slice(0, end)).split('\n'))
    rest = chunk.slice(end + 1)
  }
  yield withoutEmpty([rest])
}

/** One JSON line for each line that comes in; tells of those that could not be read. */
export async function* answerLines(
  chunks: AsyncIterable<string>,
  answer: (line: string) => object,
  onFailure: () => void,
): AsyncGenerator<string> {
  for await (const lines of linesIn(chunks)) {
    const answers = lines.map(answer)
    if (answers.some((given) => 'error' in given)) onFailure()
    if (answers.length > 0) yield answers.map((given) => `${JSON.stringify(given)}\n`).join('')
  }
}

/** Trimming also takes away a byte order mark and the other half of a Windows line end. */
function withoutEmpty(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}
