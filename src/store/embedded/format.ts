/**
 * The store's files: one `snapshot` at most, and the journals since. Every file begins with a header line.
 *
 *   snapshot    header { journal: n, number }, then lines of changes, then the number of those lines
 *   journal-n   header, then one line per flush: all the changes that it made durable
 *
 * The store is the snapshot, then journal-n, journal-(n+1) and so on; without a snapshot n is 1.
 * Names ending in .new are files that were not finished; they mean nothing.
 */
import { StoreUnreadable } from './unreadable.ts'
import { checkedLine } from './checked-line.ts'

export const snapshotName = 'snapshot'
export const journalName = (number: number) => `journal-${number}`
export const unfinished = (name: string) => `${name}.new`

/** Whether this is an unfinished file of ours. */
export function isUnfinished(name: string): boolean {
  return /^(snapshot|journal-\d+)\.new$/.test(name)
}

const format = 'call-pickup-bot store'
const version = 1

/** What a snapshot's header adds: the first journal after it, and the last number given before that journal. */
export type SnapshotHeader = { readonly journal: number; readonly number: number }

/** The first line of a file. */
export function headerLine(more: SnapshotHeader | object = {}): Buffer {
  return checkedLine(JSON.stringify({ format, version, ...more }))
}

/** Refuses a first line that is no header of ours, or not of this version. */
export function checkHeader(value: unknown, file: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value) || value['format'] !== format) throw new StoreUnreadable('foreign', file)
  if (value['version'] !== version) throw new StoreUnreadable('version', file)
  return value
}

/** The numbers of the journals among these names, in order. */
export function journalNumbers(names: readonly string[]): readonly number[] {
  return names
    .map((name) => /^journal-([1-9]\d{0,14})$/.exec(name)?.[1])
    .flatMap((digits) => (digits === undefined ? [] : [Number(digits)]))
    .sort((one, other) => one - other)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
