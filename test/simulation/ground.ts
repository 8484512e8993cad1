/** What the bot's store stands on in a schedule, how it gives way, and what is left of it for the next life. */
import { type Clock } from '../../src/clock.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { type Store } from '../../src/store/store.ts'
import { PretendDisk } from '../store/embedded/pretend-disk.ts'
import { type Dice } from './dice.ts'

export interface Ground {
  /** The store as one life finds it, and the time it goes by; `clock` stands still once that life is over. */
  open(clock: Clock, random: () => number): Promise<{ readonly store: Store; readonly clock: Clock }>
  /** A life is over. What it had under way may be kept, or not. */
  end(dice: Dice): void
  /** Gives way in the middle of something: after so many steps more, now being the first; never, when that is Infinity. */
  breakAfter(steps: number): void
  /** Whether it has given way under the life that is on it. */
  readonly isBroken: boolean
  /** Resolves when everything that was begun has come to its next wait; unless given, some turns of the event loop do. */
  readonly quiet?: () => Promise<void>
}

/** A folder for lowdb on a disk that loses what was not synced. */
export class DiskGround implements Ground {
  readonly #disk = new PretendDisk()

  async open(clock: Clock, random: () => number): Promise<{ store: Store; clock: Clock }> {
    const options = { folder: 'simulated', clock, random, compactAbove: 4000 }
    return { store: await openEmbedded({ ...options, ...this.#disk.open() }), clock }
  }

  end(dice: Dice): void {
    if (dice.chance(0.5)) this.#disk.cutPower(dice.pick(['nothing', 'half', 'all']))
    else this.#disk.kill()
  }

  breakAfter(steps: number): void {
    this.#disk.killAt(this.#disk.steps.length + 1 + steps)
  }

  get isBroken(): boolean {
    return this.#disk.isKilled
  }
}
