/**
 * One process at a time: the name of a lock file says who has the store open. Everybody writes their own name before looking
 * for others, so of two who start at once never both go on. Names of the dead are swept away.
 *
 *   claim ─► look at the others ─► one lives here ──────────► step back, again at once; at last: in use
 *     ▲                        ├─► one elsewhere, unsure ───► step back, again in a moment (unsure for 20 s at most)
 *     │                        └─► none, or only dead ones ─► ours; if one of them was elsewhere, after one lease more
 *     └── step back ◄──────────┘
 */
import { type Clock } from '../../clock.ts'
import { codeOf } from '../code-of.ts'
import { type Tell } from '../store-event.ts'
import { type Files } from './files.ts'
import { Hold, leaseMs } from './hold.ts'
import { lockName, lockText, readLockName } from './lock-file.ts'
import { type Owners } from './owners.ts'
import { type Rival, Rivals, stillMs } from './rivals.ts'
import { StoreLocked } from './unreadable.ts'

export type LockParts = {
  readonly files: Files
  readonly owners: Owners
  /** What pauses and beats are timed by: never the time of a story. */
  readonly timing: { readonly pauses: Clock; readonly beats: Clock }
  readonly random: () => number
  readonly tell: Tell
  /** Told once, when the folder turns out to be somebody else's. */
  readonly onLost: () => void
}

export type Locked = {
  readonly hold: Hold
  /** Its last holder lived elsewhere: nobody knows whether they are dead, or asleep in the middle of a write. */
  readonly isFromElsewhere: boolean
}

/** Two who start at once both step back; each then waits a different time. */
const tries = 5
const waitMs = 40
/** How often somebody elsewhere is looked at. */
const lookMs = 500

/** Takes the lock or throws StoreLocked. */
export async function lock(parts: LockParts): Promise<Locked> {
  const { files, owners, timing, random } = parts
  const own = lockName(owners)
  const rivals = new Rivals(files, owners, timing.pauses)
  let isTold = false
  for (let left = tries - 1; ;) {
    await claim(parts, own)
    const found = await rivals.besides(own)
    const other = found.find(({ is }) => is === 'alive') ?? found.find(({ is }) => is === 'unsure')
    if (!other) return takeOver(parts, own, found)
    await files.remove(own)
    if (other.is === 'unsure') {
      if (!isTold) tellWaiting(parts, other)
      isTold = true
      left = tries - 1
    } else if (left === 0) throw new StoreLocked(other.name, other.pid, other.host)
    else left -= 1
    const pauseMs = other.is === 'unsure' ? lookMs : waitMs
    await pause(timing.pauses, pauseMs * (0.5 + random()))
  }
}

async function claim({ files, owners }: LockParts, own: string): Promise<void> {
  try {
    await (await files.open(own, 'unique')).close()
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? new StoreLocked(own, readLockName(own).pid) : error
  }
  // On a full disk the name alone has to do.
  if (owners.place) await files.rewrite(own, lockText(own, owners.place)).catch(() => undefined)
}

/** Removes the locks of the dead. Somebody elsewhere may have woken up just before: they stop within one lease. */
async function takeOver(parts: LockParts, own: string, dead: readonly Rival[]): Promise<Locked> {
  const { files, owners, timing, onLost } = parts
  for (const { name } of dead) await files.remove(name)
  const hold = new Hold({ files, own, owners, timing: timing.beats, onLost })
  await hold.begin()
  const isFromElsewhere = dead.some(({ is }) => is === 'still')
  if (isFromElsewhere) await pause(timing.pauses, leaseMs)
  return { hold, isFromElsewhere }
}

function tellWaiting({ tell }: LockParts, { pid, host }: Rival): void {
  const seconds = Math.ceil((stillMs + leaseMs) / 1000)
  const where = host === '' ? 'elsewhere' : `on ${host}`
  tell({
    is: 'lockedElsewhere',
    says: `The store was last used by process ${pid} ${where}. It takes up to ${seconds} seconds to find out whether that process still runs.`,
  })
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve))
}
