/**
 * What Teams lets one bot send: 50 requests a second in a tenant, 7 a second in a conversation (msteams-docs, rate-limit).
 * These are counted here for one instance by itself; several count in their database (store/instances.ts).
 */
import { type Clock } from '../../clock.ts'
import { type Quota, type Wanted } from '../../store/instances.ts'

const perSecond = 50
export const perConversation = 7
const secondMs = 1000

export class OwnQuota {
  readonly #clock: Clock
  /** When requests were sent in the last second, and to which conversation. */
  #sent: Array<{ readonly at: number; readonly conversation: string }> = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Who goes now of those who want to, the first before the others. */
  take(wanted: readonly Wanted[], most: number): Promise<Quota> {
    const at = this.#clock.now()
    this.#sent = this.#sent.filter((sent) => sent.at > at - secondMs)
    const granted: number[] = []
    for (const [place, { conversation }] of wanted.entries()) {
      if (granted.length >= most || this.#sent.length >= perSecond) break
      if (this.#sent.filter((sent) => sent.conversation === conversation).length >= perConversation) continue
      this.#sent.push({ at, conversation })
      granted.push(place)
    }
    const oldest = this.#sent[0]?.at ?? at
    return Promise.resolve({ granted, againMs: Math.max(1, oldest + secondMs - at) })
  }
}
