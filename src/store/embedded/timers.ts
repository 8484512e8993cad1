/** Fires the timers that are due: never early, the longest overdue first, and again later when firing one failed. */
import { type Clock } from '../../clock.ts'
import { backOffMs } from '../back-off.ts'
import { type Tell } from '../store-event.ts'
import { type Timer } from '../store.ts'
import { Soonest } from './soonest.ts'

export type TimersParts = {
  readonly clock: Clock
  readonly random: () => number
  readonly tell: Tell
  /** The timers as they now are; one that is no longer among them does not fire. */
  readonly timers: ReadonlyMap<string, Timer>
}

/** Decides on a due timer and commits what it changes. */
export type Fire = (timer: Timer) => Promise<void>

type Waiting = { readonly at: number; readonly timer: Timer; readonly failures: number }

/** So many decisions share flushes; more would only wait for each other. */
const mostAtOnce = 32

export class Timers {
  readonly #parts: TimersParts
  readonly #waiting = new Soonest<Waiting>()
  readonly #firing = new Set<Promise<void>>()
  /** Those that wait or fire. */
  readonly #known = new Set<Timer>()
  #fire: Fire | null = null
  #armed: { readonly at: number; readonly callOff: () => void } | null = null

  constructor(parts: TimersParts) {
    this.#parts = parts
    this.renew()
  }

  /** How many are waited for, those included that are set no more but not yet let go. */
  get size(): number {
    return this.#waiting.size
  }

  /** Waits for a timer that has become durable. */
  add(timer: Timer): void {
    if (this.#known.has(timer)) return
    const latest = this.#parts.clock.now() + (timer.within ?? Infinity)
    this.#wait({ at: Math.min(timer.due, latest), timer, failures: 0 })
    this.#arm()
  }

  /** Waits for all timers there are. */
  renew(): void {
    for (const timer of this.#parts.timers.values()) this.add(timer)
  }

  run(fire: Fire): void {
    this.#fire = fire
    this.#arm()
  }

  /** Resolves when every decision under way has ended. */
  async pause(): Promise<void> {
    this.#fire = null
    this.#disarm()
    await Promise.all(this.#firing)
  }

  /** Wakes up when the soonest is due. */
  #arm(): void {
    const next = this.#waiting.peek()
    if (!next || !this.#fire || this.#firing.size >= mostAtOnce) return
    if (this.#armed && this.#armed.at <= next.at) return
    this.#disarm()
    const { clock } = this.#parts
    const callOff = clock.after(Math.max(0, next.at - clock.now()), () => {
      this.#armed = null
      this.#fireDue()
    })
    this.#armed = { at: next.at, callOff }
  }

  #disarm(): void {
    this.#armed?.callOff()
    this.#armed = null
  }

  #fireDue(): void {
    const now = this.#parts.clock.now()
    while (this.#fire && this.#firing.size < mostAtOnce) {
      const next = this.#waiting.peek()
      if (!next || next.at > now) break
      this.#waiting.take()
      if (this.#isSet(next)) this.#begin(next, this.#fire)
      else this.#known.delete(next.timer)
    }
    this.#arm()
  }

  #begin(waiting: Waiting, fire: Fire): void {
    const firing = this.#fireOne(waiting, fire).finally(() => {
      this.#firing.delete(firing)
      this.#arm()
    })
    this.#firing.add(firing)
  }

  async #fireOne(waiting: Waiting, fire: Fire): Promise<void> {
    const { timer } = waiting
    try {
      await fire(timer)
    } catch (error) {
      this.#parts.tell({ is: 'timerFailed', event: timer.event.is, error })
    }
    // It failed, or what replaced it was itself undone.
    if (this.#isSet(waiting)) this.#waitAgain(waiting)
    else this.#known.delete(timer)
  }

  #waitAgain({ timer, failures }: Waiting): void {
    const { clock, random } = this.#parts
    const at = clock.now() + backOffMs(failures + 1, random)
    this.#wait({ at, timer, failures: failures + 1 })
  }

  #wait(waiting: Waiting): void {
    this.#known.add(waiting.timer)
    this.#waiting.add(waiting)
    // Timers that were set anew or cancelled stay behind until their time; they must not outnumber the living.
    if (this.#waiting.size > 2 * this.#parts.timers.size + 1000) this.#sweep()
  }

  /** Lets go of the timers that are no longer set. */
  #sweep(): void {
    const all = this.#waiting.takeAll()
    for (const waiting of all) {
      if (this.#isSet(waiting)) this.#waiting.add(waiting)
      else this.#known.delete(waiting.timer)
    }
  }

  #isSet({ timer }: Waiting): boolean {
    return this.#parts.timers.get(timer.key) === timer
  }
}
