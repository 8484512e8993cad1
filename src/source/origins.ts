/**
 * Who may be given an order now: a telephone system that does not answer must not hold up another, nor the cards. Four
 * orders at once go to one system and eight to all. Of these, four may go to systems that were never asked, and two to
 * those that failed last time: each of them is left alone for a while, longer every time, and then tried with one order.
 */

/** Somebody may go now, and says afterwards whether they were answered; or has to come again after some milliseconds. */
export type Entry =
  | { readonly is: 'free'; readonly leave: (wasAnswered: boolean) => void }
  | { readonly is: 'later'; readonly afterMs: number }

type Standing = 'well' | 'unknown' | 'failing'
type Origin = { standing: Standing; underWay: number; failures: number; restsUntil: number }

/** Half of what is done at once: the other half is free for cards, whatever telephone systems do. */
const mostAtOnce = 8
const mostOf: Readonly<Record<Standing, number>> = { well: mostAtOnce, unknown: 4, failing: 2 }
const mostPerOrigin: Readonly<Record<Standing, number>> = { well: 4, unknown: 4, failing: 1 }
const firstRestMs = 500
const longestRestMs = 10_000
/** Whoever finds no place comes again after this; later where many do. */
const crowdedMs = 250
const perOriginMs = 5
/** Of more systems than this the one that was asked longest ago is forgotten. */
const mostRemembered = 10_000

export class Origins {
  readonly #now: () => number
  readonly #random: () => number
  readonly #origins = new Map<string, Origin>()
  readonly #underWay: Record<Standing, number> = { well: 0, unknown: 0, failing: 0 }

  /** `random` is 0 to 1. */
  constructor(now: () => number, random: () => number) {
    this.#now = now
    this.#random = random
  }

  /** Asks for a place for one order to this origin. */
  enter(name: string): Entry {
    const origin = this.#origin(name)
    const restMs = origin.restsUntil - this.#now()
    if (restMs > 0) return this.#later(restMs)
    const { standing, underWay } = origin
    const { well, unknown, failing } = this.#underWay
    const isFree = underWay < mostPerOrigin[standing] && this.#underWay[standing] < mostOf[standing]
    return isFree && well + unknown + failing < mostAtOnce
      ? { is: 'free', leave: this.#go(origin) }
      : this.#later(Math.min(longestRestMs, crowdedMs + perOriginMs * this.#origins.size))
  }

  #go(origin: Origin): (wasAnswered: boolean) => void {
    const { standing } = origin
    origin.underWay += 1
    this.#underWay[standing] += 1
    return (wasAnswered) => {
      origin.underWay -= 1
      this.#underWay[standing] -= 1
      origin.standing = wasAnswered ? 'well' : 'failing'
      origin.failures = wasAnswered ? 0 : origin.failures + 1
      const restMs = Math.min(longestRestMs, firstRestMs * 2 ** (origin.failures - 1))
      origin.restsUntil = wasAnswered ? 0 : this.#now() + restMs
    }
  }

  /** So that those who wait for the same do not all come at once. */
  #later(ms: number): Entry {
    return { is: 'later', afterMs: Math.ceil(ms * (1 + this.#random() / 2)) }
  }

  #origin(name: string): Origin {
    const known = this.#origins.get(name)
    const origin = known ?? { standing: 'unknown', underWay: 0, failures: 0, restsUntil: 0 }
    this.#origins.delete(name)
    this.#origins.set(name, origin)
    if (this.#origins.size > mostRemembered) this.#forgetOldest()
    return origin
  }

  #forgetOldest(): void {
    for (const [name, { underWay }] of this.#origins) {
      if (underWay > 0) continue
      this.#origins.delete(name)
      return
    }
  }
}
