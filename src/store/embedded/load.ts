/** Reads what is on disk into memory. A line cut short by a crash can only be the very last one; other damage refuses. */
import { readChanges } from '../change.ts'
import { type Files } from './files.ts'
import { checkHeader, isUnfinished, journalName, journalNumbers, snapshotName } from './format.ts'
import { type CheckedLine, checkedLines } from './checked-line.ts'
import { Memory } from './memory.ts'
import { StoreUnreadable } from './unreadable.ts'

export type Loaded = {
  readonly memory: Memory
  /** The journals that the store consists of, in order; none when it is new. */
  readonly journals: readonly LoadedJournal[]
  readonly snapshotBytes: number
  /** Files of ours that mean nothing any more: a snapshot has replaced them, or they were never finished. */
  readonly leftovers: readonly string[]
}

export type LoadedJournal = {
  readonly number: number
  /** How long its good lines are; what lies behind them was never acknowledged. */
  readonly good: number
  readonly bytes: number
}

/** Reads the whole store; changes no file. */
export async function load(files: Files): Promise<Loaded> {
  const names = await files.list()
  const memory = new Memory()
  const snapshot = names.includes(snapshotName) ? await readSnapshot(files, memory) : null
  const first = snapshot?.journal ?? 1
  const numbers = journalNumbers(names).filter((number) => number >= first)
  if (snapshot || numbers.length > 0) checkNumbers(numbers, first)
  const journals: LoadedJournal[] = []
  for (const number of numbers) {
    const torn = journals.find(({ good, bytes }) => good < bytes)
    journals.push(await readJournal(files, memory, number, torn ? journalName(torn.number) : null))
  }
  const replaced = journalNumbers(names).filter((number) => number < first)
  const leftovers = [...names.filter(isUnfinished), ...replaced.map(journalName)]
  return { memory, journals, snapshotBytes: snapshot?.bytes ?? 0, leftovers }
}

/** Every journal from the first on must be there. */
function checkNumbers(numbers: readonly number[], first: number): void {
  const expected = Math.max(first, numbers.at(-1) ?? first) - first + 1
  if (numbers.length === expected) return
  const missing = [...Array(expected).keys()].find((step) => numbers[step] !== first + step) ?? 0
  throw new StoreUnreadable('missing', journalName(first + missing))
}

async function readSnapshot(files: Files, memory: Memory) {
  const bytes = await files.read(snapshotName)
  const { header, lines } = opened(bytes, snapshotName)
  let read = 0
  let isComplete = false
  for (const line of lines) {
    if (line.is === 'damaged' || isComplete) throw damagedAt(snapshotName, startOf(line, bytes))
    if (line.value === read) isComplete = true
    else applyLine(memory, line.value, snapshotName)
    read += 1
  }
  const { journal, number } = header
  if (!isComplete || typeof journal !== 'number' || typeof number !== 'number') {
    throw damagedAt(snapshotName, bytes.length)
  }
  memory.numberFrom(number)
  return { journal, bytes: bytes.length }
}

/** A torn journal may be followed by empty ones: beginning a journal does not mean that anything was written to it. */
async function readJournal(
  files: Files,
  memory: Memory,
  number: number,
  torn: string | null,
): Promise<LoadedJournal> {
  const name = journalName(number)
  const bytes = await files.read(name)
  const { end, lines } = opened(bytes, name)
  let good = end
  for (const line of lines) {
    if (torn !== null) throw damagedAt(torn)
    if (line.is === 'damaged') {
      if (!line.isLast) throw damagedAt(name, line.start)
      break
    }
    applyLine(memory, line.value, name)
    good = line.end
  }
  return { number, good, bytes: bytes.length }
}

/** Reads a file's header; the lines behind it are still to be read. */
function opened(bytes: Buffer, name: string) {
  const lines = checkedLines(bytes)
  const first = lines.next().value
  if (first?.is !== 'whole') throw new StoreUnreadable('foreign', name)
  return { header: checkHeader(first.value, name), end: first.end, lines }
}

function applyLine(memory: Memory, value: unknown, name: string): void {
  const changes = readChanges(value)
  if (!changes) throw damagedAt(name)
  for (const change of changes) memory.apply(change)
}

function startOf(line: CheckedLine, bytes: Buffer): number {
  return line.is === 'damaged' ? line.start : bytes.length
}

function damagedAt(name: string, byte?: number): StoreUnreadable {
  return new StoreUnreadable('damaged', name, byte === undefined ? '' : ` at byte ${byte}`)
}
