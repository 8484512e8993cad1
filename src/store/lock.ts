/**
 * One process at a time: the name of a `lock-…` file says who has the store open. Everybody writes their own name
 * before looking for others, so of two who start at once never both go on. Names of the dead are swept away.
 */
import { readFile } from 'node:fs/promises'
import { type Clock } from './clock.ts'
import { codeOf, type Files } from './files.ts'
import { StoreLocked } from './unreadable.ts'

/** Who may have a store open: this process, and whether another one named in a lock still lives. */
export interface Owners {
  /** `<pid>-<start time>`. */
  readonly self: string
  isAlive(owner: string): Promise<boolean>
}

const prefix = 'lock-'
/** Two who start at once both step back; each then waits a different time. */
const tries = 5
const waitMs = 40

/** Takes the lock or throws StoreLocked; the answer gives it back. */
export async function lock(
  files: Files,
  owners: Owners,
  clock: Clock,
  random: () => number,
): Promise<() => Promise<void>> {
  const own = `${prefix}${owners.self}`
  for (let left = tries - 1; ; left -= 1) {
    await claim(files, own, owners)
    const other = await livingOther(files, own, owners)
    if (other === null) return () => files.remove(own)
    await files.remove(own)
    if (left === 0) throw locked(other)
    await new Promise<void>((resolve) => clock.after(waitMs * (0.5 + random()), resolve))
  }
}

async function claim(files: Files, own: string, { self }: Owners): Promise<void> {
  try {
    await (await files.open(own, 'unique')).close()
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? locked(`${prefix}${self}`) : error
  }
}

async function livingOther(files: Files, own: string, owners: Owners): Promise<string | null> {
  const others = (await files.list()).filter((name) => name.startsWith(prefix) && name !== own)
  for (const name of others) {
    if (await owners.isAlive(name.slice(prefix.length))) return name
    await files.remove(name)
  }
  return null
}

function locked(file: string): StoreLocked {
  return new StoreLocked(file, file.slice(prefix.length).split('-')[0] ?? '')
}

/** The processes of this machine. A process id alone may have passed to somebody else, so its start time counts too. */
export async function processOwners(): Promise<Owners> {
  return {
    self: `${process.pid}-${await startTime(process.pid)}`,
    isAlive: async (owner) => {
      const [pid, started] = owner.split('-')
      return isRunning(Number(pid)) && (await startTime(Number(pid))) === started
    },
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Not allowed to signal it: it lives.
    return codeOf(error) === 'EPERM'
  }
}

/** Linux: field 22 of /proc/<pid>/stat, in ticks since boot. Elsewhere there is none, and the process id must do. */
async function startTime(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1')
    // The second field is a name in brackets that may hold blanks and brackets itself.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; only its parent has not taken notice.
    return state === 'Z' ? 'ended' : (fields[18] ?? '')
  } catch {
    return ''
  }
}
