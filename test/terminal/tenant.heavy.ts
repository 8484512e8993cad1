import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { tenantLines } from '../admin/tenant.ts'
import { built } from '../built.ts'

const people = 10_000

describe('A tenant of ten thousand people', () => {
  it('goes in, out, in elsewhere and out again, the same to the byte', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tenant-'))
    const cli = await built('src/cli.ts')
    const run = async (data: string, ...args: readonly string[]) => {
      const env = { ...process.env, DATA_DIR: join(folder, data) }
      const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { env })
      return stdout
    }
    try {
      const [drawn, first, second] = ['drawn', 'first', 'second'].map((name) => join(folder, `${name}.jsonl`))
      await writeFile(drawn ?? '', tenantLines(people, Math.floor(Date.now() / 86_400_000)).join('\n'))
      assert.match(await run('one', 'import', drawn ?? ''), /^10002 rows, 9\d{3} people changed, 0 rows/u)
      await run('one', 'export', '--out', first ?? '')
      assert.match(await run('two', 'import', first ?? '', '--quiet'), /, 0 rows with problems\.$/mu)
      await run('two', 'export', '--out', second ?? '')
      const [one, two] = await Promise.all([readFile(first ?? ''), readFile(second ?? '')])
      assert.ok(one.length > 5_000_000)
      assert.ok(one.equals(two))
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
