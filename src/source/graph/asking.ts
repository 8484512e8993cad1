/** Asks Graph, each request once; where nobody knows what one came to, the call itself is looked at. */
import { type Carried, type LegBook } from '../source.ts'
import { type Doubt, type LegEvent, type LegRequest } from './leg.ts'
import { justNoted, notesIn } from './notes.ts'
import { type AskGraph, type Asked, type OwnAddresses, requestFor } from './requests.ts'

export type GraphAskingParts = {
  readonly book: LegBook
  readonly ask: AskGraph
  readonly own: OwnAddresses
  /** Tells the call what came of it. */
  readonly advance: (id: string, event: LegEvent) => Promise<void>
}

const laterMs = 500

export class GraphAsking {
  readonly #parts: GraphAskingParts

  constructor(parts: GraphAskingParts) {
    this.#parts = parts
  }

  /** Asks Graph once for this; whoever comes again does not know whether it was done, and looks at the call instead. */
  async ask(id: string, request: LegRequest, number: number): Promise<Carried> {
    const { ask, own } = this.#parts
    if (!(await this.#begin(id, number))) return this.#look(id, { what: request.ask, number })
    const asked = await ask(requestFor(id, request, own))
    if (asked.is === 'later') {
      await this.#notBegun(id, number)
      return asked
    }
    if (asked.is === 'unknown') return this.#look(id, { what: request.ask, number })
    if (asked.is === 'gone' && request.ask === 'answer') return this.#answerLater(id, number)
    if (request.ask === 'look' && asked.is !== 'refused') await this.#seen(id, asked)
    else await this.#answered(id, request.ask, asked)
    return { is: 'done' }
  }

  /** Notes that the request with this number is sent from now on; false when it may have been before. */
  async #begin(id: string, number: number): Promise<boolean> {
    let mayAsk = false
    await this.#parts.book.change(id, (kept) => {
      const notes = notesIn(kept)
      mayAsk = notes !== null && notes.leg.state !== 'over' && notes.begun < number
      return mayAsk && notes ? justNoted({ ...notes, begun: number }) : null
    })
    return mayAsk
  }

  async #notBegun(id: string, number: number): Promise<void> {
    await this.#parts.book.change(id, (kept) => {
      const notes = notesIn(kept)
      return notes && notes.leg.state !== 'over' ? justNoted({ ...notes, begun: number - 1 }) : null
    })
  }

  async #answered(id: string, what: LegRequest['ask'], asked: Asked): Promise<void> {
    const { advance } = this.#parts
    if (asked.is !== 'done') await advance(id, { is: 'refused', what, gone: asked.is === 'gone' })
    else if (what === 'redirect' || what === 'transfer') await advance(id, { is: 'accepted', what })
  }

  /** A call that comes in may not be known yet where it is answered; it is over only where the call itself is unknown. */
  async #answerLater(id: string, number: number): Promise<Carried> {
    const { ask, own } = this.#parts
    const asked = await ask(requestFor(id, { ask: 'look' }, own))
    if (asked.is === 'gone') {
      await this.#seen(id, asked)
      return { is: 'done' }
    }
    await this.#notBegun(id, number)
    return asked.is === 'later' ? asked : { is: 'later', afterMs: laterMs }
  }

  /** Asks for the call, to learn what became of a request whose answer nobody has. */
  async #look(id: string, inDoubt: Doubt): Promise<Carried> {
    const { book, ask, own } = this.#parts
    const notes = notesIn(await book.read(id))
    if (notes === null || notes.leg.state === 'over') return { is: 'done' }
    const asked = await ask(requestFor(id, { ask: 'look' }, own))
    if (asked.is === 'later') return asked
    if (asked.is === 'unknown') return { is: 'later', afterMs: laterMs }
    await this.#seen(id, asked, inDoubt)
    return { is: 'done' }
  }

  async #seen(id: string, asked: Asked, inDoubt?: Doubt): Promise<void> {
    const { advance } = this.#parts
    const doubt = inDoubt ? { inDoubt } : {}
    if (asked.is === 'gone') await advance(id, { is: 'seen', state: null, ...doubt })
    else if (asked.is === 'done') await advance(id, { is: 'seen', state: stateIn(asked.body), ...doubt })
  }
}

function stateIn(body: unknown): string | null {
  const state: unknown = typeof body === 'object' && body !== null && 'state' in body ? body.state : null
  return typeof state === 'string' ? state.toLowerCase() : ''
}
