/**
 * A pretend office that knows a call only by what it is told: screens change because a card is to be shown, the caller
 * hears what the source is ordered. After every event both must be what the office, from its own notebook, expects.
 */
import assert from 'node:assert/strict'
import { type CallEffect } from '../../src/core/call-effects.ts'
import type * as calls from '../../src/core/call.ts'
import { type Call, type CallEvent } from '../../src/core/call.ts'
import type * as faces from '../../src/core/face.ts'
import { type Face } from '../../src/core/face.ts'
import { type Lane } from '../../src/core/lane.ts'
import type * as steps from '../../src/core/step.ts'
import { type Offer } from '../../src/core/step.ts'
import { Notebook } from './notebook.ts'

/** The machine the office watches: the real one, or one with a fault in it. */
export type Machine = Pick<typeof calls, 'nextDue'> &
  Pick<typeof steps, 'begin' | 'step' | 'mayClaim'> &
  Pick<typeof faces, 'faceOf'>

export class PretendOffice {
  readonly #machine: Machine
  readonly #offer: Offer
  readonly #arrivedAt: number
  readonly #people: readonly string[]
  readonly #history: CallEvent[] = []
  readonly #screens = new Map<string, Face | null>()
  readonly #heardByCaller: string[] = []
  readonly #notices: string[] = []
  #notes: Notebook
  call: Call

  constructor(machine: Machine, offer: Offer, arrivedAt: number, people: readonly string[]) {
    this.#machine = machine
    this.#offer = offer
    this.#arrivedAt = arrivedAt
    this.#people = people
    const begun = machine.begin(offer, arrivedAt)
    this.call = begun.call
    this.#notes = Notebook.of(offer, arrivedAt, [])
    this.#obey(begun.effects)
    this.#agree()
  }

  /** Something happens: the machine says what to do, the office does it and looks round. */
  hear(event: CallEvent): void {
    const before = this.call
    const { call, effects } = this.#machine.step(before, event)
    this.call = call
    this.#history.push(event)
    const hadNoted = asText(this.#notes)
    this.#notes = Notebook.of(this.#offer, this.#arrivedAt, this.#history)
    const somethingHappened = asText(this.#notes) !== hadNoted
    assert.equal(call !== before, somethingHappened, 'the call changes exactly when something happened')
    assert.equal(call.version, before.version + Number(somethingHappened), 'one version for each change')
    if (before.state.is === 'ended') assert.equal(call, before, 'an ended call stays as it is')
    if (!somethingHappened) assert.deepEqual(effects, [], 'nothing is done when nothing happened')
    this.#obey(effects)
    this.#agree()
  }

  /** How the call ended for the office, or undefined while it lives. */
  get outcome(): string | undefined {
    return this.#notes.finish?.how
  }

  get handBacks(): number {
    return this.#notes.failed.length
  }

  #obey(effects: readonly CallEffect[]): void {
    const shown = effects.flatMap((effect) => (effect.do === 'show' ? [effect.person] : []))
    assert.equal(new Set(shown).size, shown.length, 'one card a person and event')
    for (const effect of effects) {
      if (effect.do === 'order') this.#heardByCaller.push(orderInWords(effect))
      else if (effect.do === 'tellMissed') this.#notices.push(effect.person)
      else this.#screens.set(effect.person, this.#machine.faceOf(this.call, effect.person))
    }
  }

  #agree(): void {
    const { call } = this
    const notes = this.#notes
    const { mayClaim, faceOf, nextDue } = this.#machine
    assert.equal(stateInWords(call), stateNoted(notes), 'state')
    assert.equal(nextDue(call), notes.alarm(), 'the next alarm')
    assert.deepEqual(this.#heardByCaller, notes.orders, 'what becomes of the caller')
    assert.deepEqual(this.#notices, notes.missedNotices, 'who hears of a missed call')
    assert.equal(new Set(call.parties.map(({ person }) => person)).size, call.parties.length, 'told twice')
    for (const person of this.#people) {
      const screen = this.#screens.get(person) ?? null
      assert.equal(mayClaim(call, person), notes.mayTake(person), `whether ${person} may pick up`)
      assert.deepEqual(screen, faceOf(call, person), `the screen of ${person} is up to date`)
      assert.equal(screenInWords(screen), screenNoted(notes, person), `the screen of ${person}`)
    }
  }
}

function asText(notes: Notebook): string {
  const { declined, struck, ...rest } = notes
  return JSON.stringify({ ...rest, cards: [...notes.cards], out: [...declined, '/', ...struck] })
}

function orderInWords({ order }: Extract<CallEffect, { do: 'order' }>): string {
  switch (order.do) {
    case 'connect':
      return `connect ${order.to}`
    case 'forward':
      return `forward ${order.to.is === 'number' ? order.to.number : order.to.person}`
    default:
      return order.do
  }
}

function stateInWords({ state }: Call): string {
  switch (state.is) {
    case 'ringing':
      return `round ${state.round}`
    case 'connecting':
      return `${state.by} since ${state.at}`
    case 'ended':
      return endInWords(state.outcome, state.at, state.by)
  }
}

function stateNoted({ finish, taker, round }: Notebook): string {
  if (finish) return endInWords(finish.how, finish.at, finish.who)
  return taker ? `${taker.who} since ${taker.at}` : `round ${round}`
}

function endInWords(how: string, at: number, who = 'nobody we know'): string {
  return `${how} at ${at} by ${who}`
}

/** A screen in a few words: a button and what it says beside it, or a last word without a button. */
function screenInWords(face: Face | null): string {
  if (!face) return 'dark'
  switch (face.is) {
    case 'ringing':
      return liveInWords(face.turnOver, face.alerts, face.alsoRings, face.notConnected)
    case 'taken':
      return `${face.by} since ${face.at}`
    case 'movedOn':
      return `moved on to ${face.to}`
    case 'ended':
      return endInWords(face.outcome, face.at, face.by)
    case 'declined':
    case 'removed':
      return face.is
  }
}

function screenNoted(notes: Notebook, person: string): string {
  const card = notes.cards.get(person)
  if (!card) return 'dark'
  if (notes.finish ?? notes.taker) return stateNoted(notes)
  if (notes.struck.has(person)) return 'removed'
  if (notes.declined.has(person)) return 'declined'
  if (!notes.mayTake(person)) return `moved on to ${notes.lanes()[0]?.ring ?? 'nobody'}`
  const isOver = !notes.ringing.has(person) && !notes.uncalled.has(person)
  const others = notes.lanes().flatMap((lane) => ringsIn(lane, notes))
  return liveInWords(
    isOver,
    card.rung,
    others.filter((other) => other !== person),
    notes.failed,
  )
}

function ringsIn(lane: Lane, notes: Notebook): readonly string[] {
  if (lane.ring === 'phone') return [lane.number]
  const names = lane.alerts.map(({ person }) => person)
  return lane.order === 'inOrder' ? names.filter((person) => person === notes.onTurn) : names
}

function liveInWords(
  isOver: boolean,
  rung: number,
  others: readonly string[],
  failed: readonly string[],
): string {
  const turn = isOver ? 'turn over' : 'ringing'
  return `Pick up! ${turn}, rung ${rung} times, also ${others.join('+')}, failed ${failed.join('+')}`
}
