import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('What a script of package.json prints', () => {
  for (const name of ['sbom', 'sentences'])
    it(`may be read to its first lines only: ${name}`, async () => {
      const child = spawn('npm', ['run', '-s', name], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
      child.stdout.once('data', () => child.stdout.destroy())
      const [errors, ended] = await Promise.all([text(child.stderr), once(child, 'close')])
      assert.deepEqual({ errors, ended }, { errors: '', ended: [0, null] })
    })
})
