import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import packageJson from '../package.json' with { type: 'json' }
import { built } from './built.ts'

const inRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const settingsFile = inRoot('src/settings-file.js')
const [index, admin] = [await built('src/index.ts'), await built('src/pickup-admin.ts')]
const identity = 'MicrosoftAppPassword=opensesame\nMicrosoftAppTenantId=contoso-tenant\n'

describe('A start with .env', () => {
  const started: ChildProcess[] = []
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'settings-'))
  })
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill('SIGKILL')
    await rm(folder, { recursive: true })
  })

  const save = (said: string | Uint8Array) => writeFile(join(folder, '.env'), said)
  const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', PORT: '0', DATA_DIR: join(folder, 'data'), ...env },
    })
    started.push(child)
    child.stdin.end()
    const code = new Promise((resolve) => child.once('close', resolve))
    // One that starts after all is ended as soon as it says all that a start says.
    child.stdout.on('data', (chunk: Buffer) => {
      if (/Stop with Ctrl|"isLocal":false/u.test(chunk.toString())) child.kill('SIGTERM')
    })
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { output, errors, code: await code }
  }
  const environment = async (...names: readonly string[]) => {
    const print = `console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env[name] ?? null)))`
    const { output, errors } = await run(['--import', settingsFile, '-e', print], {
      HOST: '',
      LOG_LEVEL: 'warn',
    })
    return { values: JSON.parse(output) as unknown, errors }
  }

  it('goes by what stands in it, and leaves what is set already, also when that is empty', async () => {
    await save(
      '\uFEFFADMINS="a b"\r\nexport CALL_SOURCES = webhook\r\nHOST=::1\r\nLOG_LEVEL=debug\r\nMINE=1\r\n',
    )
    assert.deepEqual(await environment('ADMINS', 'CALL_SOURCES', 'HOST', 'LOG_LEVEL', 'MINE'), {
      values: ['a b', 'webhook', '', 'warn', '1'],
      errors: '.env has settings that the bot does not read: MINE.\n',
    })
  })

  it('needs none', async () => {
    assert.deepEqual(await environment('ADMINS'), { values: [null], errors: '' })
  })

  it('says what is wrong with one that is no file', async () => {
    await mkdir(join(folder, '.env'))
    const { code, errors } = await run(['--import', settingsFile, '-e', ''])
    assert.equal(code, 1)
    assert.equal(
      errors,
      '.env cannot be read (EISDIR). Make it a file that this user may read, or remove it.\n',
    )
  })

  const doors: Readonly<Record<string, readonly string[]>> = {
    start: ['--import', settingsFile, inRoot('src/start.js')],
    dev: ['--import', settingsFile, index],
    'pickup-admin': [admin, 'get', 'ann@contoso.com'],
    'who-rings': [admin, 'who-rings'],
    package: [admin, 'app-package'],
  }
  it('happens at every door of package.json through the same reader', () => {
    for (const [name, command] of Object.entries(packageJson.scripts)) {
      const isDoor = name in doors
      assert.equal(/src\/(?:settings-file\.js|pickup-admin\.ts)/u.test(command), isDoor, name)
    }
    assert.equal(packageJson.bin['pickup-admin'], 'dist/pickup-admin.js')
  })
  for (const [name, args] of Object.entries(doors)) {
    it(`stops before anything else when the app id is misspelt: ${name}`, async () => {
      await save(Buffer.from(`\uFEFFMicrosoftAppID=app\r\n${identity}`, 'utf16le'))
      const { code, errors, output } = await run(args)
      assert.deepEqual(
        { code, errors, output },
        {
          code: 1,
          errors: '.env, line 1: the bot does not read MicrosoftAppID. Write MicrosoftAppId, exactly so.\n',
          output: '',
        },
      )
    })
  }

  for (const name of ['dev', 'pickup-admin'])
    it(`does not become local mode for want of the app id alone: ${name}`, async () => {
      await save(identity)
      const { code, errors, output } = await run(doors[name] ?? [])
      assert.equal(code, 1, output)
      assert.match(
        errors,
        /^MicrosoftAppId is not set, but MicrosoftAppPassword and MicrosoftAppTenantId are\.[^\n]*\n$/u,
      )
      assert.doesNotMatch(errors, /opensesame/u)
    })

  it('is that of a registered bot with a mark before the first name', async () => {
    await save(`\uFEFFMicrosoftAppId=app\n${identity}HOST=127.0.0.1\n`)
    const { output, errors } = await run(doors['dev'] ?? [])
    assert.match(output, /"isLocal":false/u, errors)
    assert.doesNotMatch(output, /local mode/u)
  })

  it('says in words that it is in local mode, on the console and in the log', async () => {
    const { output } = await run(doors['dev'] ?? [], { LOG_LEVEL: 'warn', HOST: 'localhost' })
    assert.match(output, /^ {2}Call pickup runs in local mode/mu)
    assert.match(
      output,
      /"says":"MicrosoftAppId is not set: nobody is authenticated, and only this machine is heard\."/u,
    )
  })
})
