/** Calls without telephony: started from the chat, so that everything can be tried with a chat client alone. */
import { type Caller, type Presence } from '../core/lane.ts'
import { type PersonId } from '../core/person.ts'
import { type CallSource, type Carried, type Hear, type Heard, type Order } from './source.ts'

export type SimulatedCall = {
  readonly owner: string
  readonly caller: Caller
  /** Seconds until the caller hangs up by themselves; absent: waits until the end. */
  readonly hangUpAfter?: number
  /** Whether handing the caller over goes wrong. */
  readonly connectFails?: boolean
}

/** How handing a caller over goes: well, wrong the next time only, or wrong each time. */
export type Failing = 'never' | 'once' | 'always'

type SimulatedParts = {
  readonly hear: Hear
  /** A name nobody used before. */
  readonly newId: () => string
  readonly wait: (ms: number) => Promise<void>
}

type SimulatedLeg = Readonly<Record<string, string>> & { readonly id: string }

/** How long connecting takes here: long enough to see the card say so. */
const connectMs = 1000

export class SimulatedSource implements CallSource {
  readonly name = 'simulated'
  readonly reportsConnection = true
  readonly #parts: SimulatedParts
  readonly #presence = new Map<PersonId, Presence>()
  readonly #failing = new Map<string, { readonly how: Failing; order?: number }>()

  constructor(parts: SimulatedParts) {
    this.#parts = parts
  }

  /** Lets a call come in; answers its id here, and how it was heard. */
  async call({
    owner,
    caller,
    hangUpAfter,
    connectFails,
  }: SimulatedCall): Promise<{ id: string; heard: Heard }> {
    const { hear, newId, wait } = this.#parts
    const id = newId()
    const remember: Record<string, string> = connectFails === true ? { connectFails: 'yes' } : {}
    const heard = await hear(this.name, { is: 'offered', id, owner, caller, remember })
    if (hangUpAfter !== undefined) void wait(hangUpAfter * 1000).then(() => this.hangUp(id))
    return { id, heard }
  }

  async hangUp(id: string): Promise<Heard> {
    return this.#parts.hear(this.name, { is: 'ended', id })
  }

  /** Plays that handing this call over goes so from now on. */
  letFail(id: string, how: Failing): void {
    this.#failing.set(id, { how })
  }

  /** How handing this call over goes the next time. */
  failingOf({ id, connectFails }: SimulatedLeg): Failing {
    const failing = this.#failing.get(id)
    if (!failing) return connectFails === 'yes' ? 'always' : 'never'
    return failing.how === 'once' && failing.order !== undefined ? 'never' : failing.how
  }

  /** Plays that somebody is in a call, away, or available again. */
  setPresence(person: PersonId, presence: Presence): void {
    this.#presence.set(person, presence)
  }

  presenceOf(people: readonly PersonId[]): ReadonlyMap<PersonId, Presence> {
    return new Map(people.map((person) => [person, this.#presence.get(person) ?? 'available']))
  }

  /** Connecting takes a moment and then is reported; everything else just happens. */
  async carryOut(leg: SimulatedLeg, order: Order): Promise<Carried> {
    if (order.do !== 'connect') return { is: 'done' }
    await this.#parts.wait(connectMs)
    await this.#parts.hear(this.name, {
      is: this.#fails(leg, order.number) ? 'connectFailed' : 'connected',
      id: leg.id,
      order: { number: order.number },
    })
    return { is: 'done' }
  }
  /** Asked twice about the same order, it goes the same way both times. */
  #fails(leg: SimulatedLeg, order: number): boolean {
    const failing = this.#failing.get(leg.id)
    if (failing?.how !== 'once') return this.failingOf(leg) === 'always'
    failing.order ??= order
    return failing.order === order
  }
}
