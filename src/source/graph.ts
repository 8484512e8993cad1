/**
 * Calls to the bot's application in Teams: Microsoft Graph tells of them, and is asked to answer, to hand over and to end
 * them. What Graph told is kept before it is acknowledged, and worked on afterwards; no request is sent twice.
 */
import { type Caller } from '../core/lane.ts'
import { isObjectId, plainAddress, readPhoneNumber } from '../core/person.ts'
import { type Leg, type LegEvent, type LegNews, type LegRequest, newLeg, step } from './graph-leg.ts'
import { type GraphOffer, readNotices } from './graph-notice.ts'
import {
  type CallSource,
  type Carried,
  type Hear,
  type LegBook,
  type LegNotes,
  type LegWork,
  type Order,
} from './source.ts'

/** What became of a request to Graph. */
export type Asked =
  | { readonly is: 'done'; readonly body: unknown }
  /** Graph knows no such call (any more). */
  | { readonly is: 'gone' }
  | { readonly is: 'refused' }
  /** Certainly not done; worth another try. */
  | { readonly is: 'later'; readonly afterMs: number }
  /** The answer got lost: it may have been done. */
  | { readonly is: 'unknown' }

/** One request to Graph's calls; `tenant` is that of the call. */
export type AskGraph = (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body: object | undefined,
) => Promise<Asked>

export type GraphSettings = {
  /** Where Graph reaches us from outside: https://pickup.contoso.com. */
  readonly publicUrl: string
  /** Resource accounts and whose calls they take: object id of the account, owner's address or object id. */
  readonly lines: ReadonlyMap<string, string>
  /** Whose calls are all others; empty: they are refused. */
  readonly defaultOwner: string
  /** A number that records messages, for callers who are to leave one; empty: they are let go. */
  readonly voicemailNumber: string
  /** More calls than this are told busy. Graph allows an application 100 at a time. */
  readonly mostCalls: number
}

export type GraphParts = {
  readonly settings: GraphSettings
  readonly hear: Hear
  readonly book: LegBook
  readonly ask: AskGraph
  /** Where our ringback is to be had; unguessable. */
  readonly ringbackPath: string
  /** The object id of a person whom an order names by address; null when no object id is known. */
  readonly objectIdOf: (named: string) => Promise<string | null>
  /** Whether another call of this caller rings this person already: then this one has come round in a circle. */
  readonly isRinging: (owner: string, caller: Caller, id: string) => Promise<boolean>
}

/** Prompts are queued; twenty of six seconds are two minutes of ringing (playPrompt takes 20 at most). */
const mostPrompts = 20
/** Seconds that Teams rings somebody to whom a call was redirected; Graph allows 15 to 90. */
const redirectSeconds = 20
const laterMs = 500

export class GraphSource implements CallSource {
  readonly name = 'graph'
  readonly reportsConnection = true
  readonly #parts: GraphParts

  constructor(parts: GraphParts) {
    this.#parts = parts
  }

  /**
   * What Graph posted, once its sender is known: kept, then acknowledged. 204 asks for the older format to be sent again
   * in the newer one.
   */
  async receive(body: unknown): Promise<202 | 204> {
    const notices = readNotices(body)
    if (notices === null) return 204
    for (const { call, ...notice } of notices) {
      const work: LegWork =
        notice.is === 'incoming' ? { do: 'offer', offer: notice.offer } : { do: 'event', event: notice.event }
      await this.#parts.book.leave(call, work)
    }
    return 202
  }

  async carryOut({ id }: { readonly id: string }, order: Order): Promise<Carried> {
    await this.#advance(id, { is: 'order', order: await this.#reachable(order) })
    return { is: 'done' }
  }

  async work(id: string, work: LegWork): Promise<Carried> {
    switch (work.do) {
      case 'offer':
        return this.#offered(id, work['offer'] as GraphOffer)
      case 'event':
        await this.#advance(id, work['event'] as LegEvent)
        return { is: 'done' }
      case 'alarm':
        await this.#advance(id, { is: 'alarm' })
        return { is: 'done' }
      case 'news':
        await this.#parts.hear(this.name, { is: work['news'] as LegNews, id })
        return { is: 'done' }
      case 'ask':
        return this.#ask(id, work['request'] as LegRequest, Number(work['number']))
      default:
        return { is: 'done' }
    }
  }

  /** A call that came in: rung for its owner, or told busy, or refused. Asked again, it comes to the same. */
  async #offered(id: string, offer: GraphOffer): Promise<Carried> {
    const { book, settings, hear, isRinging } = this.#parts
    const isNew = (await book.read(id)) === null
    if (isNew && (await book.count(settings.mostCalls)) >= settings.mostCalls) return this.#reject(id, 'busy')
    for (const owner of ownersOf(offer, settings)) {
      // Whoever forwards to the bot would get their own calls back.
      if (await isRinging(owner, offer.caller, id)) break
      // Orders may come as soon as the switchboard has heard of the call.
      if (isNew) await this.#begin(id)
      const heard = await hear(this.name, { is: 'offered', id, owner, caller: offer.caller })
      if (heard === 'accepted') return { is: 'done' }
      // Known and over: it is told of once more, and rings nobody.
      if (heard === 'repeated' && !isNew) return { is: 'done' }
      await book.change(id, () => ({ notes: null, works: [], alarmAt: null }))
      if (heard === 'repeated') return { is: 'done' }
    }
    return this.#reject(id, 'none')
  }

  async #begin(id: string): Promise<void> {
    await this.#parts.book.change(id, (notes, at) => {
      const leg = newLeg(at)
      return notes === null ? { notes: { leg, begun: 0 }, works: [], alarmAt: leg.alarmAt } : null
    })
  }

  /** Reject needs no notes: Graph refuses a second one, and the call ends by itself after 15 seconds. */
  async #reject(id: string, reason: 'busy' | 'none'): Promise<Carried> {
    const asked = await this.#parts.ask('POST', pathOf(id, 'reject'), { reason })
    return asked.is === 'later' ? asked : { is: 'done' }
  }

  async #advance(id: string, event: LegEvent): Promise<void> {
    await this.#parts.book.change(id, (notes, at) => {
      const { leg, begun } = legIn(notes)
      if (leg === null) return null
      return kept(step(leg, event, at), leg.asked, begun)
    })
  }

  /** Asks Graph once for this; whoever comes again does not know whether it was done, and looks at the call instead. */
  async #ask(id: string, request: LegRequest, number: number): Promise<Carried> {
    const { book, ask } = this.#parts
    let mayAsk = false
    await book.change(id, (notes) => {
      const { leg, begun } = legIn(notes)
      mayAsk = leg !== null && begun < number
      return mayAsk && leg ? { notes: { leg, begun: number }, works: [], alarmAt: leg.alarmAt } : null
    })
    if (!mayAsk) return this.#look(id, request.ask)
    const { method, path, body } = this.#requestOf(id, request)
    const asked = await ask(method, path, body)
    if (asked.is === 'later') {
      await this.#notBegun(id, number)
      return asked
    }
    if (asked.is === 'unknown') return this.#look(id, request.ask)
    if (request.ask === 'look') await this.#seen(id, asked)
    else await this.#answered(id, request.ask, asked)
    return { is: 'done' }
  }

  async #answered(id: string, what: LegRequest['ask'], asked: Asked): Promise<void> {
    if (asked.is !== 'done') await this.#advance(id, { is: 'refused', what, gone: asked.is === 'gone' })
    else if (what === 'redirect' || what === 'transfer') await this.#advance(id, { is: 'accepted', what })
  }

  async #notBegun(id: string, number: number): Promise<void> {
    await this.#parts.book.change(id, (notes) => {
      const { leg } = legIn(notes)
      return leg && { notes: { leg, begun: number - 1 }, works: [], alarmAt: leg.alarmAt }
    })
  }

  /** Asks for the call, to learn what became of a request whose answer nobody has. */
  async #look(id: string, inDoubt: LegRequest['ask']): Promise<Carried> {
    const asked = await this.#parts.ask('GET', pathOf(id), undefined)
    if (asked.is === 'later') return asked
    if (asked.is === 'unknown') return { is: 'later', afterMs: laterMs }
    await this.#seen(id, asked, inDoubt)
    return { is: 'done' }
  }

  async #seen(id: string, asked: Asked, inDoubt?: LegRequest['ask']): Promise<void> {
    const doubt = inDoubt === undefined ? {} : { inDoubt }
    if (asked.is === 'gone') await this.#advance(id, { is: 'seen', state: null, ...doubt })
    else if (asked.is === 'done')
      await this.#advance(id, { is: 'seen', state: stateIn(asked.body), ...doubt })
  }

  /** People are named to Graph by object id; somebody without one cannot be handed a call. */
  async #reachable(order: Order): Promise<Order> {
    if (order.do === 'voicemail') {
      const { voicemailNumber } = this.#parts.settings
      return voicemailNumber === '' ? { do: 'missed' } : { do: 'forward', to: voicemailNumber }
    }
    if (!('to' in order) || readPhoneNumber(order.to) !== null) return order
    const id = isObjectId(order.to) ? order.to : await this.#parts.objectIdOf(order.to)
    return { ...order, to: id ?? order.to }
  }

  #requestOf(id: string, request: LegRequest) {
    const { settings, ringbackPath } = this.#parts
    const post = (action: string, body: object = {}) =>
      ({ method: 'POST', path: pathOf(id, action), body }) as const
    switch (request.ask) {
      case 'answer':
        return post('answer', {
          callbackUri: `${settings.publicUrl}/api/graph/calls`,
          mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
          acceptedModalities: ['audio'],
        })
      case 'play':
        return post('playPrompt', { clientContext: id.slice(0, 200), prompts: this.#prompts(ringbackPath) })
      case 'cancelMedia':
        return post('cancelMediaProcessing', {})
      case 'keepAlive':
        return post('keepAlive')
      case 'reject':
        return post('reject', { reason: request.reason })
      case 'redirect':
        return post('redirect', { targets: [{ identity: identityOf(request.to) }], timeout: redirectSeconds })
      case 'transfer':
        return post('transfer', { transferTarget: { identity: identityOf(request.to) } })
      case 'hangUp':
        return { method: 'DELETE', path: pathOf(id), body: undefined } as const
      case 'look':
        return { method: 'GET', path: pathOf(id), body: undefined } as const
    }
  }

  #prompts(ringbackPath: string): readonly object[] {
    const uri = `${this.#parts.settings.publicUrl}${ringbackPath}`
    const mediaInfo = { '@odata.type': '#microsoft.graph.mediaInfo', uri, resourceId: 'ringback' }
    return Array.from({ length: mostPrompts }, () => ({
      '@odata.type': '#microsoft.graph.mediaPrompt',
      mediaInfo,
    }))
  }
}

/** What a step comes to: notes, requests in order, then what the switchboard hears. A call that is over is forgotten. */
function kept({ leg, requests, news }: ReturnType<typeof step>, asked: number, begun: number): LegNotes {
  const works: LegWork[] = [
    ...news.map((one) => ({ do: 'news', news: one })),
    ...requests.map((request, index) => ({ do: 'ask', request, number: asked + index + 1 })),
  ]
  const isOver = leg.state === 'over'
  return { notes: isOver ? null : { leg, begun }, works, alarmAt: isOver ? null : leg.alarmAt }
}

/** The notes are ours: nobody else writes them. */
function legIn(notes: Readonly<Record<string, unknown>> | null): {
  readonly leg: Leg | null
  readonly begun: number
} {
  return notes === null
    ? { leg: null, begun: 0 }
    : { leg: notes['leg'] as Leg, begun: Number(notes['begun']) }
}

/** Who forwarded, on whose behalf the call came, whose line it is; else everybody's. */
function ownersOf({ owners, lines }: GraphOffer, settings: GraphSettings): readonly string[] {
  const ofLines = lines.flatMap((line) => settings.lines.get(line.toLowerCase()) ?? [])
  const all = [...owners, ...ofLines, settings.defaultOwner].filter((owner) => owner !== '').map(plainAddress)
  return [...new Set(all)]
}

function pathOf(id: string, action?: string): string {
  const call = `/communications/calls/${encodeURIComponent(id)}`
  return action === undefined ? call : `${call}/${action}`
}

function identityOf(to: string): object {
  const number = isObjectId(to) ? null : readPhoneNumber(to)
  const kind = number === null ? 'user' : 'phone'
  return {
    '@odata.type': '#microsoft.graph.identitySet',
    [kind]: { '@odata.type': '#microsoft.graph.identity', id: number ?? to },
  }
}

function stateIn(body: unknown): string | null {
  const state: unknown = typeof body === 'object' && body !== null && 'state' in body ? body.state : null
  return typeof state === 'string' ? state.toLowerCase() : ''
}
