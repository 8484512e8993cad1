/** A clock that jumps from one thing to the next. What is due in the same moment happens in an order drawn from the seed. */
import { setImmediate } from 'node:timers/promises'
import { type Clock } from '../../src/clock.ts'
import { type Dice } from './dice.ts'

type Waiting = { readonly at: number; readonly luck: number; readonly run: () => void }

/** Turns that may pass between two things at most: from none, both at once, to enough for a commit. */
const mostTurns = 9
/** What is so near may come before a commit that is under way has ended: milliseconds. */
const shortMs = 20
/** Turns after which everything that was begun has come to its next wait. */
const quietTurns = 40

export class SeededClock implements Clock {
  readonly #dice: Dice
  /** The soonest is last. */
  readonly #waiting: Waiting[] = []
  readonly #quiet: () => Promise<void>
  #now = 1_700_000_000_000

  /** `quiet` resolves when everything that was begun has come to its next wait. */
  constructor(dice: Dice, quiet = () => turns(quietTurns)) {
    this.#dice = dice
    this.#quiet = quiet
  }

  now(): number {
    return this.#now
  }

  wall(): number {
    return this.now()
  }

  after(ms: number, run: () => void): () => void {
    const waiting = { at: this.#now + ms, luck: this.#dice.next(), run }
    const place = this.#waiting.findLastIndex((other) => isSooner(waiting, other))
    this.#waiting.splice(place + 1, 0, waiting)
    return () => {
      const index = this.#waiting.indexOf(waiting)
      if (index >= 0) this.#waiting.splice(index, 1)
    }
  }

  /** Moves on, running what becomes due at its time. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await this.#quiet()
    for (let next = await this.#take(end); next; next = await this.#take(end)) {
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await turns(this.#dice.below(mostTurns))
    }
    this.#now = end
  }

  /** What is due next; work under way is not passed over by a leap in time. */
  async #take(end: number): Promise<Waiting | undefined> {
    if (this.#leap > shortMs) await this.#quiet()
    const next = this.#waiting.at(-1)
    return next && next.at <= end ? this.#waiting.pop() : undefined
  }

  get #leap(): number {
    return (this.#waiting.at(-1)?.at ?? Infinity) - this.#now
  }
}

function isSooner(one: Waiting, other: Waiting): boolean {
  return one.at < other.at || (one.at === other.at && one.luck < other.luck)
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await setImmediate()
}
