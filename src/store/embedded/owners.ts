/** Who a process is among all that may use one folder: which of its machine's processes, and where it lives. */
import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { codeOf } from '../code-of.ts'

/** Who may have a store open: this process, and whether another one named in a lock still lives. */
export interface Owners {
  /** `<pid>-<start time>`. */
  readonly self: string
  /** Only to be asked about those who live where this process does. */
  isAlive(owner: string): Promise<boolean>
  /** Absent where all live in one place. */
  readonly place?: Place
}

/** Where process ids mean the same: in one namespace of them, of one host, until that is started anew. */
export type Place = {
  /** Two containers of one host each have a process 1; Linux names the namespaces they live in. */
  readonly namespace: string
  readonly boot: string
  readonly host: string
}

/** The processes of this machine. A process id alone may have passed to somebody else, so its start time counts too. */
export async function processOwners(): Promise<Owners> {
  return {
    self: `${process.pid}-${await startTime(process.pid)}`,
    isAlive: async (owner) => {
      const [pid, started] = owner.split('-')
      return isRunning(Number(pid)) && (await startTime(Number(pid))) === started
    },
    place: await ownPlace(),
  }
}

/** Only Linux tells namespaces and starts of the machine apart; elsewhere the host's name must do. */
async function ownPlace(): Promise<Place> {
  const none = () => ''
  return {
    namespace: await readlink('/proc/self/ns/pid').catch(none),
    boot: (await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(none)).trim(),
    host: hostname(),
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
