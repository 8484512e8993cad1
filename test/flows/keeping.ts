/** Where the bot of a story keeps everything: in a folder of its own, unless a suite says otherwise. */
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Opened } from '../../src/assemble/open-store.ts'
import { diskFiles } from '../../src/store/embedded/disk.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { load } from '../../src/store/embedded/load.ts'
import { type JumpClock } from './jump-clock.ts'

/** What a story's bot needs of what was opened. */
export type Kept = Pick<Opened, 'store' | 'clock' | 'instances'>

export type Keeping = {
  readonly folder: string
  /** How many instances of the bot share it. */
  readonly instances: number
  readonly open: (clock: JumpClock) => Promise<Kept>
  /** Lets time pass there too. */
  readonly pass: (seconds: number) => void
  /** A mark of all that is kept: equal marks, equal contents. */
  readonly mark: () => Promise<string>
  /** How many effects are left to be done. */
  readonly effects: () => Promise<number>
  readonly remove: () => Promise<void>
}

let make = inFolder

export function newKeeping(): Promise<Keeping> {
  return make()
}

/** Stories told from now on keep everything there. Gives where they did before. */
export function keepIn(other: () => Promise<Keeping>): () => Promise<Keeping> {
  const before = make
  make = other
  return before
}

async function inFolder(): Promise<Keeping> {
  const folder = await mkdtemp(join(tmpdir(), 'pickup-'))
  return {
    folder,
    instances: 1,
    open: async (clock) => ({ store: await openEmbedded({ folder, clock }), clock }),
    pass: () => undefined,
    mark: async () => {
      const hash = createHash('sha256')
      for (const name of (await readdir(folder)).sort())
        hash.update(name).update(await readFile(join(folder, name)))
      return hash.digest('hex')
    },
    effects: async () => (await load(await diskFiles(folder))).memory.effects.size,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
