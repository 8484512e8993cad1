import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { built } from '../built.ts'
import { openOffice } from '../flows/office.ts'

/** The addresses under which others reach this machine. */
const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, family }) => !internal && family === 'IPv4')
  .map(({ address }) => address)

describe('T16 A bot without an identity', () => {
  const started: ChildProcess[] = []
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'open-'))
  })
  afterEach(async () => {
    // One that starts after all is ended as soon as it says so; here, if it says nothing.
    for (const child of started.splice(0)) child.kill('SIGKILL')
    await rm(folder, { recursive: true })
  })

  const ends = async (env: Readonly<Record<string, string>>) => {
    const data = join(folder, 'data')
    const child = spawn(process.execPath, [await built('src/index.ts')], {
      env: { PATH: process.env['PATH'] ?? '', PORT: '0', DATA_DIR: data, ...env },
    })
    started.push(child)
    const code = new Promise((resolve) => child.once('close', resolve))
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('listening')) child.kill('SIGKILL')
    })
    return { errors: await text(child.stderr), output: await text(child.stdout), code: await code }
  }

  it('T16 does not start in production, says why in one line, and makes no files', async () => {
    const { code, errors, output } = await ends({ NODE_ENV: 'production' })
    assert.deepEqual([code, output], [1, ''])
    assert.match(errors, /^MicrosoftAppId is not set[^\n]*\.\n$/u)
    assert.deepEqual(await readdir(folder), [])
  })

  it('T16 does not start where others could reach it', async () => {
    const { code, errors } = await ends({ HOST: '0.0.0.0' })
    assert.equal(code, 1)
    assert.match(errors, /^HOST: without MicrosoftAppId the bot listens on this machine only\.[^\n]*\n$/u)
  })

  it('T16 does not start with half an identity', async () => {
    const { code, errors } = await ends({ MicrosoftAppId: 'app', MicrosoftAppPassword: 'password' })
    assert.equal(code, 1)
    assert.match(errors, /^MicrosoftAppTenantId is not set[^\n]*\n$/u)
  })

  it('T16 cannot be reached from elsewhere in local mode', async () => {
    const office = await openOffice('emulator')
    try {
      const { port } = new URL(office.botUrl)
      for (const address of outside)
        await assert.rejects(fetch(`http://${address}:${port}/health`), /fetch failed/u, address)
      assert.equal((await fetch(`${office.botUrl}/health`)).status, 200)
    } finally {
      await office.close()
    }
  })
})
