/** Tells the database what was done and which lanes were left, everything that waits at once, one telling at a time. */
import { type EffectRow, type EffectTable, type Leaving } from './effect-table.ts'

/** Told which lanes were left, and what more there is in them. */
type Ended<Lane> = (lanes: readonly Lane[], more: readonly EffectRow[]) => void

export class EffectEnds<Lane extends { readonly name: string }> {
  readonly #table: EffectTable
  readonly #ended: Ended<Lane>
  readonly #done = new Set<number>()
  #left = new Map<Lane, Leaving>()
  /** Those the database is being told of. */
  #told = new Set<Lane>()
  #telling: Promise<void> | null = null

  constructor(table: EffectTable, ended: Ended<Lane>) {
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

  leave(lane: Lane, how: Leaving): void {
    this.#left.set(lane, how)
  }

  /** Somebody has taken it since it was left: nothing more is to be told of it. */
  forget(lane: Lane): void {
    this.#left.delete(lane)
    this.#told.delete(lane)
  }

  /** Whether a lane was left and the database may not know it yet. */
  isLeft(lane: Lane): boolean {
    return this.#left.has(lane) || this.#told.has(lane)
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
    this.#told = new Set(left.keys())
    try {
      const more = await this.#table.end(done, new Map([...left].map(([{ name }, how]) => [name, how])))
      for (const number of done) this.#done.delete(number)
      this.#told = new Set()
      this.#ended([...left.keys()], more)
    } catch (error) {
      // They stay in our hands until it could be told: nobody else knows what was done.
      for (const [lane, how] of left) if (this.#told.has(lane)) this.#left.set(lane, how)
      this.#told = new Set()
      throw error
    }
  }
}
