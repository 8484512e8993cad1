/** In a measured process: as many durable writes as a number of calls needs, without the store. */
import { open } from 'node:fs/promises'
import { times } from './numbers.ts'

const atOnce = 24
const line = Buffer.from(`${'x'.repeat(1500)}\n`)

/** Two writes for each call, so many calls at once; seconds. */
export async function append(file: string, calls: number): Promise<number> {
  const handle = await open(file, 'a')
  const begun = performance.now()
  let left = calls
  const loop = async () => {
    while (left > 0) {
      left -= 1
      await times(2, async () => {
        await handle.appendFile(line)
        await handle.datasync()
      })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, loop))
  await handle.close()
  return (performance.now() - begun) / 1000
}
