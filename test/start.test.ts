import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))

describe('Starting the bot', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'start-'))
    await mkdir(join(folder, 'src'))
    for (const name of ['package.json', 'tsconfig.json', 'src/start.js'])
      await cp(join(root, name), join(folder, name))
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const write = (word: string) => writeFile(join(folder, 'src/index.ts'), `console.log('${word}')\n`)
  const run = (...args: readonly string[]) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    assert.equal(status, 0, stdout + stderr)
    return { stdout, stderr }
  }
  const started = () => run('src/start.js').stdout

  it('runs what the sources say now, also when only their types were checked since', async () => {
    await write('one')
    assert.equal(started(), 'one\n')
    await write('two')
    assert.equal(started(), 'two\n')
    await write('three')
    run(compiler, '--noEmit')
    assert.equal(started(), 'three\n')
  })

  it('says that it builds, and builds only when a source has changed', async () => {
    await write('one')
    assert.match(run('src/start.js').stderr, /^Building the bot\. That takes about \d+ seconds/u)
    assert.deepEqual(run('src/start.js'), { stdout: 'one\n', stderr: '' })
  })
})
