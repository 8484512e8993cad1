/** Waits until something is so; gives up with a sentence when it takes far too long. */
import { setTimeout } from 'node:timers/promises'

const longestMs = 120_000

export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + longestMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`never happened: ${what}`)
    await setTimeout(2)
  }
}
