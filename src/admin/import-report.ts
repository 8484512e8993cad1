/** What is to be said about the rows of an import: what was wrong, and what is worth knowing although nothing is. */

export type RowNote = {
  /** A problem: something was not kept. A warning: nothing is missing that the bot could keep. */
  readonly is: 'problem' | 'warning'
  readonly line: number
  readonly code: string
  readonly message: string
}

type Said = { readonly code: string; readonly message: string }

export class ImportReport {
  /** The lines that had a problem. */
  readonly lines = new Set<number>()
  /** The lines of which nothing is kept. */
  readonly refused = new Set<number>()
  readonly #warned = new Set<string>()
  #notes: RowNote[] = []

  /** A part of a row is not kept; the rest is. */
  problem(line: number, { code, message }: Said): null {
    this.lines.add(line)
    this.#notes.push({ is: 'problem', line, code, message })
    return null
  }

  /** Nothing of a row is kept. */
  refuse(line: number, said: Said): null {
    this.refused.add(line)
    return this.problem(line, said)
  }

  /** Said once, however many rows it is true of. */
  warn(line: number, message: string): void {
    if (this.#warned.has(message)) return
    this.#warned.add(message)
    this.#notes.push({ is: 'warning', line, code: 'W_NOT_KEPT', message })
  }

  /** What was said since this was asked before. */
  notes(): readonly RowNote[] {
    const notes = this.#notes
    this.#notes = []
    return notes
  }
}
