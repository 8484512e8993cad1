/** Who is to be looked up before all others, and who gets another turn later. */
import { type PersonId } from '../core/person.ts'

/** Somebody who could not be looked up this often waits for the next round. */
const mostTries = 3

export class Turns {
  readonly #first = new Set<PersonId>()
  readonly #later = new Set<PersonId>()
  /** How often somebody was looked up in vain. */
  readonly #tries = new Map<PersonId, number>()

  /** How many wait to be looked up first. */
  get waiting(): number {
    return this.#first.size
  }

  first(id: PersonId): void {
    this.#first.add(id)
  }

  next(): PersonId | null {
    const [id = null] = this.#first
    if (id !== null) this.#first.delete(id)
    return id
  }

  /** Somebody was looked up in vain. True when they are the first who get another turn: see to it that it comes. */
  putOff(id: PersonId): boolean {
    const tries = (this.#tries.get(id) ?? 0) + 1
    this.#tries.set(id, tries)
    if (tries >= mostTries) return false
    this.#later.add(id)
    return this.#later.size === 1
  }

  /** The turn of those who were put off has come. */
  again(): void {
    for (const id of this.#later) this.#first.add(id)
    this.#later.clear()
  }

  found(id: PersonId): void {
    this.#tries.delete(id)
    this.#later.delete(id)
  }

  /** Everybody has all their tries again. */
  newRound(): void {
    this.#tries.clear()
  }

  clear(): void {
    this.#first.clear()
    this.#later.clear()
  }
}
