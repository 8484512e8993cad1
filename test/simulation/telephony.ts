/** A telephone system that hands callers over, or fails to, and may say everything twice and late. */
import { type Caller } from '../../src/core/lane.ts'
import { type Carried, type CallSource, type Order } from '../../src/source/source.ts'
import { type Lines, type LinesParts } from './lines.ts'

export class Telephony implements CallSource, Lines {
  readonly name = 'telephony'
  readonly reportsConnection = true
  readonly orders = new Map<string, string[]>()
  readonly failures = new Map<string, number>()
  readonly #parts: LinesParts

  constructor(parts: LinesParts) {
    this.#parts = parts
  }

  connect(): CallSource {
    return this
  }

  callIn(id: string, owner: string, caller: Caller): void {
    const { dice, after, report } = this.#parts
    for (let copies = dice.chance(0.3) ? 2 : 1; copies > 0; copies -= 1)
      after(dice.below(300), () => {
        report({ is: 'offered', id, owner, caller })
      })
  }

  hangUp(id: string): void {
    this.#parts.report({ is: 'ended', id })
  }

  wrong(): readonly string[] {
    return []
  }

  takenBy(): null {
    return null
  }

  isLetDown(): boolean {
    return false
  }

  isGone(): boolean {
    return false
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
    if (order.do === 'connect') this.#handOver(id)
    return { is: 'done' }
  }

  #handOver(id: string): void {
    const { dice, after, report, trouble } = this.#parts
    const fails = dice.chance(trouble())
    if (fails) this.failures.set(id, (this.failures.get(id) ?? 0) + 1)
    after(200 + dice.below(1500), () => {
      report({ is: fails ? 'connectFailed' : 'connected', id })
    })
  }
}
