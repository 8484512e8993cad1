/**
 * lowdb's own extension point, made durable: `read` replays snapshot and journals, `write` resolves when everything
 * staged so far is on disk.
 */
import { type Adapter } from 'lowdb'
import { type Clock } from '../../clock.ts'
import { type Tell } from '../store-event.ts'
import { Compaction } from './compaction.ts'
import { journalName } from './format.ts'
import { GroupCommit, type Watcher } from './group-commit.ts'
import { Journal } from './journal.ts'
import { load, type Loaded } from './load.ts'
import { type Memory } from './memory.ts'
import { type TrustedFiles } from './trusted-files.ts'

export type JournalParts = {
  readonly files: TrustedFiles
  readonly clock: Clock
  readonly tell: Tell
  /** Older rows of the group log and of the audit are forgotten at the start and with each compaction. */
  readonly historyMs: number
  readonly auditMs: number
  /** Journals shorter than this are not worth replacing by a snapshot. */
  readonly leastBytes: number
}

export class JournalAdapter implements Adapter<Memory> {
  readonly #parts: JournalParts
  #open: { readonly commits: GroupCommit; readonly compaction: Compaction } | null = null
  #watcher: Watcher = { onKept: () => undefined, onUndone: () => undefined }

  constructor(parts: JournalParts) {
    this.#parts = parts
  }

  /** What stages changes; there once `read` has ended. */
  get commits(): GroupCommit {
    if (!this.#open) throw new Error('the store was not read')
    return this.#open.commits
  }

  async read(): Promise<Memory> {
    const { files, clock, tell, historyMs, auditMs, leastBytes } = this.#parts
    const loaded = await load(files)
    const { memory, snapshotBytes } = loaded
    const forgetOld = () => {
      memory.history.dropBefore(clock.now() - historyMs)
      memory.audit.dropBefore(clock.now() - auditMs)
    }
    forgetOld()
    const journal = await this.#goOn(loaded)
    const watcher: Watcher = {
      onKept: (changes) => {
        this.#watcher.onKept(changes)
        compaction.consider()
      },
      onUndone: () => {
        this.#watcher.onUndone()
      },
    }
    const commits = new GroupCommit(journal, { clock, tell, watcher })
    const older = loaded.journals.filter(({ number }) => number < journal.number)
    const compaction = new Compaction(
      { files, memory, commits, tell, leastBytes, forgetOld },
      { older, snapshotBytes },
    )
    compaction.consider()
    this.#open = { commits, compaction }
    return memory
  }

  async write(): Promise<void> {
    await this.commits.settled()
  }

  /** Sets who hears of changes that became durable or were undone. */
  watch(watcher: Watcher): void {
    this.#watcher = watcher
  }

  async close(): Promise<void> {
    await this.#open?.compaction.stop()
    await this.#open?.commits.close()
  }

  /** Cuts off what was never acknowledged and opens the last journal, or begins the first. */
  async #goOn({ journals, leftovers }: Loaded): Promise<Journal> {
    const { files, tell } = this.#parts
    // What has replaced them may have been given its name by a process that ended before that was durable.
    if (leftovers.length > 0) await files.syncNames()
    for (const name of leftovers) await files.remove(name)
    let open: Journal | null = null
    for (const { number, good, bytes } of journals) {
      await open?.close()
      open = await Journal.resume(files, number, good)
      if (good < bytes) tell({ is: 'tailCut', file: journalName(number), bytes: bytes - good })
    }
    return open ?? Journal.begin(files, 1)
  }
}
