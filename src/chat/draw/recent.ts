/** What was worked out for the keys of late, so that what is asked again and again costs once. */
export class Recent<T> {
  readonly #most: number
  readonly #known = new Map<string, T>()

  /** Keeps so many answers; a new one takes the place of the oldest. */
  constructor(most: number) {
    this.#most = most
  }

  /** The answer kept for this key, or else the one that `make` gives. */
  of(key: string, make: () => T): T {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = make()
    const [oldest] = this.#known.keys()
    if (oldest !== undefined && this.#known.size >= this.#most) this.#known.delete(oldest)
    this.#known.set(key, made)
    return made
  }
}
