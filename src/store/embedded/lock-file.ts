/**
 * A lock file: its name says whose it is, what stands in it where that process lives, and when it was last touched that it
 * lives: so the folder holds the same, byte for byte, while nothing happens.
 *
 *   lock-<pid>-<start time>-<digest of the place>    a version that knew no places left out the last part
 */
import { createHash } from 'node:crypto'
import { type Owners, type Place } from './owners.ts'

export type LockName = { readonly owner: string; readonly pid: string; readonly place: string | null }

const prefix = 'lock-'

export function isLock(name: string): boolean {
  return name.startsWith(prefix)
}

export function lockName({ self, place }: Owners): string {
  return `${prefix}${self}${place ? `-${digestOf(place)}` : ''}`
}

/** What the name of a lock file says. */
export function readLockName(name: string): LockName {
  const [pid = '', started = '', place = null] = name.slice(prefix.length).split('-')
  return { owner: `${pid}-${started}`, pid, place }
}

/** A few characters that differ from place to place. */
export function digestOf({ namespace, boot, host }: Place): string {
  return createHash('sha256').update([namespace, boot, host].join('\n')).digest('hex').slice(0, 16)
}

/** What stands in a lock file of that name. */
export function lockText(name: string, place: Place): Buffer {
  return Buffer.from(`${JSON.stringify({ pid: readLockName(name).pid, ...place })}\n`)
}

/** The host that a lock file names; empty when it names none. */
export function hostIn(text: string): string {
  return /"host":"([\w.-]{1,253})"/.exec(text)?.[1] ?? ''
}
