/** People, a telephone system and a folder in which a bot has already been set up, for processes that run on it. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from '../../src/assemble/assemble.ts'
import { SendQuota } from '../../src/chat/send/send-quota.ts'
import { realClock } from '../../src/clock.ts'
import { readEnvironment } from '../../src/environment/environment.ts'
import { type Log } from '../../src/log.ts'
import { diskFiles } from '../../src/store/embedded/disk.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { load } from '../../src/store/embedded/load.ts'
import { type Memory } from '../../src/store/embedded/memory.ts'
import { freePort } from '../free-port.ts'
import { hastyClock } from '../hasty-clock.ts'
import { Peer } from '../peer/peer.ts'
import { type Person } from '../peer/person.ts'
import { until } from '../until.ts'
import { BotProcess } from './bot-process.ts'
import { builtBot } from './built-bot.ts'
import { type Suffering } from './orders.ts'
import { Phone, phoneSettings } from './phone.ts'

const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

export class ProcessOffice {
  readonly folder: string
  readonly port: number
  readonly peer: Peer
  readonly phone: Phone
  readonly #started: BotProcess[] = []
  /** What was on disk when its files were as they are named there. */
  #read: { readonly files: string; readonly memory: Memory } | null = null

  private constructor(folder: string, port: number, peer: Peer, phone: Phone) {
    this.folder = folder
    this.port = port
    this.peer = peer
    this.phone = phone
  }

  /** Everybody named has opened the bot, and the first of them has said these things to it. */
  static async open(names: readonly string[], sayings: readonly string[]): Promise<ProcessOffice> {
    const folder = await mkdtemp(join(tmpdir(), 'pickup-'))
    const port = await freePort()
    const botUrl = `http://127.0.0.1:${port}`
    const office = new ProcessOffice(
      folder,
      port,
      await Peer.start('msteams', botUrl),
      await Phone.start(botUrl),
    )
    const environment = readEnvironment({ PORT: String(port), DATA_DIR: folder, ...phoneSettings })
    const store = await openEmbedded({ folder })
    const quota = new SendQuota(hastyClock)
    const running = await start({ environment, store, clock: realClock, log: quiet, quota })
    for (const name of names) {
      await office.peer.person({ name, address: `${name.toLowerCase()}@contoso.com` }).open()
    }
    for (const text of sayings) await office.people[0]?.say(text)
    await office.rests()
    await running.stop()
    return office
  }

  get people(): readonly Person[] {
    return this.peer.people
  }

  person(name: string): Person {
    const person = this.people.find((one) => one.name === name)
    assert.ok(person, name)
    return person
  }

  /** A process on the folder; it need not listen yet. */
  async start(suffering?: Suffering, env: Readonly<Record<string, string>> = {}): Promise<BotProcess> {
    return this.#begin(suffering ? { suffering } : {}, env)
  }

  /** The same in a container of its own, as process 1. */
  startContained(env: Readonly<Record<string, string>> = {}): Promise<BotProcess> {
    return this.#begin({ isContained: true }, env)
  }

  async #begin(
    more: { readonly suffering?: Suffering; readonly isContained?: boolean },
    env: Readonly<Record<string, string>>,
  ): Promise<BotProcess> {
    const { folder, port } = this
    const bot = new BotProcess({
      built: await builtBot(),
      folder,
      port,
      ...more,
      env: { ...phoneSettings, ...env },
    })
    this.#started.push(bot)
    return bot
  }

  /** Stops the newest process cleanly and starts another on the same folder. */
  async restart(): Promise<BotProcess> {
    assert.equal(await this.#started.at(-1)?.ends('SIGTERM'), 0)
    return this.start()
  }

  /** What is on disk now; the bot may be running. */
  async kept(): Promise<Memory> {
    const files = await sizesIn(this.folder)
    // Reading it all again and again would take the processor from the bot that is waited for.
    if (this.#read?.files !== files)
      this.#read = { files, memory: (await load(await diskFiles(this.folder))).memory }
    return this.#read.memory
  }

  /** Waits until nothing is left to be done. */
  async rests(): Promise<void> {
    await until('everything is done', async () => (await this.kept()).effects.size === 0)
  }

  /** What the bot answers to a GET. */
  async ask(path: string): Promise<{ readonly status: number; readonly text: string }> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`)
    return { status: response.status, text: await response.text() }
  }

  async close(): Promise<void> {
    await Promise.all([
      this.peer.stop(),
      this.phone.stop(),
      ...this.#started.map((bot) => bot.ends('SIGKILL')),
    ])
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** Every file of the folder with its size: what is kept is only ever written behind what is there, or to a new file. */
async function sizesIn(folder: string): Promise<string> {
  const sizes = (await readdir(folder)).map(async (name) => {
    const size = (await stat(join(folder, name)).catch(() => null))?.size
    return `${name} ${size ?? 'gone'}`
  })
  return (await Promise.all(sizes)).join('\n')
}
