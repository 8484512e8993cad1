/**
 * Performs effects: one after the other within a lane, many lanes at once, the most urgent lane first.
 * What has to wait holds up its own lane only.
 */
import { type Clock } from '../../clock.ts'
import { mostAtOnce, mostForTheRest } from '../at-once.ts'
import { backOffMs } from '../back-off.ts'
import { type NumberedEffect } from '../change.ts'
import { type Tell } from '../store-event.ts'
import { type Effect, type EffectResult } from '../store.ts'
import { Fifo } from './fifo.ts'

export type EffectsParts = {
  readonly clock: Clock
  readonly random: () => number
  readonly tell: Tell
  /** Called with the number of an effect that is done. */
  readonly onDone: (number: number) => void
}

export type Perform = (effect: Effect) => Promise<EffectResult>

type Lane = {
  readonly name: string
  readonly effects: Fifo<NumberedEffect>
  failures: number
  /** Ends the rest that the lane takes now. */
  endRest: (() => void) | null
}

export class Effects {
  readonly #parts: EffectsParts
  readonly #lanes = new Map<string, Lane>()
  /** By how urgent what comes next in them is. */
  readonly #ready = [new Fifo<Lane>(), new Fifo<Lane>(), new Fifo<Lane>()] as const
  readonly #busy = new Set<Promise<void>>()
  #busyWithTheRest = 0
  #perform: Perform | null = null

  constructor(parts: EffectsParts) {
    this.#parts = parts
  }

  /** Takes up an effect that has become durable, behind those of its lane. */
  add(numbered: NumberedEffect): void {
    const name = numbered.effect.lane
    const known = this.#lanes.get(name)
    const lane = known ?? { name, effects: new Fifo(), failures: 0, endRest: null }
    lane.effects.add(numbered)
    if (known) return
    this.#lanes.set(name, lane)
    this.#makeReady(lane)
  }

  run(perform: Perform): void {
    this.#perform = perform
    this.#begin()
  }

  /** Resolves when every effect under way has ended. Lanes that rest are tried at once after the pause. */
  async pause(): Promise<void> {
    this.#perform = null
    await Promise.all(this.#busy)
    for (const lane of this.#lanes.values()) lane.endRest?.()
  }

  #makeReady(lane: Lane): void {
    const priority = lane.effects.peek()?.effect.priority ?? 2
    this.#ready[priority].add(lane)
    this.#begin()
  }

  #begin(): void {
    while (this.#perform && this.#busy.size < mostAtOnce) {
      const [urgent, cards, rest] = this.#ready
      const mayRest = this.#busyWithTheRest < mostForTheRest
      const ready = [urgent, cards, ...(mayRest ? [rest] : [])].find(({ size }) => size > 0)
      const lane = ready?.take()
      const next = lane?.effects.peek()
      if (!lane || !next) return
      const hands = ready === rest ? 1 : 0
      this.#busyWithTheRest += hands
      const busy = this.#performNext(lane, next, this.#perform).then((waitMs) => {
        this.#busyWithTheRest -= hands
        this.#busy.delete(busy)
        this.#goOn(lane, waitMs)
        this.#begin()
      })
      this.#busy.add(busy)
    }
  }

  /** Null when it is done, otherwise how long its lane has to wait. */
  async #performNext(
    lane: Lane,
    { number, effect }: NumberedEffect,
    perform: Perform,
  ): Promise<number | null> {
    const { onDone, random, tell } = this.#parts
    try {
      const result = await perform(effect)
      lane.failures = 0
      if (result.is === 'later') return result.afterMs
      onDone(number)
      return null
    } catch (error) {
      lane.failures += 1
      tell({ is: 'effectFailed', work: effect.work.do, error })
      return backOffMs(lane.failures, random)
    }
  }

  #goOn(lane: Lane, waitMs: number | null): void {
    if (waitMs !== null) {
      this.#rest(lane, waitMs)
      return
    }
    lane.effects.take()
    if (lane.effects.size === 0) this.#lanes.delete(lane.name)
    else this.#makeReady(lane)
  }

  #rest(lane: Lane, ms: number): void {
    const callOff = this.#parts.clock.after(Math.max(0, ms), () => lane.endRest?.())
    lane.endRest = () => {
      callOff()
      lane.endRest = null
      this.#makeReady(lane)
    }
  }
}
