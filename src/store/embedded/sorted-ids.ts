/** Ids in the order of their letters: each comes and goes at its place, so that a list need never be sorted anew. */
import { firstThat } from './first-that.ts'

export class SortedIds {
  readonly #ids: string[]

  constructor(ids: Iterable<string>) {
    this.#ids = [...ids].sort()
  }

  /** Adding what is there already changes nothing. */
  add(id: string): void {
    const place = this.#placeOf(id)
    if (this.#ids[place] !== id) this.#ids.splice(place, 0, id)
  }

  remove(id: string): void {
    const place = this.#placeOf(id)
    if (this.#ids[place] === id) this.#ids.splice(place, 1)
  }

  /** Those that come after this one, so many at most. */
  after(id: string, most: number): readonly string[] {
    const place = this.#placeOf(id)
    const first = this.#ids[place] === id ? place + 1 : place
    return this.#ids.slice(first, first + most)
  }

  /** Where an id is, or would be. */
  #placeOf(id: string): number {
    return firstThat(this.#ids, (other) => other >= id)
  }
}
