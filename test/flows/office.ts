/** A bot for a story: started in this process on a fresh folder, with a peer of one flavour and people who use it. */
import { readdir } from 'node:fs/promises'
import { start, type Running } from '../../src/assemble/assemble.ts'
import { readEnvironment } from '../../src/environment/environment.ts'
import { SendQuota } from '../../src/chat/send/send-quota.ts'
import { type Log } from '../../src/log.ts'
import { signed } from '../../src/source/signature.ts'
import { type CallHost } from '../graph/call-host.ts'
import { type Flavour, Peer } from '../peer/peer.ts'
import { type Person } from '../peer/person.ts'
import { hastyClock } from '../hasty-clock.ts'
import { Balancer } from '../postgres/balancer.ts'
import { JumpClock } from './jump-clock.ts'
import { type Keeping, type Kept, newKeeping } from './keeping.ts'

export const adminKey = 'a key of more than sixteen characters'
export const webhookSecret = 'a secret of more than sixteen characters'

export type Office = {
  readonly peer: Peer
  readonly botUrl: string
  /** Where everything is kept, when that is a folder. */
  readonly folder: string
  /** Somebody who has opened the bot, and in the Emulator has said who they are. */
  readonly person: (name: string) => Promise<Person>
  /** Lets time pass at once. */
  readonly pass: (seconds: number) => void
  /** A telephone system's signed word at /api/calls. */
  readonly phone: (event: object) => Promise<Response>
  /** A request to /api/admin with the key; the status, and the answer as JSON. */
  readonly administer: Administer
  /** Stops the bot and starts it again on the same folder and port. */
  readonly restart: () => Promise<void>
  /** A mark of all that is kept: equal marks, equal bytes in the folder. */
  readonly state: () => Promise<string>
  /** The mark once nothing changes any more: effects are done and noted. */
  readonly settled: () => Promise<string>
  /** The names of the files that are kept. */
  readonly files: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

export type Administer = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: unknown }>

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

export type OfficeOptions = {
  /** How fast time passes by itself, in seconds of the story for one of life; 1 unless said. */
  readonly rate?: number
  /** Microsoft Graph, for calls that come from there. */
  readonly callHost?: CallHost
  /** Whether the bot sends no more than Teams allows, as it does in life; a story that is not about that need not wait. */
  readonly isSendQuotaKept?: boolean
}

export async function openOffice(flavour: Flavour, options: OfficeOptions = {}): Promise<Office> {
  const keeping = await newKeeping()
  const { folder } = keeping
  const clock = new JumpClock(options.rate)
  const bots = await Bots.start(keeping, clock, options)
  const botUrl = `http://127.0.0.1:${bots.port}`
  const peer = await Peer.start(flavour, botUrl)
  return {
    peer,
    botUrl,
    folder,
    person: async (name) => {
      const person = peer.person({ name, address: `${name.toLowerCase()}@contoso.com` })
      await person.open()
      if (flavour === 'emulator') await person.say(`I am ${person.address}`)
      await person.waitFor(() => person.screen().length > 0, 'to be welcomed')
      return person
    },
    pass: (seconds) => {
      keeping.pass(seconds)
      clock.jump(seconds)
    },
    phone: async (event) => {
      const body = JSON.stringify(event)
      const headers = {
        'Content-Type': 'application/json',
        'X-Signature': signed(body, webhookSecret, clock.now()),
      }
      return fetch(`${botUrl}/api/calls`, { method: 'POST', headers, body })
    },
    administer: async (method, path, given) => {
      const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json' }
      const body = given === undefined ? {} : { body: JSON.stringify(given) }
      const response = await fetch(`${botUrl}/api/admin${path}`, { method, headers, ...body })
      const text = await response.text()
      return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
    },
    restart: () => bots.restart(),
    state: () => keeping.mark(),
    settled: () => settledMark(keeping),
    files: async () => (await readdir(folder)).sort(),
    close: async () => {
      await peer.stop()
      await bots.stop()
      await keeping.remove()
    },
  }
}

/** The bot, or as many instances of it as share what is kept; then a balancer stands before them. */
class Bots {
  readonly #keeping: Keeping
  readonly #clock: JumpClock
  readonly #options: OfficeOptions
  readonly #balancer: Balancer | null
  #running: readonly Running[] = []
  port: number

  private constructor(keeping: Keeping, clock: JumpClock, balancer: Balancer | null, options: OfficeOptions) {
    this.#options = options
    this.#keeping = keeping
    this.#clock = clock
    this.#balancer = balancer
    this.port = balancer?.port ?? 0
  }

  static async start(keeping: Keeping, clock: JumpClock, options: OfficeOptions): Promise<Bots> {
    const balancer = keeping.instances > 1 ? await Balancer.open() : null
    const bots = new Bots(keeping, clock, balancer, options)
    await bots.#start()
    return bots
  }

  async restart(): Promise<void> {
    await this.#stop()
    await this.#start()
  }

  async stop(): Promise<void> {
    await this.#balancer?.close()
    await this.#stop()
  }

  async #start(): Promise<void> {
    const port = this.#balancer ? 0 : this.port
    const start = async () => startBot(await this.#keeping.open(this.#clock), port, this.#options)
    this.#running = await Promise.all(Array.from({ length: this.#keeping.instances }, start))
    const ports = this.#running.map((one) => one.port)
    if (this.#balancer) this.#balancer.targets = ports
    else this.port = ports[0] ?? 0
  }

  async #stop(): Promise<void> {
    await Promise.all(this.#running.map((one) => one.stop()))
  }
}

function startBot(
  { store, clock, instances }: Kept,
  port: number,
  { callHost, isSendQuotaKept = false }: OfficeOptions,
): Promise<Running> {
  const environment = readEnvironment({
    PORT: String(port),
    CALL_SOURCES: 'simulated,webhook',
    CALL_WEBHOOK_SECRET: webhookSecret,
    ADMIN_API_KEY: adminKey,
    ADMINS: 'root@contoso.com',
  })
  const quota = isSendQuotaKept || instances ? undefined : new SendQuota(hastyClock)
  return start({
    // In local mode the settings cannot name Graph; a story with a Graph of its own adds it.
    environment: callHost
      ? { ...environment, callSources: [...environment.callSources, 'graph'] }
      : environment,
    store,
    clock,
    log: silent,
    ...(quota ? { quota } : {}),
    ...(instances ? { instances } : {}),
    ...(callHost ? { callsOfGraph: callHost.calls } : {}),
  })
}

/** Effects that wait for a later time leave what is kept alone for so many looks of a tenth of a second. */
const quietWhileWaiting = 5

/** Waits until all effects are done, or none of those left will be done soon, and what is kept stays as it is. */
async function settledMark(keeping: Keeping): Promise<string> {
  let mark = await keeping.mark()
  let quiet = 0
  for (let tries = 0; tries < 600; tries += 1) {
    await new Promise((done) => setTimeout(done, 100))
    const next = await keeping.mark()
    quiet = next === mark ? quiet + 1 : 0
    mark = next
    if (quiet >= quietWhileWaiting) return mark
    if (quiet > 0 && (await keeping.effects()) === 0) return mark
  }
  throw new Error('what is kept never comes to rest')
}
