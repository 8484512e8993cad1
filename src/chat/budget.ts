/**
 * What Teams lets one bot send: 50 requests a second in a tenant, 7 a second in a conversation (msteams-docs, rate-limit).
 * Whoever waits longest goes first among equals; a more urgent request goes before them.
 */
import { type Clock } from '../store/clock.ts'

export type Priority = 0 | 1 | 2

const perSecond = 50
const perConversation = 7
const atOnce = 16
const secondMs = 1000

type Waiting = { readonly conversation: string; readonly priority: Priority; readonly go: () => void }

export class Budget {
  readonly #clock: Clock
  #waiting: Waiting[] = []
  /** When requests were sent in the last second, and by which conversation. */
  #sent: Array<{ readonly at: number; readonly conversation: string }> = []
  #inFlight = 0
  #isWaking = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs a request when its turn has come. */
  async run<T>(conversation: string, priority: Priority, request: () => Promise<T>): Promise<T> {
    await new Promise<void>((go) => {
      this.#waiting.push({ conversation, priority, go })
      this.#next()
    })
    try {
      return await request()
    } finally {
      this.#inFlight -= 1
      this.#next()
    }
  }

  #next(): void {
    const now = this.#clock.now()
    this.#sent = this.#sent.filter(({ at }) => at > now - secondMs)
    while (this.#inFlight < atOnce && this.#sent.length < perSecond) {
      const first = this.#firstAllowed()
      if (!first) break
      this.#waiting = this.#waiting.filter((waiting) => waiting !== first)
      this.#sent.push({ at: now, conversation: first.conversation })
      this.#inFlight += 1
      first.go()
    }
    this.#wakeLater(now)
  }

  #firstAllowed(): Waiting | undefined {
    const isFree = ({ conversation }: Waiting) =>
      this.#sent.filter((sent) => sent.conversation === conversation).length < perConversation
    for (const priority of [0, 1, 2]) {
      const first = this.#waiting.find((waiting) => waiting.priority === priority && isFree(waiting))
      if (first) return first
    }
    return undefined
  }

  /** When the limit holds somebody back, looks again once the oldest request is a second old. */
  #wakeLater(now: number): void {
    const oldest = this.#sent[0]
    if (this.#isWaking || this.#waiting.length === 0 || !oldest || this.#inFlight >= atOnce) return
    this.#isWaking = true
    this.#clock.after(Math.max(1, oldest.at + secondMs - now), () => {
      this.#isWaking = false
      this.#next()
    })
  }
}
