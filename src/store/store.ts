/**
 * What survives a restart: documents, who is in whose group, timers, effects and history.
 * One contract, one conformance suite (test/store/conformance.ts), interchangeable adapters beside this file.
 *
 * Everything that changes, changes through `commit`: one batch is applied whole and durably, or not at all.
 * Timers and effects are part of a batch, so that nothing decided is lost when the process dies.
 */
import { type PersonId } from '../core/person.ts'
import { type Documents } from './documents.ts'

export type Kind = keyof Documents

/** A document and its revision: 1 when first put, one more with every put. */
export type Kept<K extends Kind = Kind> = { readonly rev: number; readonly doc: Documents[K] }

export type Put = {
  [K in Kind]: {
    readonly kind: K
    readonly id: string
    /** The revision this was decided on; 0 when the document must not exist yet. */
    readonly expect: number
    /** Null removes the document. */
    readonly doc: Documents[K] | null
  }
}[Kind]

/** Puts one member into, or takes them out of, one owner's group; what `groupsOf` answers from. */
export type MembershipChange = {
  readonly change: 'join' | 'leave'
  readonly owner: PersonId
  readonly member: PersonId
}

/** Fires once `due` (milliseconds since 1970, the store's clock) has come, until it is cancelled or set anew. */
export type Timer = {
  readonly key: string
  readonly due: number
  readonly event: TimerEvent
  /**
   * How long this can last at most from when it is set, or from when the store starts again: a wall clock that was set
   * back in between puts off nothing for longer than this many milliseconds.
   */
  readonly within?: number
}

/** Plain data for the switchboard; the store only keeps it. */
export type TimerEvent = { readonly is: string; readonly id: string }

/** Something to be done outside after a commit. Handlers may run twice, so they must look before they act. */
export type Effect = {
  /** Effects of one lane are done one after the other, in the order they were committed: a conversation, a call leg. */
  readonly lane: string
  /** What to do; plain data for the switchboard. */
  readonly work: EffectWork
  /** Among lanes that wait for a free hand, the lowest goes first: 0 hand-over, 1 ringing card, 2 the rest. */
  readonly priority: 0 | 1 | 2
}

export type EffectWork = { readonly do: string; readonly id: string } & Readonly<
  Record<string, string | number>
>

/** One ended call, as the group log tells it. */
export type HistoryRow = {
  /** When the ringing ended, milliseconds since 1970. */
  readonly at: number
  readonly call: string
  readonly owner: PersonId
  /** Everybody who may see this row in their log: the owner and those it rang. */
  readonly people: readonly PersonId[]
  readonly caller: string
  readonly outcome: string
  /** Who took it: a person's id, or the number it went to. */
  readonly by?: string
  readonly secondsRung: number
}

/** One change of somebody's settings or rights, or of a policy. */
export type AuditRow = {
  readonly at: number
  /** Whose settings or rights; the name of a policy after `policy:`. */
  readonly about: string
  /** Who did it; null for somebody with the admin key, and for what the bot did by itself. */
  readonly by: PersonId | null
  /** Through which door they came: chat, delegate, admin, http, terminal, bot. */
  readonly door: string
  readonly parts: readonly AuditPart[]
}

/** One part of a sheet, as it was and as it is now. */
export type AuditPart = { readonly part: string; readonly before: unknown; readonly after: unknown }

/** A row as it is read back; later rows have higher numbers. */
export type AuditEntry = AuditRow & { readonly number: number }

export type AuditQuery = {
  /** Only rows about this. */
  readonly about?: string
  /** Only rows with a lower number; for the next page. */
  readonly before?: number
  readonly limit: number
}

export type Batch = {
  readonly puts?: readonly Put[]
  readonly memberships?: readonly MembershipChange[]
  readonly setTimers?: readonly Timer[]
  readonly cancelTimers?: readonly string[]
  readonly effects?: readonly Effect[]
  readonly history?: readonly HistoryRow[]
  readonly audit?: readonly AuditRow[]
}

export type Committed = 'committed' | 'conflict'

/** Reading, as a timer's decision sees the store: consistent with the commit that follows. */
export interface Reader {
  get<K extends Kind>(kind: K, id: string): Promise<Kept<K> | null>
  /** The owners of all groups this person is a member of, sorted. */
  groupsOf(member: PersonId): Promise<readonly PersonId[]>
}

/** What an effect came to: done, or to be tried again after this many milliseconds (its lane waits behind it). */
export type EffectResult = { readonly is: 'done' } | { readonly is: 'later'; readonly afterMs: number }

export type Handlers = {
  /**
   * Decides what a due timer changes. The timer and the returned batch are committed together; a conflict asks again.
   * Does no input or output besides `read`.
   */
  readonly onTimer: (timer: Timer, read: Reader) => Promise<Batch>
  /** Performs one effect. A throw counts as "later", with growing waits. */
  readonly onEffect: (effect: Effect) => Promise<EffectResult>
}

/** A part of a list: what comes after this id, so many at most. */
export type Page = { readonly after?: string; readonly limit: number }

export type Listed<K extends Kind = Kind> = Kept<K> & { readonly id: string }

export type HistoryQuery = {
  /** Rows this person may see. */
  readonly person: PersonId
  /** Only rows that ended before this time; for the next page. */
  readonly before?: number
  readonly limit: number
}

export interface Store extends Reader {
  /** Applies the batch whole and durably, or answers `conflict` and changes nothing. Throws StoreFailed when it cannot be kept. */
  commit(batch: Batch): Promise<Committed>
  /** Newest first. */
  history(query: HistoryQuery): Promise<readonly HistoryRow[]>
  /** Newest first. */
  audit(query: AuditQuery): Promise<readonly AuditEntry[]>
  /** Documents of one kind in the order of their ids, those after `after`. */
  list<K extends Kind>(kind: K, page: Page): Promise<ReadonlyArray<Listed<K>>>
  /** Begins firing timers and performing effects, those left by an earlier run included. */
  start(handlers: Handlers): Promise<void>
  /** Stops firing and performing; resolves when what is under way has ended. */
  stop(): Promise<void>
  close(): Promise<void>
  /** Null while commits can be kept; otherwise why not, as a code for `/ready` and the log. */
  trouble(): StoreTrouble | null
}

export type StoreTrouble = 'diskFull' | 'readOnly' | 'writeFailed' | 'unreachable' | 'closed'

/** A commit that could not be kept: nothing has changed. */
export class StoreFailed extends Error {
  readonly trouble: StoreTrouble

  constructor(trouble: StoreTrouble) {
    super(`store: ${trouble}`)
    this.name = 'StoreFailed'
    this.trouble = trouble
  }
}
