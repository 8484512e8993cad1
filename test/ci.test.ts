import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const suites = fileURLToPath(new URL('../.ci/suites.sh', import.meta.url))

/** Says what mocha would say in the folder of its suite: `first` at first, then `later`. */
const npm = `#!/bin/sh
folder=$(dirname "$5")
said=first
[ -e "$folder/ran" ] && said=later
touch "$folder/ran"
cat "$folder/$said"
exit "$(cat "$folder/$said.code")"
`
const failing = `  Calls
    ✔ come
    1) go

  1 passing (3s)
  2 failing

  1) Calls
       that ring
         go: away:

      AssertionError: 1) no
      at x

  2) "before all" hook:
     Error: never happened: 3
`

describe('The suites of .ci/run', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ci-'))
    await writeFile(join(folder, 'npm'), npm)
    await chmod(join(folder, 'npm'), 0o755)
    await mkdir(join(folder, 'logs'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const write = async (name: string, said: string, code: number, later = said, laterCode = code) => {
    await mkdir(join(folder, name))
    for (const [file, text] of [
      ['first', said],
      ['first.code', String(code)],
      ['later', later],
      ['later.code', String(laterCode)],
    ] as const)
      await writeFile(join(folder, name, file), text)
  }
  const run = async (...names: readonly string[]) => {
    const script = `logs=${folder}/logs passed=0 failed=0; . ${suites}; heavy ${names.join(' ')}; echo "$passed passed, $failed failed"`
    const env = { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` }
    const { stdout } = await promisify(execFile)('bash', ['--norc', '-uo', 'pipefail', '-c', script], {
      cwd: folder,
      env,
    })
    return stdout
  }

  it('are all run, told whole, with their seconds, and counted', async () => {
    for (const name of ['one', 'two', 'three']) await write(name, `  ✔ ${name}\n\n  4 passing (1s)\n`, 0)
    const told = await run('one', 'two', 'three')
    for (const name of ['one', 'two', 'three'])
      assert.match(
        told,
        new RegExp(`== ${name}\n  ✔ ${name}\n\n  4 passing \\(1s\\)\n${name} took \\d+ s\n`, 'u'),
      )
    assert.match(told, /\n12 passed, 0 failed\n$/u)
  })

  it('count as passed when they pass the second time, and each test that failed is named FLAKY', async () => {
    await write('one', failing, 2, '  3 passing (1s)\n', 0)
    const told = await run('one')
    assert.deepEqual(told.match(/^FLAKY.*$/gmu), [
      'FLAKY: one: Calls that ring go: away',
      'FLAKY: one: "before all" hook',
    ])
    assert.match(told, /\n3 passed, 0 failed\n$/u)
  })

  it('have failed when they fail twice', async () => {
    await write('one', failing, 2)
    const told = await run('one')
    assert.match(told, /^FAILED: one$/mu)
    assert.match(told, /\n1 passed, 2 failed\n$/u)
  })

  it('have failed when they ran nothing, or ended badly', async () => {
    await write('nothing', '  0 passing (1ms)\n', 0)
    await write('silent', '', 0)
    await write('badly', '  5 passing (1s)\n', 7)
    const told = await run('nothing', 'silent', 'badly')
    for (const name of ['nothing', 'silent', 'badly'])
      assert.match(told, new RegExp(`^FAILED: ${name}$`, 'mu'))
    assert.match(told, /\n5 passed, 3 failed\n$/u)
  })
})
