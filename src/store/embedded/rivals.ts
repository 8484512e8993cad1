/**
 * The other processes that have a lock file in the folder. Whoever lives where we do can be asked. Whoever lives elsewhere
 * is dead only once their heart, as we see it and by our own clock, has stood still for longer than a process may pause.
 */
import { type Clock } from '../../clock.ts'
import { codeOf } from '../code-of.ts'
import { type Files } from './files.ts'
import { digestOf, hostIn, isLock, type LockName, readLockName } from './lock-file.ts'
import { type Owners } from './owners.ts'

export type Rival = {
  readonly name: string
  readonly pid: string
  /** Empty for those who live where we do. */
  readonly host: string
  /** `unsure`: elsewhere, and not seen for long enough. */
  readonly is: 'alive' | 'unsure' | 'dead' | 'still'
}

type Seen = { readonly touchedAt: number; readonly since: number; readonly beats: number }

/** Longer than a live process pauses: milliseconds. */
export const stillMs = 20_000
/** One change may have been under way when they died. */
const beatsOfTheLiving = 2

export class Rivals {
  readonly #files: Files
  readonly #owners: Owners
  readonly #timing: Clock
  #seen: ReadonlyMap<string, Seen> = new Map()

  constructor(files: Files, owners: Owners, timing: Clock) {
    this.#files = files
    this.#owners = owners
    this.#timing = timing
  }

  /** Everybody but the one whose lock has that name. */
  async besides(own: string): Promise<readonly Rival[]> {
    const names = (await this.#files.list()).filter((name) => isLock(name) && name !== own)
    const earlier = this.#seen
    const seen = new Map<string, Seen>()
    this.#seen = seen
    const found: Rival[] = []
    for (const name of names) {
      const rival = readLockName(name)
      found.push(
        this.#isHere(rival)
          ? await this.#asked(name, rival)
          : await this.#watched(name, rival, earlier.get(name), seen),
      )
    }
    return found
  }

  /** A version that knew no places can only be asked about here. */
  #isHere({ place }: LockName): boolean {
    return place === null || (this.#owners.place !== undefined && place === digestOf(this.#owners.place))
  }

  async #asked(name: string, { owner, pid }: LockName): Promise<Rival> {
    return { name, pid, host: '', is: (await this.#owners.isAlive(owner)) ? 'alive' : 'dead' }
  }

  async #watched(
    name: string,
    { pid }: LockName,
    earlier: Seen | undefined,
    seen: Map<string, Seen>,
  ): Promise<Rival> {
    const found = await this.#look(name)
    const now = this.#timing.now()
    const hasChanged = earlier !== undefined && earlier.touchedAt !== found.touchedAt
    const beats = (earlier?.beats ?? 0) + (hasChanged ? 1 : 0)
    const since = earlier && !hasChanged ? earlier.since : now
    seen.set(name, { touchedAt: found.touchedAt, since, beats })
    const rival = { name, pid, host: found.host }
    if (beats >= beatsOfTheLiving) return { ...rival, is: 'alive' }
    return { ...rival, is: now - since >= stillMs ? 'still' : 'unsure' }
  }

  async #look(name: string): Promise<{ readonly touchedAt: number; readonly host: string }> {
    try {
      const touchedAt = await this.#files.touchedAt(name)
      return { touchedAt, host: hostIn((await this.#files.read(name)).toString('latin1')) }
    } catch (error) {
      // It has just gone: then it is not seen next time.
      if (codeOf(error) === 'ENOENT') return { touchedAt: 0, host: '' }
      throw error
    }
  }
}
