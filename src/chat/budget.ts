/**
 * Lets requests to the chat service go when there is a slot for them: whoever waits longest goes first among equals; a more
 * urgent request goes before them. Sixteen are under way at once.
 */
import { type Clock } from '../store/clock.ts'
import { type Slots, type Wanted } from '../store/together.ts'
import { OwnSlots, perConversation } from './slots.ts'

export type Priority = Wanted['priority']
export type TakeSlots = (wanted: readonly Wanted[], most: number) => Promise<Slots>

const atOnce = 16
/** More need not be asked for at once: those behind them could not go. */
const mostWanted = 100

type Waiting = Wanted & { readonly go: () => void }

export class Budget {
  readonly #clock: Clock
  readonly #own: OwnSlots
  readonly #take: TakeSlots
  /** By how urgent it is; whoever waits longest is first. */
  readonly #waiting = [new Set<Waiting>(), new Set<Waiting>(), new Set<Waiting>()] as const
  #inFlight = 0
  #isAsking = false
  #isAskedAgain = false
  #callOff: () => void = () => undefined

  /** `take` asks for slots that are shared with others; when that cannot be had, this instance counts by itself. */
  constructor(clock: Clock, take?: TakeSlots) {
    this.#clock = clock
    this.#own = new OwnSlots(clock)
    const own: TakeSlots = (wanted, most) => this.#own.take(wanted, most)
    this.#take = take ? (wanted, most) => take(wanted, most).catch(() => own(wanted, most)) : own
  }

  /** Runs a request when its turn has come. */
  async run<T>(conversation: string, priority: Priority, request: () => Promise<T>): Promise<T> {
    await new Promise<void>((go) => {
      this.#waiting[priority].add({ conversation, priority, go })
      void this.#next()
    })
    try {
      return await request()
    } finally {
      this.#inFlight -= 1
      void this.#next()
    }
  }

  /** Lets go whoever may; looks again when others may. */
  async #next(): Promise<void> {
    this.#isAskedAgain = true
    if (this.#isAsking) return
    this.#isAsking = true
    this.#callOff()
    let againMs: number | null = null
    while (this.#isAskedAgain) {
      this.#isAskedAgain = false
      againMs = await this.#letGo()
    }
    this.#isAsking = false
    if (againMs !== null) this.#callOff = this.#clock.after(againMs, () => void this.#next())
  }

  /** Null when nobody waits for a slot; otherwise when there may be one. */
  async #letGo(): Promise<number | null> {
    const wanted = this.#wanted()
    if (wanted.length === 0) return null
    const { granted, againMs } = await this.#take(wanted, atOnce - this.#inFlight)
    this.#go(granted.flatMap((place) => wanted[place] ?? []))
    this.#isAskedAgain ||= granted.length > 0
    return againMs
  }

  #go(granted: readonly Waiting[]): void {
    this.#inFlight += granted.length
    for (const waiting of granted) {
      this.#waiting[waiting.priority].delete(waiting)
      waiting.go()
    }
  }

  /** Those who could go, the most urgent first; none while there is no hand free. */
  #wanted(): readonly Waiting[] {
    if (this.#inFlight >= atOnce) return []
    const perName = new Map<string, number>()
    const possible: Waiting[] = []
    for (const equals of this.#waiting) {
      for (const waiting of equals) {
        const count = (perName.get(waiting.conversation) ?? 0) + 1
        perName.set(waiting.conversation, count)
        if (count <= perConversation) possible.push(waiting)
        if (possible.length === mostWanted) return possible
      }
    }
    return possible
  }
}
