/** Replaces journals that have grown long by a snapshot, while commits go on into a new journal. */
import { type Tell } from '../store-event.ts'
import { journalName, snapshotName, unfinished } from './format.ts'
import { type GroupCommit } from './group-commit.ts'
import { Journal } from './journal.ts'
import { type Memory } from './memory.ts'
import { writeSnapshot } from './snapshot.ts'
import { type TrustedFiles } from './trusted-files.ts'

export type CompactionParts = {
  readonly files: TrustedFiles
  readonly memory: Memory
  readonly commits: GroupCommit
  readonly tell: Tell
  /** Journals shorter than this stay. */
  readonly leastBytes: number
  /** Forgets what is too old, just before the rest is written. */
  readonly forgetOld: () => void
}

/** What is on disk besides the journal that is written to. */
export type Found = {
  readonly older: ReadonlyArray<{ readonly number: number; readonly bytes: number }>
  readonly snapshotBytes: number
}

export class Compaction {
  readonly #parts: CompactionParts
  #found: Found
  /** After a failure, not before the journals have grown beyond this. */
  #notBelow = 0
  #running: Promise<void> | null = null
  #isStopped = false

  constructor(parts: CompactionParts, found: Found) {
    this.#parts = parts
    this.#found = found
  }

  /** Begins a compaction when the journals have grown longer than the snapshot. */
  consider(): void {
    const { older, snapshotBytes } = this.#found
    const bytes = older.reduce((sum, journal) => sum + journal.bytes, this.#parts.commits.journalBytes)
    const limit = Math.max(this.#parts.leastBytes, snapshotBytes, this.#notBelow)
    if (bytes <= limit || this.#running || this.#isStopped) return
    this.#notBelow = bytes + this.#parts.leastBytes
    this.#running = this.#run().finally(() => {
      this.#running = null
    })
  }

  /** Breaks off a compaction under way; resolves when it has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#running
  }

  async #run(): Promise<void> {
    const { files, tell } = this.#parts
    try {
      const journal = await this.#beginJournal()
      const bytes = await this.#replace(journal)
      if (bytes !== null) tell({ is: 'compacted', bytes })
    } catch (error) {
      tell({ is: 'compactionFailed', error })
      // A half-written snapshot must not fill the disk; when even this fails, the next one overwrites it.
      await files.remove(unfinished(snapshotName)).catch(() => undefined)
    }
  }

  /** From here on commits go to a new journal; the snapshot replaces all journals before it. */
  async #beginJournal(): Promise<number> {
    const { files, commits, forgetOld } = this.#parts
    let begun = 0
    await commits.swapJournal(async (old) => {
      const next = await Journal.begin(files, old.number + 1)
      const older = [...this.#found.older, { number: old.number, bytes: old.length }]
      this.#found = { ...this.#found, older }
      begun = next.number
      return next
    })
    forgetOld()
    return begun
  }

  async #replace(journal: number): Promise<number | null> {
    const { files, memory, commits } = this.#parts
    const failures = commits.failures
    const isSound = () => !this.#isStopped && commits.failures === failures
    const bytes = await writeSnapshot(files, memory, journal, isSound)
    // The snapshot may show changes that are not durable yet; it must not become valid before they are.
    await commits.settled()
    if (bytes === null || !isSound()) {
      await files.remove(unfinished(snapshotName))
      return null
    }
    await files.rename(unfinished(snapshotName), snapshotName)
    await files.syncNames()
    for (const { number } of this.#found.older) await files.remove(journalName(number))
    this.#found = { older: [], snapshotBytes: bytes }
    this.#notBelow = 0
    return bytes
  }
}
