/** Waits until something is so; gives up with a sentence when it takes far too long. */
import { setTimeout } from 'node:timers/promises'

/** Most of what is waited for comes at once; what takes longer is not to be kept from coming by looking all the time. */
const [firstPauseMs, pauseMs] = [2, 10]
const firstLooks = 50
/** Two minutes at least. Counted in looks, so that a machine that stood still meanwhile has not used them up. */
const mostLooks = firstLooks + 120_000 / pauseMs

export async function until(
  what: string | (() => string),
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let looks = 0; !(await isSo()); looks += 1) {
    if (looks > mostLooks) throw new Error(`never happened: ${typeof what === 'string' ? what : what()}`)
    await setTimeout(looks < firstLooks ? firstPauseMs : pauseMs)
  }
}
