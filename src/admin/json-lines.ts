/** Questions as JSON lines: one answer per line, in order, a chunk at a time, however many there are. */

/** The lines of a text that arrives in chunks, as many at a time as a chunk completes. Empty lines are left out. */
export async function* linesIn(chunks: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let rest = ''
  let started = false
  for await (const chunk of chunks) {
    // Only the chunk is searched, not what is left of those before it: a long line would be read again and again.
    const text = started ? chunk : chunk.replace(/^\uFEFF/, '')
    started ||= chunk !== ''
    const end = text.lastIndexOf('\n')
    if (end < 0) {
      rest += text
      continue
    }
    yield withoutEmpty((rest + text.slice(0, end)).split('\n'))
    rest = text.slice(end + 1)
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

function withoutEmpty(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}
