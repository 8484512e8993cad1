/**
 * Group commit: all that waits is written as one line and made durable by one datasync.
 * When that fails, memory goes back to what the disk holds, and everybody who waited hears why.
 */
import { type Clock } from '../../clock.ts'
import { type Change } from '../change.ts'
import { type Tell } from '../store-event.ts'
import { StoreFailed, type StoreTrouble } from '../store.ts'
import { CommitGroup, type Staged } from './commit-group.ts'
import { type AppendFailed, type Journal } from './journal.ts'
import { checkedLine } from './checked-line.ts'
import { Unsettled } from './unsettled.ts'

export type Watcher = {
  /** Called when changes have become durable. */
  readonly onKept: (changes: readonly Change[]) => void
  /** Called when memory was taken back to what is durable. */
  readonly onUndone: () => void
}

export type GroupCommitParts = {
  readonly clock: Clock
  readonly tell: Tell
  readonly watcher: Watcher
}

/** How long a change that nobody waits for may stay in memory only. */
const lateMs = 50
/** How often a failed write is tried again when nobody commits. */
const probeMs = 1000

export class GroupCommit {
  readonly #parts: GroupCommitParts
  readonly #unsettled = new Unsettled()
  readonly #swaps: Array<() => Promise<void>> = []
  #journal: Journal
  #open = new CommitGroup()
  #flying: CommitGroup | null = null
  #late: string[] = []
  #isDue = false
  #callOff: (() => void) | null = null
  #pumping: Promise<void> | null = null
  #trouble: StoreTrouble | null = null
  #failures = 0

  constructor(journal: Journal, parts: GroupCommitParts) {
    this.#journal = journal
    this.#parts = parts
  }

  get trouble(): StoreTrouble | null {
    return this.#trouble
  }

  /** No write can succeed any more. */
  get isBroken(): boolean {
    return this.#journal.isBroken
  }

  /** How often memory was taken back so far. */
  get failures(): number {
    return this.#failures
  }

  get journalBytes(): number {
    return this.#journal.length
  }

  /** Takes up a change that memory has just made; `settled` says when it is durable. */
  stage(staged: Staged): void {
    this.#open.staged.push(staged)
    this.#unsettled.add(staged.keys, this.#open)
  }

  /** Takes up a change that nobody waits for and that may be lost in a crash; it goes to disk with the next others. */
  stageLate(json: string): void {
    this.#late.push(json)
    this.#flushIn(lateMs)
  }

  /** Resolves when everything staged so far is durable. Throws StoreFailed when it was undone instead. */
  async settled(): Promise<void> {
    const group = this.#open.staged.length > 0 ? this.#open : this.#flying
    if (!group) return
    this.#wake()
    const trouble = await group.outcome
    if (trouble) throw new StoreFailed(trouble)
  }

  /** Null when memory under these keys is durable; otherwise whether it became so, or was undone. */
  unsettled(keys: readonly string[]): Promise<boolean> | null {
    return this.#unsettled.outcome(keys)
  }

  /** Lets the following go to another journal. `begin` is called between two flushes. */
  swapJournal(begin: (old: Journal) => Promise<Journal>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#swaps.push(() => this.#swap(begin).then(resolve, reject))
      this.#wake()
    })
  }

  /** Writes what is left and lets go of the file. Nothing may be staged afterwards. */
  async close(): Promise<void> {
    this.#isDue = this.#late.length > 0
    this.#wake()
    await this.#pumping
    this.#callOff?.()
    await this.#journal.close()
  }

  #wake(): void {
    this.#pumping ??= this.#pump()
  }

  async #pump(): Promise<void> {
    // All who commit in this turn share one flush.
    await Promise.resolve()
    try {
      for (;;) {
        const swap = this.#swaps.shift()
        if (swap) await swap()
        else if (this.#isDue || this.#open.staged.length > 0) await this.#flush()
        else return
      }
    } finally {
      this.#pumping = null
    }
  }

  async #flush(): Promise<void> {
    const group = this.#takeGroup()
    const late = this.#takeLate()
    this.#flying = group
    const line = checkedLine(`[${[...group.staged.map(({ json }) => json), ...late].join()}]`)
    const failed = await this.#journal.append(line)
    this.#flying = null
    if (failed) {
      this.#late = [...late, ...this.#late]
      this.#undo(group, failed)
    } else this.#keep(group)
  }

  #keep(group: CommitGroup): void {
    if (this.#trouble) this.#parts.tell({ is: 'healed' })
    this.#trouble = null
    this.#unsettled.settle(group, null)
    this.#parts.watcher.onKept(group.staged.map(({ change }) => change))
  }

  /** What was staged in the meantime may rest on what failed, so it goes too. */
  #undo(group: CommitGroup, { trouble, error }: AppendFailed): void {
    const since = this.#takeGroup()
    since.undo()
    group.undo()
    this.#trouble = trouble
    this.#failures += 1
    this.#unsettled.settle(since, trouble)
    this.#unsettled.settle(group, trouble)
    this.#parts.watcher.onUndone()
    this.#parts.tell({ is: 'writeFailed', trouble, error })
    if (!this.isBroken) this.#flushIn(probeMs)
  }

  #takeGroup(): CommitGroup {
    const group = this.#open
    this.#open = new CommitGroup()
    return group
  }

  #takeLate(): readonly string[] {
    const late = this.#late
    this.#late = []
    this.#isDue = false
    this.#callOff?.()
    this.#callOff = null
    return late
  }

  #flushIn(ms: number): void {
    this.#callOff ??= this.#parts.clock.after(ms, () => {
      this.#callOff = null
      this.#isDue = true
      this.#wake()
    })
  }

  async #swap(begin: (old: Journal) => Promise<Journal>): Promise<void> {
    const old = this.#journal
    this.#journal = await begin(old)
    await old.close()
  }
}
