/** What commands print: results on standard output, words about them on the other. */

/** One result, laid out to be read. */
export function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

export function line(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Words for whoever watches; they are not part of the result. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Whoever reads our output may stop when they have seen enough, as `head` does. */
export function unlessNobodyReadsOn(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
}
