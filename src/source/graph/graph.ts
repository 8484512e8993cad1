/**
 * Calls to the bot's application in Teams: Microsoft Graph tells of them, and is asked to answer, to hand over and to end
 * them. What Graph told is kept before it is acknowledged, and worked on afterwards; no request is sent twice.
 */
import { isInternational, isObjectId, readPhoneNumber } from '../../core/person.ts'
import { type CallSource, type Carried, type LegWork, type Order } from '../source.ts'
import { GraphAdmission, type GraphAdmissionParts } from './admission.ts'
import { GraphAsking } from './asking.ts'
import { type LegEvent, type LegNews, type LegOrder, type LegRequest } from './leg.ts'
import { afterStep, forgottenInTime, notesIn } from './notes.ts'
import { type GraphOffer, readNotifications } from './notification.ts'
import { type OwnAddresses } from './requests.ts'
import { step } from './step.ts'

export type GraphParts = Omit<GraphAdmissionParts, 'source'> & {
  readonly own: OwnAddresses
  /** A number that records messages, for callers who are to leave one; empty: they are let go. */
  readonly voicemailNumber: string
  /** Tells the owner that a call of theirs could not be sent on to this person or number; answers what follows. */
  readonly notForwarded: (owner: string, to: string) => Promise<'voicemail' | 'missed'>
  /** The object id of a person whom an order names by address; null when no object id is known. */
  readonly objectIdOf: (named: string) => Promise<string | null>
}

export class GraphSource implements CallSource {
  readonly name = 'graph'
  readonly reportsConnection = true
  /** Teams rings somebody to whom a call was transferred until they answer, or for as long as they have set: a minute at most. */
  readonly connectSeconds = 90
  readonly #parts: GraphParts
  readonly #admission: GraphAdmission
  readonly #asking: GraphAsking

  constructor(parts: GraphParts) {
    this.#parts = parts
    this.#admission = new GraphAdmission({ ...parts, source: this.name })
    this.#asking = new GraphAsking({ ...parts, advance: (id, event) => this.#advance(id, event) })
  }

  /**
   * What Graph posted, once its sender is known: kept, then acknowledged. 204 asks for the older format to be sent again
   * in the newer one.
   */
  async receive(body: unknown): Promise<202 | 204> {
    const notices = readNotifications(body)
    if (notices === null) return 204
    for (const { call, ...notice } of notices) {
      if (notice.is === 'event') await this.#parts.book.leave(call, { do: 'event', event: notice.event })
      else await this.#parts.book.leave(call, { do: 'offer', offer: notice.offer })
    }
    return 202
  }

  /** After a start: each call that is still open is asked for. */
  async resume(): Promise<void> {
    const { book } = this.#parts
    for (const { id, notes } of await book.all())
      if (notesIn(notes)?.leg.state !== 'over')
        await book.leave(id, { do: 'event', event: { is: 'resumed' } satisfies LegEvent })
  }

  async carryOut({ id }: { readonly id: string }, order: Order): Promise<Carried> {
    const reachable = await this.#reachable(id, order)
    if (reachable === null) return { is: 'refused' }
    await this.#advance(id, { is: 'order', order: reachable })
    return { is: 'done' }
  }

  async work(id: string, work: LegWork): Promise<Carried> {
    switch (work.do) {
      case 'offer':
        return this.#admission.offered(id, work['offer'] as GraphOffer)
      case 'event':
        await this.#happened(id, work['event'] as LegEvent)
        return { is: 'done' }
      case 'alarm':
        await this.#advance(id, { is: 'alarm' })
        return { is: 'done' }
      case 'news':
        await this.#tell(id, work['news'] as LegNews)
        return { is: 'done' }
      case 'notForwarded':
        await this.#notForwarded(id, String(work['to']))
        return { is: 'done' }
      case 'ask':
        return this.#asking.ask(id, work['request'] as LegRequest, Number(work['number']))
      default:
        return { is: 'done' }
    }
  }

  /** An end that overtook its beginning is told, so that the call does not ring when its beginning arrives. */
  async #happened(id: string, event: LegEvent): Promise<void> {
    const isKnown = (await this.#parts.book.read(id)) !== null
    if (isKnown) await this.#advance(id, event)
    else if (event.is === 'terminated') await this.#parts.hear(this.name, { is: 'ended', id })
  }

  async #tell(id: string, news: LegNews): Promise<void> {
    switch (news.is) {
      case 'connected':
      case 'connectFailed':
      case 'ended':
        await this.#parts.hear(this.name, { ...news, id })
        return
      case 'leftToTeams':
      case 'notLeftToTeams': {
        const call = notesIn(await this.#parts.book.read(id))
        if (call) await this.#admission.told(id, call, news.is === 'leftToTeams')
        return
      }
    }
  }

  async #advance(id: string, event: LegEvent): Promise<void> {
    await this.#parts.book.change(id, (kept, at) => {
      const notes = notesIn(kept)
      if (notes === null) return null
      if (notes.leg.state === 'over') return event.is === 'alarm' ? forgottenInTime(notes, at) : null
      return afterStep(notes, step(notes.leg, event, at), at)
    })
  }

  /** The order as Graph can carry it out: people are named by object id. Null: nobody without one can be handed a call. */
  async #reachable(id: string, order: Order): Promise<LegOrder | null> {
    if (order.do === 'voicemail') return this.#voicemail()
    if (!('to' in order)) return order
    const to = await this.#callable(order.to)
    if (to !== null) return { ...order, to }
    return order.do === 'connect' ? null : this.#notForwarded(id, order.to)
  }

  /** What Graph is told of this person or number; null when it cannot call them. */
  async #callable(to: string): Promise<string | null> {
    const number = readPhoneNumber(to)
    if (number !== null) return isInternational(number) ? number : null
    return isObjectId(to) ? to : this.#parts.objectIdOf(to)
  }

  /** The owner hears where a call could not go; the caller goes where unanswered calls go at last. */
  async #notForwarded(id: string, to: string): Promise<LegOrder> {
    const { book, notForwarded, voicemailNumber } = this.#parts
    const owner = notesIn(await book.read(id))?.owner
    if (owner === undefined || to === voicemailNumber) return { do: 'missed' }
    return (await notForwarded(owner, to)) === 'voicemail' ? this.#voicemail() : { do: 'missed' }
  }

  #voicemail(): LegOrder {
    const { voicemailNumber } = this.#parts
    return voicemailNumber === '' ? { do: 'missed' } : { do: 'forward', to: voicemailNumber }
  }
}
