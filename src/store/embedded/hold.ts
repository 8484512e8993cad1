/**
 * The right to a folder, as whoever has it keeps it: the lock file's heart beats, so that others see that we live. Each beat
 * also tells whether the file is still there: once somebody has taken it away, they wait for one lease before they touch the
 * folder, and until then its old holder has stopped, however long it was asleep.
 */
import { type Clock } from '../../clock.ts'
import { codeOf } from '../code-of.ts'
import { type Files } from './files.ts'
import { type Owners } from './owners.ts'
import { StoreLost } from './unreadable.ts'

export type HoldParts = {
  readonly files: Files
  /** The name of the lock file, which is there. */
  readonly own: string
  readonly owners: Owners
  /** What beats are timed by, and how long one of them is trusted. */
  readonly timing: Clock
  readonly onLost: () => void
}

const beatMs = 2000
/** For how long after a beat the folder is ours without another look: milliseconds. */
export const leaseMs = 6000

export class Hold {
  readonly #parts: HoldParts
  #touchedAt = 0
  /** By the clock that nobody sets, and by the one that also goes on while the machine sleeps. */
  #sureUntil = { now: -Infinity, wall: -Infinity }
  #beating: Promise<void> | null = null
  #callOff: () => void = () => undefined
  #isOver = false
  #isLost = false

  constructor(parts: HoldParts) {
    this.#parts = parts
  }

  /** Lets the heart begin to beat. */
  async begin(): Promise<void> {
    await this.ensure()
    this.#wait()
  }

  /** Whether somebody else has the folder. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** Whether nobody else can have it now. */
  isSure(): boolean {
    const { owners, timing } = this.#parts
    // Given back: whoever opened the store keeps nothing any more.
    if (!owners.place || this.#isOver) return true
    return timing.now() < this.#sureUntil.now && timing.wall() < this.#sureUntil.wall
  }

  /** Looks whether the folder is still ours; throws StoreLost when it is not. */
  async ensure(): Promise<void> {
    do {
      if (this.#isLost) throw new StoreLost()
      this.#beating ??= this.#beat().finally(() => (this.#beating = null))
      await this.#beating
      // A beat in the middle of which we slept says nothing: its file may be gone since.
    } while (!this.isSure())
  }

  /** Gives the folder back. */
  async release(): Promise<void> {
    this.#isOver = true
    this.#callOff()
    await this.#beating?.catch(() => undefined)
    await this.#parts.files.remove(this.#parts.own)
  }

  #wait(): void {
    if (this.#isOver || this.#isLost || !this.#parts.owners.place) return
    this.#callOff = this.#parts.timing.after(beatMs, () => {
      void this.ensure()
        .catch(() => undefined)
        .then(() => {
          this.#wait()
        })
    })
  }

  async #beat(): Promise<void> {
    const { owners, timing, onLost } = this.#parts
    if (!owners.place) return
    const [now, wall] = [timing.now(), timing.wall()]
    // Two beats look different also where files tell whole seconds only, or the clock was set back.
    this.#touchedAt = Math.max(wall, this.#touchedAt + beatMs)
    if (await this.#isThere()) {
      this.#sureUntil = { now: now + leaseMs, wall: wall + leaseMs }
      return
    }
    this.#sureUntil = { now: -Infinity, wall: -Infinity }
    this.#isLost = true
    onLost()
    throw new StoreLost()
  }

  /** A disk that fails may keep the beat from others; the lock file is there all the same. */
  async #isThere(): Promise<boolean> {
    const { files, own } = this.#parts
    try {
      await files.touch(own, this.#touchedAt)
      return true
    } catch (error) {
      return !['ENOENT', 'ESTALE'].includes(codeOf(error))
    }
  }
}
