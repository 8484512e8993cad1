/** What a schedule needs of a telephone system, whichever it is. */
import { type Clock } from '../../src/clock.ts'
import { type Caller } from '../../src/core/lane.ts'
import { type CallSource, type Hear, type SourceEvent } from '../../src/source/source.ts'
import { type Store } from '../../src/store/store.ts'
import { type Dice } from './dice.ts'

export type LinesParts = {
  readonly dice: Dice
  readonly now: () => number
  readonly after: (ms: number, run: () => void) => unknown
  readonly tell: (line: string) => void
  /** How often something goes wrong, from 0 to 1. */
  readonly trouble: () => number
  /** Tells whichever bot lives now, again and again until it says that it heard. */
  readonly report: (event: SourceEvent) => void
  /** The bot has acknowledged that this call came in. */
  readonly acknowledged: (id: string) => void
  /** The source of the bot that lives now; null while there is none. */
  readonly source: () => CallSource | null
}

/** What one life of the bot gives its source. */
export type Connection = {
  readonly store: Store
  readonly clock: Clock
  readonly hear: Hear
}

export interface Lines {
  readonly name: string
  /** Every order of each call, without repetitions in a row, as the caller's side carried it out. */
  readonly orders: ReadonlyMap<string, readonly string[]>
  /** How many hand-overs of each call failed. */
  readonly failures: ReadonlyMap<string, number>
  /** The bot's end of it, for one life. */
  connect(connection: Connection): CallSource
  callIn(id: string, owner: string, caller: Caller): void
  hangUp(id: string): void
  /** What is wrong in the end that only this side can see. */
  wrong(): readonly string[]
  /** Who has the caller for sure, by address, however that came about; null when nobody, or nobody can tell. */
  takenBy(id: string): string | null
  /** Whether a caller was let down: nobody answered in time, on a day when nothing went wrong. */
  isLetDown(id: string): boolean
  /** Whether the caller was gone before the last order could reach them, or an order was refused. */
  isGone(id: string): boolean
}
