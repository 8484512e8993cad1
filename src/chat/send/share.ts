/** Those of one urgency who wait for their turn, and what share of the places and of the slots they may have. */
import { type Clock } from '../../clock.ts'

export type Share = {
  readonly atOnce: number
  readonly perSecond: number
  /** Whoever has not had a turn by then gives up: milliseconds. */
  readonly ofUseMs?: number
}

const secondMs = 1000
const all: Share = { atOnce: Infinity, perSecond: Infinity }

export class Sharing<Waiting> {
  readonly #clock: Clock
  readonly #share: Share
  /** Whoever waits longest is first. */
  readonly waiting = new Set<Waiting>()
  /** When those of the last second went; of no use where there is no limit. */
  #went: number[] = []
  #inFlight = 0

  constructor(clock: Clock, share: Share = all) {
    this.#clock = clock
    this.#share = share
  }

  get ofUseMs(): number | undefined {
    return this.#share.ofUseMs
  }

  /** How many more may go now. */
  room(): number {
    const { atOnce, perSecond } = this.#share
    return Math.max(0, Math.min(atOnce - this.#inFlight, perSecond - this.#lately().length))
  }

  /** One who waited goes. */
  goes(one: Waiting): void {
    this.waiting.delete(one)
    this.#inFlight += 1
    if (this.#share.perSecond !== Infinity) this.#went = [...this.#lately(), this.#clock.now()]
  }

  ended(): void {
    this.#inFlight -= 1
  }

  /** When there is room again for those who wait, by time alone: milliseconds; null when time does not make any. */
  roomInMs(): number | null {
    const [oldest] = this.#lately()
    const isFull = this.#inFlight >= this.#share.atOnce
    if (this.waiting.size === 0 || isFull || oldest === undefined) return null
    return Math.max(1, oldest + secondMs - this.#clock.now())
  }

  #lately(): number[] {
    const now = this.#clock.now()
    return this.#went.filter((at) => at > now - secondMs)
  }
}
