import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Peer } from '../peer/peer.ts'

const root = new URL('../../', import.meta.url).pathname

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The bot as a process of its own, started as a user starts it. */
class BotProcess {
  readonly #child: ChildProcess
  #output = ''

  constructor(folder: string, port: number, more: Readonly<Record<string, string>> = {}) {
    const { PATH, HOME } = process.env
    this.#child = spawn(process.execPath, ['--import', 'tsx', 'src/index.ts'], {
      cwd: root,
      env: { PATH, HOME, DATA_DIR: folder, PORT: String(port), ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()))
    }
  }

  output(): string {
    return this.#output
  }

  async listens(): Promise<void> {
    const end = performance.now() + 20_000
    while (!this.#output.includes('"listening"')) {
      assert.ok(performance.now() < end && this.#child.exitCode === null, `did not start: ${this.#output}`)
      await new Promise((done) => setTimeout(done, 20))
    }
  }

  async ends(signal?: NodeJS.Signals): Promise<number | null> {
    const gone =
      this.#child.exitCode === null && this.#child.signalCode === null ? once(this.#child, 'exit') : null
    if (signal) this.#child.kill(signal)
    await gone
    return this.#child.exitCode
  }
}

describe('The bot as a process', () => {
  let folder: string
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'pickup-'))))
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('loses no call when the plug is pulled while it rings', async () => {
    const port = await freePort()
    const first = new BotProcess(folder, port)
    await first.listens()
    const peer = await Peer.start('msteams', `http://127.0.0.1:${port}`)
    const [ann, bo, cy] = ['Ann', 'Bo', 'Cy'].map((name) =>
      peer.person({ name, address: `${name.toLowerCase()}@contoso.com` }),
    )
    assert.ok(ann && bo && cy)
    for (const person of [ann, bo, cy]) await person.open()
    await ann.say('add bo@contoso.com, cy@contoso.com')
    await ann.say('also ring my group')
    await ann.say('simulate call from Carl')
    for (const person of [ann, bo, cy]) await person.sees('Ringing since')
    await first.ends('SIGKILL')
    const second = new BotProcess(folder, port)
    await second.listens()
    await bo.click('Pick up')
    await bo.sees('You picked up')
    await cy.sees('Bo picked up')
    assert.equal(await second.ends('SIGTERM'), 0, 'it ends cleanly when told to')
    await peer.stop()
  })

  it('says in one line what is missing in production', async () => {
    const bot = new BotProcess(folder, await freePort(), { NODE_ENV: 'production' })
    assert.equal(await bot.ends(), 1)
    assert.match(bot.output(), /^MicrosoftAppId is not set[^\n]*\n$/)
  })

  it('listens on this machine only in local mode', async () => {
    const bot = new BotProcess(folder, await freePort(), { HOST: '0.0.0.0' })
    assert.equal(await bot.ends(), 1)
    assert.match(bot.output(), /^HOST: [^\n]*\n$/)
  })
})
