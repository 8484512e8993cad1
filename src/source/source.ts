/**
 * Where calls come from, and where the decisions about them go. Adapters stand beside this file; the rest of the bot
 * never learns which kind of telephony is behind a call.
 */
import { type Caller } from '../core/lane.ts'

/** What a source tells about a call; `id` is the source's own name for it, the same in every event. */
export type SourceEvent =
  | {
      readonly is: 'offered'
      readonly id: string
      /** A name of the person who was called: an address or object id, of whoever has it now. */
      readonly owner: string
      readonly caller: Caller
      /** What the source wants back with every order about this call. */
      readonly remember?: Readonly<Record<string, string>>
      /** When it was said, as the source has it: a copy of these words has the same, the same said anew has another. */
      readonly said?: string
      /** Teams rings the owner's people by itself and has the call: it is only to be noted down. */
      readonly isLeftToTeams?: boolean
    }
  /** The caller is gone, or nothing came of an order to connect. */
  | { readonly is: 'ended'; readonly id: string }
  | { readonly is: 'connectFailed'; readonly id: string; readonly order?: OrderMeant }
  | {
      readonly is: 'connected'
      readonly id: string
      /** Who has the caller, where it is told: an address or object id. */
      readonly to?: string
      /** The caller was passed on to them; whether they took the call is never told. */
      readonly isAssumed?: boolean
      readonly order?: OrderMeant
    }

/** Which hand-over is meant, as far as the source says: the number of the order, whom it named. Others it does not touch. */
export type OrderMeant = { readonly number?: number; readonly to?: string }

/** What is to become of a caller. `to` is an address, an object id or a telephone number. */
export type Deed =
  | { readonly do: 'connect' | 'forward'; readonly to: string }
  | { readonly do: 'voicemail' | 'reject' | 'busy' | 'missed' }

/** An order about one call. Its orders are numbered from 1: what is told of an earlier one is not about a later one. */
export type Order = Deed & { readonly number: number }

/** Done; or not now, try again after some milliseconds; or never: the source refuses. */
export type Carried =
  { readonly is: 'done' } | { readonly is: 'later'; readonly afterMs: number } | { readonly is: 'refused' }

export interface CallSource {
  readonly name: string
  /** Whether it tells how a hand-over went. */
  readonly reportsConnection: boolean
  /** Seconds a hand-over may take before it counts as failed; thirty unless said. */
  readonly connectSeconds?: number
  /** Carries an order out. May be asked twice for the same order and must then answer the same. */
  carryOut(leg: Readonly<Record<string, string>> & { readonly id: string }, order: Order): Promise<Carried>
  /** Does work that was left in its `LegBook`. May be asked twice for the same, so it looks before it acts. */
  work?(id: string, work: LegWork): Promise<Carried>
}

/** A piece of work that a source keeps with one of its calls; plain data that only the source reads. */
export type LegWork = { readonly do: string } & Readonly<Record<string, unknown>>

/** What a source notes about one of its calls, what is to be done about it, and when to look again. */
export type LegNotes = {
  /** Null forgets the call. */
  readonly notes: Readonly<Record<string, unknown>> | null
  readonly works: readonly LegWork[]
  /** Milliseconds since 1970; then `work` is asked to do `alarm`. Null: not by itself. */
  readonly alarmAt: number | null
}

/** A call there are notes of, by the source's own id. */
export type LegEntry = { readonly id: string; readonly notes: Readonly<Record<string, unknown>> }

/** A source's notes on its calls. They survive a restart, and so does the work that goes with them. */
export interface LegBook {
  read(id: string): Promise<Readonly<Record<string, unknown>> | null>
  /** Reads, decides and keeps in one piece; decides again when somebody else was first. Null keeps everything as it is. */
  change(
    id: string,
    decide: (notes: Readonly<Record<string, unknown>> | null, at: number) => LegNotes | null,
  ): Promise<void>
  /**
   * Takes a call in with the notes that are decided on, seeing all others: whoever else takes one in meanwhile, here or on
   * another instance, makes it decide again. Null takes nothing in, and a call that is in already is left alone.
   */
  admit(id: string, decide: (others: readonly LegEntry[], at: number) => LegNotes | null): Promise<void>
  /** Leaves work to be done, in order with that of the same call. */
  leave(id: string, ...works: readonly LegWork[]): Promise<void>
  /** All calls there are notes of, by the source's own ids. */
  all(): Promise<readonly LegEntry[]>
}

/** Tells the switchboard what happened; resolves once it is kept. */
export type Hear = (source: string, event: SourceEvent) => Promise<Heard>

/**
 * What became of an event. `idInUse`: another call of this name is still going on. `idUsed`: one just like it, or one that
 * never began, is over, so that this may be the same told again.
 */
export type Heard = 'accepted' | 'repeated' | 'unknownOwner' | 'unknownCall' | 'idInUse' | 'idUsed'
