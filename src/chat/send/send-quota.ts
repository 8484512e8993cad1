/**
 * Lets requests to the chat service go when there is a slot for them: whoever waits longest goes first among equals; a more
 * urgent request goes before them. Sixteen are under way at once. What nobody waits for has only a share of the places and
 * of the slots, however much of it there is: a card that comes meanwhile finds the rest free.
 */
import { type Clock } from '../../clock.ts'
import { type Quota, type Wanted } from '../../store/instances.ts'
import { type Share, Sharing } from './share.ts'
import { OwnQuota, perConversation } from './own-quota.ts'

/** 0 to 2 as in messenger.ts; 3 is news, 4 asks who somebody is. */
export type Priority = 0 | 1 | 2 | 3 | 4
export type TakeQuota = (wanted: readonly Wanted[], most: number) => Promise<Quota>

const atOnce = 16
/** More need not be asked for at once: those behind them could not go. */
const mostWanted = 100
/** Of sixteen places and fifty requests a second, four and ten stay free for what somebody waits for. */
const newsShare: Share = { atOnce: 8, perSecond: 20 }
/** Whoever is asked about who they are has gone on without an answer before long. */
const lookUpShare: Share = { atOnce: 4, perSecond: 20, ofUseMs: 1000 }

type Waiting = {
  readonly conversation: string
  readonly priority: Priority
  readonly go: () => void
}
type Kind = Sharing<Waiting>

export class SendQuota {
  readonly #clock: Clock
  readonly #own: OwnQuota
  readonly #take: TakeQuota
  /** The most urgent first. */
  readonly #sharing: readonly [Kind, Kind, Kind, Kind, Kind]
  #inFlight = 0
  #isAsking = false
  #isAskedAgain = false
  #callOff: () => void = () => undefined

  /** `take` asks for slots that are shared with others; when that cannot be had, this instance counts by itself. */
  constructor(clock: Clock, take?: TakeQuota) {
    this.#clock = clock
    this.#sharing = [
      new Sharing(clock),
      new Sharing(clock),
      new Sharing(clock),
      new Sharing(clock, newsShare),
      new Sharing(clock, lookUpShare),
    ]
    this.#own = new OwnQuota(clock)
    const own: TakeQuota = (wanted, most) => this.#own.take(wanted, most)
    this.#take = take ? (wanted, most) => take(wanted, most).catch(() => own(wanted, most)) : own
  }

  /** Runs a request when its turn has come; null when it does not come while the request is still of use. */
  async run<T>(conversation: string, priority: Priority, request: () => Promise<T>): Promise<T | null> {
    if (!(await this.#turn(conversation, priority))) return null
    try {
      return await request()
    } finally {
      this.#inFlight -= 1
      this.#sharing[priority].ended()
      void this.#next()
    }
  }

  /** Waits for a turn; false when it is given up. */
  #turn(conversation: string, priority: Priority): Promise<boolean> {
    const { waiting, ofUseMs } = this.#sharing[priority]
    return new Promise((resolve) => {
      let callOff: () => void = () => undefined
      const go = () => {
        callOff()
        resolve(true)
      }
      const one: Waiting = { conversation, priority, go }
      const giveUp = () => {
        waiting.delete(one)
        resolve(false)
      }
      waiting.add(one)
      if (ofUseMs !== undefined) callOff = this.#clock.after(ofUseMs, giveUp)
      void this.#next()
    })
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
    if (wanted.length === 0) return this.#roomInMs()
    const { granted, againMs } = await this.#take(wanted.map(amongInstances), atOnce - this.#inFlight)
    this.#go(granted.flatMap((place) => wanted[place] ?? []))
    this.#isAskedAgain ||= granted.length > 0
    return againMs
  }

  /** Whoever gave up while slots were asked for has gone already. */
  #go(granted: readonly Waiting[]): void {
    for (const waiting of granted) {
      const sharing = this.#sharing[waiting.priority]
      if (!sharing.waiting.has(waiting)) continue
      this.#inFlight += 1
      sharing.goes(waiting)
      waiting.go()
    }
  }

  /** When somebody may go whom only the share of their kind holds back now. */
  #roomInMs(): number | null {
    if (this.#inFlight >= atOnce) return null
    const soonest = Math.min(...this.#sharing.map((sharing) => sharing.roomInMs() ?? Infinity))
    return soonest === Infinity ? null : soonest
  }

  /** Those who could go, the most urgent first; none while there is no hand free. */
  #wanted(): readonly Waiting[] {
    if (this.#inFlight >= atOnce) return []
    const perName = new Map<string, number>()
    const possible: Waiting[] = []
    for (const sharing of this.#sharing) {
      let room = sharing.room()
      for (const waiting of sharing.waiting) {
        if (room === 0) break
        const count = (perName.get(waiting.conversation) ?? 0) + 1
        perName.set(waiting.conversation, count)
        if (count > perConversation) continue
        possible.push(waiting)
        room -= 1
        if (possible.length === mostWanted) return possible
      }
    }
    return possible
  }
}

/** As other instances are told of it: they know no more than what nobody waits for. */
function amongInstances({ conversation, priority }: Waiting): Wanted {
  return { conversation, priority: priority === 0 || priority === 1 ? priority : 2 }
}
