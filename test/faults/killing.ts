/** Ends a process at the nth request that it makes, before or after that took effect, or after its answer. */

export const moments = ['before it is accepted', 'before its answer', 'after its answer'] as const
export type Moment = (typeof moments)[number]

/** What becomes of a request: its sender may die before it came, or before it was answered. */
export type Fate = 'never came' | 'never answered' | 'answered'

/** An answer needs a moment to be read before its reader may die; what lies in between, kill-at-steps tries. */
const readMs = 3

export class Killing {
  /** How many requests there were. */
  requests = 0
  readonly #at: number
  readonly #moment: Moment
  readonly #kill: () => void

  constructor(at: number, moment: Moment, kill: () => void) {
    this.#at = at
    this.#moment = moment
    this.#kill = kill
  }

  /** Takes notice of one more request, and does what has to be done to its sender. */
  next(): Fate {
    this.requests += 1
    if (this.requests !== this.#at) return 'answered'
    if (this.#moment === 'after its answer') {
      setTimeout(this.#kill, readMs)
      return 'answered'
    }
    this.#kill()
    return this.#moment === 'before its answer' ? 'never answered' : 'never came'
  }
}
