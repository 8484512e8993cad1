/**
 * Writes all of memory as lines of changes while commits go on. A line may already show changes that came later:
 * all of those are in the journal begun before, and doing them again comes to the same.
 */
import { type Change } from '../change.ts'
import { type Files, type OpenFile } from './files.ts'
import { headerLine, snapshotName, unfinished } from './format.ts'
import { checkedLine } from './checked-line.ts'
import { type Memory } from './memory.ts'

/** Few enough that making one line blocks nobody for long: about 40 KB of settings. */
const perLine = 64
/** Synced as it goes, so that the last sync does not keep the journal waiting behind one big write. */
const bytesPerSync = 4 * 1024 * 1024

/** Writes the unfinished snapshot that `journal` continues. Null when `mayGoOn` said no before the end. */
export async function writeSnapshot(
  files: Files,
  memory: Memory,
  journal: number,
  mayGoOn: () => boolean,
): Promise<number | null> {
  const file = await files.open(unfinished(snapshotName), 'new')
  try {
    const header = headerLine({ journal, number: memory.lastNumber })
    await file.append(header)
    const bytes = await appendAll(file, memory, mayGoOn)
    await file.datasync()
    return bytes === null ? null : header.length + bytes
  } finally {
    await file.close()
  }
}

async function appendAll(file: OpenFile, memory: Memory, mayGoOn: () => boolean): Promise<number | null> {
  let bytes = 0
  let unsynced = 0
  let lines = 0
  for (const change of changesOf(memory)) {
    if (!mayGoOn()) return null
    const line = checkedLine(JSON.stringify([change]))
    await file.append(line)
    lines += 1
    bytes += line.length
    unsynced += line.length
    if (unsynced < bytesPerSync) continue
    await file.datasync()
    unsynced = 0
  }
  const end = checkedLine(JSON.stringify(lines))
  await file.append(end)
  return bytes + end.length
}

/** All that memory holds, as changes to an empty memory. */
export function* changesOf(memory: Memory): Generator<Change, void> {
  for (const puts of chunks(memory.documents.values())) yield { puts }
  for (const memberships of chunks(joins(memory))) yield { memberships }
  for (const setTimers of chunks(memory.timers.values())) yield { setTimers }
  for (const effects of chunks(memory.effects)) {
    yield { effects: effects.map(([number, effect]) => ({ number, effect })) }
  }
  for (const rows of chunks(memory.history.rows)) {
    yield { history: rows.map(([number, row]) => ({ number, row })) }
  }
  for (const rows of chunks(memory.audit.rows)) {
    yield { audit: rows.map(([number, row]) => ({ number, row })) }
  }
}

function* joins({ groups }: Memory) {
  for (const [member, owners] of groups) {
    for (const owner of owners) yield { change: 'join', owner, member } as const
  }
}

function* chunks<T>(all: Iterable<T>): Generator<readonly T[], void> {
  let chunk: T[] = []
  for (const one of all) {
    if (chunk.push(one) < perLine) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
