/** Tells the database what was done and which lanes were left, everything that waits at once, one telling at a time. */
import { type EffectRow, type LaneTable, type Leaving } from './lane-table.ts'

/** Told which lanes were left, and what more there is in them. */
type Ended = (names: readonly string[], more: readonly EffectRow[]) => void

export class Ending {
  readonly #table: LaneTable
  readonly #ended: Ended
  readonly #done = new Set<number>()
  #left = new Map<string, Leaving>()
  #telling: Promise<void> | null = null

  constructor(table: LaneTable, ended: Ended) {
    this.#table = table
    this.#ended = ended
  }

  /** Whether an effect was performed here, though the database does not know it yet. */
  isDone(number: number): boolean {
    return this.#done.has(number)
  }

  done(number: number): void {
    this.#done.add(number)
  }

  leave(name: string, how: Leaving): void {
    this.#left.set(name, how)
  }

  /** Resolves when everything so far was told. */
  async end(): Promise<void> {
    await this.#telling?.catch(() => undefined)
    if (this.#telling || (this.#done.size === 0 && this.#left.size === 0)) return this.#telling ?? undefined
    this.#telling = this.#tell().finally(() => (this.#telling = null))
    await this.#telling
  }

  async #tell(): Promise<void> {
    const done = [...this.#done]
    const left = this.#left
    this.#left = new Map()
    let more: readonly EffectRow[] = []
    try {
      more = await this.#table.end(done, left)
      for (const number of done) this.#done.delete(number)
    } finally {
      // When that failed, they are free once our hold on them is over.
      this.#ended([...left.keys()], more)
    }
  }
}
