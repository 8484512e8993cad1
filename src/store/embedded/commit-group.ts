/** The changes that one line and one datasync make durable together. */
import { type Change } from '../change.ts'
import { type StoreTrouble } from '../store.ts'
import { type Undo } from './memory.ts'

export type Staged = {
  /** The change as it goes to disk. */
  readonly json: string
  readonly change: Change
  /** Takes it out of memory again. */
  readonly undo: Undo
  /** All that answers differently after it. */
  readonly keys: readonly string[]
}

export class CommitGroup {
  readonly staged: Staged[] = []
  /** Null once it is durable, otherwise why it was undone. */
  readonly outcome: Promise<StoreTrouble | null>
  readonly end: (trouble: StoreTrouble | null) => void

  constructor() {
    let end: (trouble: StoreTrouble | null) => void = () => undefined
    this.outcome = new Promise((resolve) => {
      end = resolve
    })
    this.end = end
  }

  /** Takes every change out of memory again, the last one first. */
  undo(): void {
    for (const { undo } of this.staged.reverse()) undo()
  }
}
