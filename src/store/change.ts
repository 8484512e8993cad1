/** What one commit changes, as it is kept on disk: one piece of a journal line. Doing it twice comes to the same. */
import { type Documents } from './documents.ts'
import {
  type AuditRow,
  type Batch,
  type Effect,
  type HistoryRow,
  type Kind,
  type MembershipChange,
  type Timer,
} from './store.ts'

export type Change = {
  readonly puts?: readonly KeptPut[]
  readonly memberships?: readonly MembershipChange[]
  /** Cancelled before the others are set. */
  readonly cancelTimers?: readonly string[]
  readonly setTimers?: readonly Timer[]
  readonly effects?: readonly NumberedEffect[]
  /** The numbers of effects that were performed. */
  readonly performed?: readonly number[]
  readonly history?: readonly NumberedRow[]
  readonly audit?: readonly NumberedAudit[]
}

export type KeptPut = {
  readonly kind: Kind
  readonly id: string
  readonly rev: number
  readonly doc: Documents[Kind] | null
}

export type NumberedEffect = { readonly number: number; readonly effect: Effect }
export type NumberedRow = { readonly number: number; readonly row: HistoryRow }
export type NumberedAudit = { readonly number: number; readonly row: AuditRow }

/** The change that a batch asks for; effects and rows get the next numbers. */
export function changeOf(batch: Batch, nextNumber: () => number): Change {
  return {
    puts: some(batch.puts?.map(({ kind, id, expect, doc }) => ({ kind, id, rev: expect + 1, doc }))),
    memberships: some(batch.memberships),
    cancelTimers: some(batch.cancelTimers),
    setTimers: some(batch.setTimers),
    effects: some(batch.effects?.map((effect) => ({ number: nextNumber(), effect }))),
    history: some(batch.history?.map((row) => ({ number: nextNumber(), row }))),
    audit: some(batch.audit?.map((row) => ({ number: nextNumber(), row }))),
  }
}

/** Whether a batch asks for nothing at all. */
export function isEmpty(batch: Batch): boolean {
  return Object.values(batch).every((part) => part.length === 0)
}

/** One change as its JSON says it; only JSON that this program wrote and a checksum guards comes here. */
export function readChange(json: string): Change {
  return JSON.parse(json) as Change
}

/** The changes of one line. */
export function readChanges(line: unknown): readonly Change[] | null {
  return Array.isArray(line) ? (line as readonly Change[]) : null
}

/** Under which key a document is kept; kinds have no blanks. */
export function documentKey(kind: Kind, id: string): string {
  return `${kind} ${id}`
}

export const groupsKey = (member: string) => `groupsOf ${member}`
export const historyKey = (person: string) => `historyOf ${person}`
/** The order of the audit log has one key: whoever reads a page waits for all that is in it. */
export const auditKey = 'audit'

/** Which documents of a kind there are. */
export const listKey = (kind: Kind) => `list ${kind}`

/** All that answers differently after this change. */
export function keysOf({ puts, memberships, history, audit }: Change): readonly string[] {
  return [
    ...(puts ?? []).flatMap(({ kind, id, rev, doc }) => {
      const isListed = doc === null || rev === 1
      return isListed ? [documentKey(kind, id), listKey(kind)] : [documentKey(kind, id)]
    }),
    ...(memberships ?? []).map(({ member }) => groupsKey(member)),
    ...(history ?? []).flatMap(({ row }) => row.people.map(historyKey)),
    ...(audit === undefined ? [] : [auditKey]),
  ]
}

/** Undefined parts are left out of the JSON. */
function some<T>(parts: readonly T[] | undefined): readonly T[] | undefined {
  return parts && parts.length > 0 ? parts : undefined
}
