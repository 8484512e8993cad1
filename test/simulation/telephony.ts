/** A telephone system that hands callers over, or fails to, and may say everything twice and late. */
import { type Carried, type CallSource, type Order, type SourceEvent } from '../../src/source/source.ts'
import { type Dice } from './dice.ts'

export type TelephonyParts = {
  readonly dice: Dice
  readonly after: (ms: number, run: () => void) => unknown
  readonly tell: (line: string) => void
  readonly trouble: () => number
  /** Tells whichever bot lives now, again and again until it says that it heard. */
  readonly report: (event: SourceEvent) => void
}

export class Telephony implements CallSource {
  readonly name = 'telephony'
  readonly reportsConnection = true
  /** Every order of each call, without repetitions in a row. */
  readonly orders = new Map<string, string[]>()
  readonly failures = new Map<string, number>()
  readonly #parts: TelephonyParts

  constructor(parts: TelephonyParts) {
    this.#parts = parts
  }

  async carryOut({ id }: { readonly id: string }, order: Order): Promise<Carried> {
    const { dice, after, tell, trouble } = this.#parts
    await new Promise<void>((done) => after(1 + dice.below(200), done))
    if (dice.chance(trouble() / 2)) return { is: 'later', afterMs: 300 }
    const words = 'to' in order ? `${order.do} ${order.to}` : order.do
    const known = this.orders.get(id) ?? []
    if (known.at(-1) === words) return { is: 'done' }
    this.orders.set(id, [...known, words])
    tell(`the telephone system is told: ${words}`)
    if (order.do === 'connect') this.#connect(id)
    return { is: 'done' }
  }

  #connect(id: string): void {
    const { dice, after, report, trouble } = this.#parts
    const fails = dice.chance(trouble())
    if (fails) this.failures.set(id, (this.failures.get(id) ?? 0) + 1)
    after(200 + dice.below(1500), () => {
      report({ is: fails ? 'connectFailed' : 'connected', id })
    })
  }
}
