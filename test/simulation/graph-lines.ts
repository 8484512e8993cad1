/**
 * Microsoft Graph's side of calls with bad days, after teams-platform sections 1.2 to 1.4: an unanswered call is gone
 * after 15 seconds, notices come twice, late and in any order, requests get lost before or after they were done.
 */
import { type Caller } from '../../src/core/lane.ts'
import { type CallSource } from '../../src/source/source.ts'
import { type Asked, GraphSource } from '../../src/source/graph.ts'
import { Legs } from '../../src/switchboard/legs.ts'
import { type Connection, type Lines, type LinesParts } from './lines.ts'

type Leg = {
  readonly id: string
  state: 'incoming' | 'answering' | 'established' | 'transferring' | 'gone'
  /** How it ended, as the caller would tell. */
  end: 'hungUp' | 'unanswered' | 'rejected' | 'handedOver' | 'letGo' | null
  handedTo: string[]
  /** Hand-overs that Graph did not do. */
  refused: number
}

export const voicemailNumber = '+442079461111'
/** Graph gives up a call that nobody answers. */
const unansweredMs = 15_000
const promptsMs = 120_000
const slowest = 600

export class GraphLines implements Lines {
  readonly name = 'graph'
  readonly orders = new Map<string, string[]>()
  readonly failures = new Map<string, number>()
  readonly #parts: LinesParts
  readonly #legs = new Map<string, Leg>()
  readonly #wrong: string[] = []

  constructor(parts: LinesParts) {
    this.#parts = parts
  }

  connect({ store, now, hear, isRinging }: Connection): CallSource {
    return new GraphSource({
      settings: {
        publicUrl: 'https://pickup.contoso.com',
        lines: new Map([['line', 'ann@contoso.com']]),
        defaultOwner: '',
        voicemailNumber,
        mostCalls: 100,
      },
      hear: async (source, event) => {
        const heard = await hear(source, event)
        if (event.is === 'connectFailed' && heard === 'accepted')
          this.failures.set(event.id, (this.failures.get(event.id) ?? 0) + 1)
        return heard
      },
      book: new Legs(store, now, this.name),
      ask: (method, path, body) => this.#asked(method, path, body),
      ringbackPath: '/ringback',
      objectIdOf: (named) => Promise.resolve(named),
      isRinging,
    })
  }

  callIn(id: string, _owner: string, caller: Caller): void {
    const leg: Leg = { id, state: 'incoming', end: null, handedTo: [], refused: 0 }
    this.#legs.set(id, leg)
    const source = { identity: { phone: { id: caller.number } } }
    const targets = [{ identity: { applicationInstance: { id: 'line' } } }]
    this.#notify(
      leg,
      'created',
      { state: 'incoming', direction: 'incoming', tenantId: 'tenant', source, targets },
      () => {
        this.#parts.acknowledged(id)
      },
    )
    this.#parts.after(unansweredMs, () => {
      if (leg.state === 'incoming') this.#end(leg, 'unanswered')
    })
  }

  hangUp(id: string): void {
    const leg = this.#legs.get(id)
    if (leg && leg.state !== 'gone') this.#end(leg, 'hungUp')
  }

  isGone(id: string): boolean {
    const { end = null, refused = 0 } = this.#legs.get(id) ?? {}
    return end === 'hungUp' || end === 'unanswered' || end === 'handedOver' || refused > 0
  }

  wrong(): readonly string[] {
    const legs = [...this.#legs.values()]
    return [
      ...this.#wrong,
      ...legs
        .filter(({ state }) => state !== 'gone')
        .map(({ id, state }) => `${id} still is ${state}: nobody lets the caller go`),
      ...legs.filter(({ handedTo }) => handedTo.length > 1).map(({ id }) => `${id} was handed over twice`),
    ]
  }

  async #asked(method: string, path: string, body: object | undefined): Promise<Asked> {
    const { dice, after, trouble } = this.#parts
    const isBad = dice.chance(trouble())
    const way = dice.pick(['throttled', 'lostBefore', 'lostAfter', 'slow'])
    await new Promise<void>((done) =>
      after(1 + dice.below(isBad && way === 'slow' ? 5 * slowest : slowest), done),
    )
    if (isBad && way === 'throttled') return { is: 'later', afterMs: 500 + dice.below(1500) }
    if (isBad && way === 'lostBefore') return { is: 'unknown' }
    const [, id = '', action = ''] = /\/calls\/([^/]+)(?:\/(\w+))?$/u.exec(path) ?? []
    const leg = this.#legs.get(decodeURIComponent(id))
    const asked = this.#done(leg, method, action, body)
    await new Promise<void>((done) => after(1 + dice.below(slowest), done))
    return isBad && way === 'lostAfter' ? { is: 'unknown' } : asked
  }

  #done(leg: Leg | undefined, method: string, action: string, body: object | undefined): Asked {
    if (!leg || leg.state === 'gone') return { is: 'gone' }
    const done: Asked = {
      is: 'done',
      body: { state: leg.state === 'answering' ? 'establishing' : leg.state },
    }
    if (method === 'GET') return done
    this.#parts.tell(`Graph is asked: ${method === 'DELETE' ? 'hangUp' : action} ${wordsOf(body)}`)
    if (method === 'DELETE') {
      this.#order(leg, 'missed')
      this.#end(leg, 'letGo')
      return done
    }
    const needs =
      action === 'answer' || action === 'redirect' || action === 'reject' ? 'incoming' : 'established'
    if (leg.state !== needs) {
      leg.refused += 1
      return { is: 'refused' }
    }
    if (action === 'reject') {
      this.#order(leg, wordsOf(body) === 'busy' ? 'busy' : 'missed')
      this.#end(leg, 'rejected')
    } else if (action === 'answer') this.#answer(leg)
    else if (action === 'redirect') this.#redirect(leg, wordsOf(body))
    else if (action === 'transfer') this.#transfer(leg, wordsOf(body))
    else if (action === 'playPrompt')
      this.#parts.after(promptsMs, () => {
        if (leg.state === 'established')
          this.#notify(leg, 'deleted', { status: 'Completed' }, undefined, '/operations/o')
      })
    return done
  }

  #answer(leg: Leg): void {
    leg.state = 'answering'
    this.#parts.after(this.#parts.dice.below(1000), () => {
      if (leg.state !== 'answering') return
      leg.state = 'established'
      this.#notify(leg, 'updated', { state: 'establishing' })
      this.#notify(leg, 'updated', { state: 'Established' })
    })
  }

  /** Teams rings the person; how that went Graph does not tell. */
  #redirect(leg: Leg, to: string): void {
    this.#handOver(leg, to)
    this.#parts.after(this.#parts.dice.below(3000), () => {
      if (leg.state !== 'gone') this.#end(leg, 'handedOver', { resultInfo: { code: 0 } })
    })
    leg.state = 'transferring'
  }

  #transfer(leg: Leg, to: string): void {
    const { dice, after, trouble } = this.#parts
    leg.state = 'transferring'
    this.#order(leg, to)
    this.#notify(leg, 'updated', { state: 'transferring' })
    const fails = dice.chance(trouble())
    after(500 + dice.below(3000), () => {
      if (leg.state !== 'transferring') return
      if (fails) {
        leg.state = 'established'
        leg.refused += 1
        this.#notify(leg, 'updated', { state: 'established', resultInfo: { code: 500, subcode: 7000 } })
      } else {
        this.#handOver(leg, to)
        this.#end(leg, 'handedOver', { resultInfo: { code: 0, subCode: 7015 } })
      }
    })
  }

  #handOver(leg: Leg, to: string): void {
    leg.handedTo.push(to)
    this.#order(leg, to)
  }

  #order(leg: Leg, words: string): void {
    const order = words === voicemailNumber ? 'voicemail' : words.includes('@') ? `connect ${words}` : words
    const known = this.orders.get(leg.id) ?? []
    if (known.at(-1) !== order) this.orders.set(leg.id, [...known, order])
  }

  #end(leg: Leg, end: NonNullable<Leg['end']>, more: object = {}): void {
    leg.state = 'gone'
    leg.end = end
    this.#notify(leg, 'deleted', end === 'rejected' ? {} : { state: 'terminated', ...more })
  }

  /** Comes late, perhaps twice, and again until somebody acknowledges it. */
  #notify(leg: Leg, changeType: string, resourceData: object, onAcknowledged?: () => void, below = ''): void {
    const { dice, after } = this.#parts
    const value = [{ changeType, resourceUrl: `/communications/calls/${leg.id}${below}`, resourceData }]
    for (let copies = dice.chance(0.2) ? 2 : 1; copies > 0; copies -= 1)
      after(1 + dice.below(slowest), () => {
        this.#deliver({ value }, onAcknowledged, 0)
      })
  }

  #deliver(body: object, onAcknowledged: (() => void) | undefined, tries: number): void {
    const { after, source } = this.#parts
    const graph = source()
    let isHeard = false
    if (graph instanceof GraphSource)
      graph.receive(body).then(
        () => {
          isHeard = source() === graph
          if (isHeard) onAcknowledged?.()
        },
        () => undefined,
      )
    after(1000, () => {
      if (!isHeard && tries < 60) this.#deliver(body, onAcknowledged, tries + 1)
    })
  }
}

/** Who or what a request names. */
function wordsOf(body: object | undefined): string {
  const text = JSON.stringify(body ?? {})
  return (
    /"(?:user|phone)":\{[^}]*"id":"([^"]+)"/u.exec(text)?.[1] ?? /"reason":"(\w+)"/u.exec(text)?.[1] ?? ''
  )
}
