/** Answers the same request once: whoever repeats it within a minute gets the first answer, and nothing happens twice. */

/** Teams delivers again what was not answered within 15 seconds (msteams-docs issue 6084). */
const repeatedWithinMs = 60_000
/** An answer may hold a card of a few kilobytes. */
const mostRemembered = 4000

type Remembered<T> = { readonly at: number; readonly answer: Promise<T> }

export class Repeats<T> {
  readonly #now: () => number
  readonly #remembered = new Map<string, Remembered<T>>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Runs it, unless it ran under this name within the last minute. */
  answer(name: string, run: () => Promise<T>): Promise<T> {
    const at = this.#now()
    const known = this.#remembered.get(name)
    if (known && at - known.at < repeatedWithinMs) return known.answer
    this.#makeRoom(at)
    const answer = run()
    this.#remembered.delete(name)
    this.#remembered.set(name, { at, answer })
    return answer
  }

  /** Lets it run again under this name: what it was answered was to come back later. */
  forget(name: string): void {
    this.#remembered.delete(name)
  }

  #makeRoom(now: number): void {
    for (const [name, { at }] of this.#remembered) {
      if (now - at < repeatedWithinMs && this.#remembered.size < mostRemembered) break
      this.#remembered.delete(name)
    }
  }
}
