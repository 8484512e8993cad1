/** A telephone system and a chat that write down what they are asked to do. */
import { type Carried, type CallSource, type Order } from '../../src/source/source.ts'
import { type CallRecord } from '../../src/store/documents.ts'
import { type EffectResult } from '../../src/store/store.ts'
import { type Announcer } from '../../src/switchboard/perform.ts'

/** Answers what it is told to answer, in turn; done when it is told nothing. */
export class NotingSource implements CallSource {
  readonly name = 'pbx'
  readonly reportsConnection = true
  /** "one: connect bo@contoso.com" */
  readonly orders: string[] = []
  readonly answers: Carried[] = []
  /** What happens while an order is carried out. */
  meanwhile: (order: Order) => Promise<void> = () => Promise.resolve()

  async carryOut(leg: { readonly id: string }, order: Order): Promise<Carried> {
    await this.meanwhile(order)
    this.orders.push(`${leg.id}: ${order.do}${'to' in order ? ` ${order.to}` : ''}`)
    return this.answers.shift() ?? { is: 'done' }
  }
}

export class NotingAnnouncer implements Announcer {
  /** "show bo", "tell bo added ann" */
  readonly said: string[] = []

  show(_: CallRecord, person: string): Promise<EffectResult> {
    return this.#say(`show ${person}`)
  }

  tellMissed(_: CallRecord, person: string): Promise<EffectResult> {
    return this.#say(`missed ${person}`)
  }

  reportUnreached({ call }: CallRecord): Promise<EffectResult> {
    return this.#say(`report ${call.owner}`)
  }

  tell(person: string, what: string, about: string): Promise<EffectResult> {
    return this.#say(`tell ${person} ${what} ${about}`)
  }

  #say(what: string): Promise<EffectResult> {
    this.said.push(what)
    return Promise.resolve({ is: 'done' })
  }
}
