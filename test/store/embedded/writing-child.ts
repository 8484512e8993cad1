/**
 * A process of its own that opens the store in a folder and says `open`, or why not. Told `write`, it commits for ever
 * and writes down what was acknowledged.
 */
import { writeSync } from 'node:fs'
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'
import { put } from '../batches.ts'

const [, , folder = '', task] = process.argv

try {
  const store = await openEmbedded({ folder, compactAbove: 20_000 })
  writeSync(1, 'open\n')
  if (task === 'write') await Promise.all(['a', 'b', 'c', 'd'].map((writer) => write(writer)))
  else setInterval(() => undefined, 1000)

  async function write(writer: string): Promise<void> {
    const id = `chain ${writer}`
    for (;;) {
      const rev = (await store.get('endedEarly', id))?.rev ?? 0
      const own = `${writer}${rev + 1}`
      await store.commit({ puts: [put(id, rev), put(own, 0)] })
      writeSync(1, `${own}\n`)
    }
  }
} catch (error) {
  writeSync(1, `${String(error)}\n`)
}
