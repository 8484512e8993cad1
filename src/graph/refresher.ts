/**
 * Looks everybody up again every few hours, at a gentle pace, and newcomers at once. What could not be found out is left as
 * it was and tried again later.
 *
 *   people() ──► next ──┐
 *                       ├──► look ──► keep
 *   soon(id) ──► first ─┘      └──► failed ──► first, some minutes later
 */
import { type Clock } from '../clock.ts'
import { type PersonId } from '../core/person.ts'
import { type GraphFailure } from './answer.ts'
import { Quiet } from './quiet.ts'
import { Turns } from './turns.ts'
import { Waits } from './waits.ts'

export type Found<T> = { readonly is: 'found'; readonly configuration: T }

export type RefresherPorts<T> = {
  /** Everybody who may be looked up. */
  readonly people: () => AsyncIterable<PersonId>
  readonly look: (id: PersonId) => Promise<Found<T> | GraphFailure>
  readonly keep: (id: PersonId, found: T) => Promise<void>
  readonly clock: Clock
  /** Told of every look: found, notKept, or what kind of failure; and noPeople when a round could not go on. */
  readonly count: (result: string) => void
}

export type Pace = {
  /** From the beginning of one round to that of the next. */
  readonly everyMs: number
  readonly atOnce: number
  /** Each of those who look rests so long between two people. */
  readonly restMs: number
  /** Those who could not be looked up get another turn after this. */
  readonly againMs: number
}

/** Eight people a second at most: a hundred thousand in three and a half hours. */
const gentle: Pace = { everyMs: 12 * 60 * 60 * 1000, atOnce: 4, restMs: 500, againMs: 10 * 60 * 1000 }

export class Refresher<T> {
  readonly #ports: RefresherPorts<T>
  readonly #pace: Pace
  readonly #quiet: Quiet
  readonly #turns = new Turns()
  readonly #waits: Waits
  readonly #keeping = new Set<Promise<void>>()
  #round: AsyncIterator<PersonId> | null = null
  #roundBegan = 0
  #looking = 0
  #isStopped = false

  constructor(ports: RefresherPorts<T>, pace: Partial<Pace> = {}) {
    this.#ports = ports
    this.#pace = { ...gentle, ...pace }
    this.#quiet = new Quiet(ports.clock)
    this.#waits = new Waits(ports.clock)
  }

  /** Begins the first round. */
  start(): void {
    if (this.#isStopped || this.#round) return
    this.#roundBegan = this.#ports.clock.now()
    this.#turns.newRound()
    this.#round = this.#ports.people()[Symbol.asyncIterator]()
    this.#goOn()
  }

  /** Looks this person up before all others. */
  soon(id: PersonId): void {
    this.#turns.first(id)
    this.#goOn()
  }

  /** Ends it. Once this resolves nothing more is kept. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#turns.clear()
    this.#waits.end()
    void this.#round?.return?.().catch(() => undefined)
    await Promise.allSettled(this.#keeping)
  }

  #goOn(): void {
    while (!this.#isStopped && this.#looking < this.#pace.atOnce && this.#hasMore()) {
      this.#looking += 1
      void this.#work().finally(() => {
        this.#looking -= 1
        // Somebody may have come while the last of the round were waited for.
        this.#goOn()
      })
    }
  }

  #hasMore(): boolean {
    return this.#round !== null || this.#turns.waiting > 0
  }

  async #work(): Promise<void> {
    for (;;) {
      // Others may meanwhile have been told to wait longer.
      while (!this.#isStopped && this.#quiet.left() > 0) await this.#waits.for(this.#quiet.left())
      const id = await this.#next()
      if (id === null || this.#isStopped) return
      await this.#lookUp(id)
      await this.#waits.for(this.#pace.restMs)
    }
  }

  async #next(): Promise<PersonId | null> {
    const newcomer = this.#turns.next()
    const round = this.#round
    if (newcomer !== null || !round) return newcomer
    const next = await round.next().catch(() => null)
    if (next && next.done !== true) return next.value
    if (this.#round === round) this.#endRound(next !== null)
    return null
  }

  #endRound(isWhole: boolean): void {
    const { clock, count } = this.#ports
    const { everyMs, againMs } = this.#pace
    this.#round = null
    if (!isWhole) count('noPeople')
    const left = isWhole ? this.#roundBegan + everyMs - clock.now() : 0
    this.#later(Math.max(left, againMs), () => {
      this.start()
    })
  }

  async #lookUp(id: PersonId): Promise<void> {
    const { look, count } = this.#ports
    const found = await look(id).catch((): GraphFailure => ({ is: 'badAnswer' }))
    if (this.#isStopped) return
    if (found.is === 'found') await this.#keep(id, found.configuration)
    else {
      count(found.is)
      this.#failed(id, found)
    }
  }

  async #keep(id: PersonId, configuration: T): Promise<void> {
    this.#quiet.over()
    const keeping = this.#ports.keep(id, configuration).then(
      () => {
        this.#turns.found(id)
        this.#ports.count('found')
      },
      () => {
        this.#ports.count('notKept')
        this.#putOff(id)
      },
    )
    this.#keeping.add(keeping)
    await keeping.finally(() => this.#keeping.delete(keeping))
  }

  #failed(id: PersonId, failure: GraphFailure): void {
    switch (failure.is) {
      case 'throttled':
        // Nothing is wrong with this person: their turn was only too early.
        this.#quiet.atLeast(failure.retryAfterMs)
        this.#turns.first(id)
        return
      case 'transient':
        this.#quiet.longer()
        this.#putOff(id)
        return
      case 'refused':
        // What the bot may not ask of one it may hardly ask of others, until an admin allows it.
        if (failure.status === 401 || failure.status === 403) this.#quiet.longer()
        this.#putOff(id)
        return
      case 'badAnswer':
        this.#putOff(id)
        return
      case 'notFound':
        return
    }
  }

  #putOff(id: PersonId): void {
    if (!this.#turns.putOff(id)) return
    this.#later(this.#pace.againMs, () => {
      this.#turns.again()
      this.#goOn()
    })
  }

  #later(ms: number, run: () => void): void {
    void this.#waits.for(ms).then(run)
  }
}
