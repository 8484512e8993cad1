/**
 * What somebody with pencil and paper makes of a call: who is ringing, whose turn is next, when the alarms go off.
 * Written from the rules alone and in another way than the machine: it crosses out, ticks off and looks at its watch.
 */
import { type CallEvent } from '../../src/core/call.ts'
import { type Lane } from '../../src/core/lane.ts'
import { type Round } from '../../src/core/ring-plan.ts'
import { type Offer } from '../../src/core/step.ts'

export type Taker = { readonly who: string; readonly at: number }
export type Finish = { readonly how: string; readonly at: number; readonly who?: string }

export class Notebook {
  readonly #offer: Offer
  round = -1
  roundAlarm = 0
  turnAlarm = Infinity
  /** Members of an in-order group whose turn is still to come. */
  queue: string[] = []
  onTurn: string | undefined
  readonly cards = new Map<string, { rung: number }>()
  readonly ringing = new Set<string>()
  /** Who took the call without having been rung in this round or before. */
  readonly uncalled = new Set<string>()
  readonly declined = new Set<string>()
  readonly struck = new Set<string>()
  taker: Taker | undefined
  readonly failed: string[] = []
  readonly orders: string[] = []
  readonly missedNotices: string[] = []
  finish: Finish | undefined

  constructor(offer: Offer, at: number) {
    this.#offer = offer
    this.#start(0, at)
  }

  /** Goes through the whole history from the first ring. */
  static of(offer: Offer, arrivedAt: number, history: readonly CallEvent[]): Notebook {
    const notebook = new Notebook(offer, arrivedAt)
    for (const event of history) notebook.#hear(event)
    return notebook
  }

  lanes(): readonly Lane[] {
    return this.#roundNow()?.lanes ?? []
  }

  mayTake(person: string): boolean {
    if (this.finish || this.taker || this.#isOut(person)) return false
    return person === this.#offer.owner || this.lanes().some((lane) => isNamedIn(lane, person))
  }

  /** When the next alarm goes off, if any is set. */
  alarm(): number | null {
    if (this.finish) return null
    return this.taker ? this.taker.at + 30_000 : Math.min(this.roundAlarm, this.turnAlarm)
  }

  #hear(event: CallEvent): void {
    if (this.finish) return
    if (event.is === 'callerHungUp') this.#end('abandoned', event.at)
    if (event.is === 'claimed' && this.mayTake(event.by)) this.#take(event.by, event.at)
    if (event.is === 'declined' && !this.taker && this.#hasLiveCard(event.by)) {
      this.declined.add(event.by)
      this.ringing.delete(event.by)
      this.#goOnIfQuiet(event.at)
    }
    if (event.is === 'removed' && this.#isOnlyMember(event.person) && !this.#isOut(event.person)) {
      this.struck.add(event.person)
      this.ringing.delete(event.person)
      if (!this.taker) this.#goOnIfQuiet(event.at)
    }
    if (event.is === 'connected') this.#end('answered', this.taker?.at ?? event.at, this.taker?.who)
    if (event.is === 'connectFailed' && this.taker) this.#handBack(this.taker, event.at)
    if (event.is === 'timeUp') this.#watch(event.at)
  }

  #watch(now: number): void {
    for (let due = this.alarm(); due !== null && due <= now; due = this.alarm()) {
      if (this.taker && !this.#offer.reportsConnection) this.#end('answered', this.taker.at, this.taker.who)
      else if (now - due > 30_000) this.#end('missed', due)
      else if (this.taker) this.#handBack(this.taker, due)
      else if (this.turnAlarm < this.roundAlarm) this.#nextTurn(due)
      else this.#start(this.round + 1, due)
    }
  }

  #start(round: number, at: number): void {
    this.round = round
    this.ringing.clear()
    this.queue = []
    this.onTurn = undefined
    this.turnAlarm = Infinity
    const next = this.#roundNow()
    if (!next) return this.#endAsPlanned(at)
    this.roundAlarm = at + next.seconds * 1000
    for (const person of this.uncalled) if (!this.mayTake(person)) this.uncalled.delete(person)
    for (const lane of next.lanes) {
      if (lane.ring === 'phone') continue
      const names = lane.alerts.map(({ person }) => person)
      if (lane.order === 'inOrder') this.queue.push(...names)
      else names.forEach((person) => this.#ring(person))
      lane.silent.forEach(({ person }) => this.#ring(person))
    }
    if (this.queue.length > 0) this.#nextTurn(at)
    if (this.round === round) this.#goOnIfQuiet(at)
  }

  #ring(person: string): void {
    if (this.#isOut(person)) return
    const card = this.cards.get(person) ?? { rung: 0 }
    this.cards.set(person, { rung: card.rung + 1 })
    this.ringing.add(person)
    this.uncalled.delete(person)
  }

  #nextTurn(at: number): void {
    if (this.onTurn !== undefined) this.ringing.delete(this.onTurn)
    do this.onTurn = this.queue.shift()
    while (this.onTurn !== undefined && this.#isOut(this.onTurn))
    this.turnAlarm = this.onTurn === undefined ? Infinity : at + 20_000
    if (this.onTurn !== undefined) this.#ring(this.onTurn)
    else if (this.#roundNow()?.endsWithList) this.#start(this.round + 1, at)
  }

  /** When all who ring in this round are out it is over; when the one whose turn it is is out the next one's begins. */
  #goOnIfQuiet(at: number): void {
    const alerted = this.lanes().flatMap((lane) =>
      lane.ring === 'phone' ? ['a telephone'] : lane.alerts.map(({ person }) => person),
    )
    if (this.finish) return
    if (alerted.every((person) => this.#isOut(person))) this.#start(this.round + 1, at)
    else if (this.onTurn !== undefined && this.#isOut(this.onTurn)) this.#nextTurn(at)
  }

  #take(who: string, at: number): void {
    this.taker = { who, at }
    this.orders.push(`connect ${who}`)
    if (this.cards.has(who)) return
    this.cards.set(who, { rung: 1 })
    this.uncalled.add(who)
  }

  #handBack(taker: Taker, at: number): void {
    this.taker = undefined
    this.failed.push(taker.who)
    if (this.failed.length > 1) return this.#start(this.round + 1, at)
    const left = Math.min(this.roundAlarm, this.turnAlarm) - taker.at
    const pause = at - taker.at + Math.max(0, 10_000 - left)
    this.roundAlarm += pause
    this.turnAlarm += pause
    for (const person of this.ringing)
      this.cards.set(person, { rung: (this.cards.get(person)?.rung ?? 0) + 1 })
    this.#goOnIfQuiet(at)
  }

  #endAsPlanned(at: number): void {
    const { end } = this.#offer.plan
    if (end.is === 'transfer') {
      const to = end.to.is === 'number' ? end.to.number : end.to.person
      this.orders.push(`forward ${to}`)
      this.#end('forwarded', at)
    } else if (end.is === 'reject') {
      this.orders.push('reject')
      this.#end('rejected', at)
    } else this.#end(end.is, at)
  }

  #end(how: string, at: number, who?: string): void {
    this.finish = { how, at, ...(who === undefined ? {} : { who }) }
    this.taker = undefined
    if (['voicemail', 'missed', 'busy'].includes(how)) this.orders.push(how)
    const { owner, plan } = this.#offer
    const isLost = how === 'missed' || how === 'abandoned'
    const isSentOn = how === 'voicemail' || how === 'forwarded'
    const isWish = plan.rule === 'R4' || plan.rule === 'R5'
    if (!this.cards.has(owner) && (isLost || (isSentOn && !isWish))) this.missedNotices.push(owner)
  }

  #roundNow(): Round | undefined {
    return this.#offer.plan.rounds[this.round]
  }

  #hasLiveCard(person: string): boolean {
    return this.cards.has(person) && this.mayTake(person)
  }

  #isOut(person: string): boolean {
    return this.declined.has(person) || this.struck.has(person)
  }

  #isOnlyMember(person: string): boolean {
    const named = this.#offer.plan.rounds
      .flatMap(({ lanes }) => lanes)
      .filter((lane) => isNamedIn(lane, person))
    return named.length > 0 && named.every(({ ring }) => ring === 'group')
  }
}

function isNamedIn(lane: Lane, person: string): boolean {
  if (lane.ring === 'phone') return false
  return (
    [...lane.alerts, ...lane.silent].some((alert) => alert.person === person) || lane.mayPull.includes(person)
  )
}
