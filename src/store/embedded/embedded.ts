/** Opens the embedded store: who may have it, what is in it. */
import { Low } from 'lowdb'
import { backgroundClock, type Clock, realClock } from '../../clock.ts'
import { type Tell } from '../store-event.ts'
import { diskFiles } from './disk.ts'
import { EmbeddedStore } from './embedded-store.ts'
import { type Files } from './files.ts'
import { JournalAdapter } from './journal-adapter.ts'
import { detachLast } from './journal.ts'
import { lock } from './lock.ts'
import { Memory } from './memory.ts'
import { type Owners, processOwners } from './owners.ts'
import { type Broken, TrustedFiles } from './trusted-files.ts'

export type EmbeddedOptions = {
  readonly folder: string
  readonly clock?: Clock
  /** What the lock is timed by: real time, however a story's time passes. */
  readonly timing?: Clock
  readonly files?: Files
  readonly owners?: Owners
  readonly random?: () => number
  /** How long ended calls stay in the log. */
  readonly historyDays?: number
  /** How long it is remembered who changed what. */
  readonly auditDays?: number
  /** Journals longer than this, and longer than the snapshot, are replaced by a new snapshot. */
  readonly compactAbove?: number
  readonly log?: Tell
  /** Told once, when nothing can be kept any more: the store has to be opened anew, by another process. */
  readonly onBroken?: (why: Broken) => void
}

/** Opens the store in this folder, or begins one. Throws StoreLocked or StoreUnreadable, and then has changed nothing. */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedStore> {
  const { folder, clock = realClock, random = Math.random, log = () => undefined } = options
  const { onBroken = () => undefined, timing } = options
  const files = options.files ?? (await diskFiles(folder))
  const { hold, isFromElsewhere } = await lock({
    files,
    owners: options.owners ?? (await processOwners()),
    timing: { pauses: timing ?? realClock, beats: timing ?? backgroundClock },
    random,
    tell: log,
    onLost: () => {
      onBroken('folderLost')
    },
  })
  const trusted = new TrustedFiles(files, hold, () => {
    onBroken('syncFailed')
  })
  try {
    if (isFromElsewhere) await detachLast(trusted)
    const { compactAbove: leastBytes = 8 * 1024 * 1024, historyDays = 90, auditDays = 365 } = options
    const [historyMs, auditMs] = [historyDays * dayMs, auditDays * dayMs]
    const adapter = new JournalAdapter({ files: trusted, clock, tell: log, historyMs, auditMs, leastBytes })
    const low = new Low<Memory>(adapter, new Memory())
    await low.read()
    return new EmbeddedStore({ low, adapter, clock, random, tell: log, files: trusted, hold })
  } catch (error) {
    await hold.release()
    throw error
  }
}

const dayMs = 24 * 60 * 60 * 1000
