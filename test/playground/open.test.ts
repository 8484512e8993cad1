import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { built } from '../built.ts'
import { freePort } from '../free-port.ts'
import { until } from '../until.ts'

describe('Starting with the page', () => {
  let folder: string
  let bot: ChildProcess | undefined
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'open-'))))
  afterEach(async () => {
    if (bot?.exitCode === null) {
      bot.kill('SIGTERM')
      await once(bot, 'exit')
    }
    await rm(folder, { recursive: true })
  })

  /** Starts the bot as a process; a program called xdg-open notes down what it is to open. */
  async function start(
    args: readonly string[],
    path?: string,
  ): Promise<{ port: number; said: () => string }> {
    for (const name of ['xdg-open', 'open']) {
      await writeFile(join(folder, name), `#!/bin/sh\necho "$1" > "${folder}/opened"\n`)
      await chmod(join(folder, name), 0o755)
    }
    const port = await freePort()
    const env = {
      ...process.env,
      PATH: path ?? `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
    }
    bot = spawn(process.execPath, [await built('src/index.ts'), ...args], { cwd: folder, env })
    let said = ''
    bot.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
    await until('the bot says where it is', () => said.includes('Stop with Ctrl+C'))
    return { port, said: () => said }
  }

  it('names the page first and the Emulator second, and opens nothing by itself', async () => {
    const { port, said } = await start([])
    const [page, emulator] = [said().indexOf(`http://localhost:${port} `), said().indexOf('/api/messages')]
    assert.ok(page > 0 && emulator > page, said())
    assert.ok(!existsSync(join(folder, 'opened')))
  })

  it('opens the page with --open', async () => {
    const { port } = await start(['--open'])
    await until('the browser is told', () => existsSync(join(folder, 'opened')))
    await until(
      'the address is written',
      async () => (await readFile(join(folder, 'opened'), 'utf8')) === `http://localhost:${port}\n`,
    )
  })

  it('goes on where there is no browser, and says so', async () => {
    const { port, said } = await start(['--open'], join(folder, 'nothing'))
    await until('it says so', () => said().includes(`Open http://localhost:${port} yourself.`))
    assert.equal((await fetch(`http://localhost:${port}/health`)).status, 200)
  })
})
