/**
 * A bot with the settings of production, as a process of its own: it authenticates, speaks TLS to Microsoft's names, and
 * believes that it is on the internet. All it reaches is this machine.
 */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { tenant } from '../../src/playground/chat-client.ts'
import { appId } from '../chat/gate/tokens.ts'
import { BotProcess } from '../faults/bot-process.ts'
import { builtBot } from '../faults/built-bot.ts'
import { Phone, phoneSettings } from '../faults/phone.ts'
import { freePort } from '../free-port.ts'
import { type CallHost } from '../graph/call-host.ts'
import { Peer } from '../peer/peer.ts'
import { type Person } from '../peer/person.ts'
import { until } from '../until.ts'
import { type Answer, knock, ProductionChannel } from './production-channel.ts'
import { type Certificate, makeCertificate, microsoftHosts, publicHost } from './tls-certificate.ts'
import { TlsService } from './tls-service.ts'

export const password = 'the-password-of-the-bot'
/** Whoever says nothing for so long has nothing to say, in milliseconds. */
const silenceMs = 300

export class Production {
  readonly botUrl: string
  readonly microsoft: TlsService
  readonly peer: Peer
  readonly phone: Phone
  readonly #folder: string
  readonly #channel: ProductionChannel
  readonly #certificate: Certificate
  readonly #bots: BotProcess[] = []
  readonly #hasCalls: boolean

  private constructor(
    folder: string,
    botUrl: string,
    certificate: Certificate,
    channel: ProductionChannel,
    others: {
      readonly microsoft: TlsService
      readonly peer: Peer
      readonly phone: Phone
      readonly hasCalls: boolean
    },
  ) {
    this.#folder = folder
    this.botUrl = botUrl
    this.#certificate = certificate
    this.#channel = channel
    this.microsoft = others.microsoft
    this.peer = others.peer
    this.phone = others.phone
    this.#hasCalls = others.hasCalls
  }

  /** Everything around the bot, which itself has yet to be started. With a call service, calls come from Graph, too. */
  static async open(calls?: CallHost): Promise<Production> {
    const folder = await mkdtemp(join(tmpdir(), 'pickup-production-'))
    for (const name of ['data', 'tmp']) await mkdir(join(folder, name))
    await writeFile(join(folder, 'refused'), '')
    const botUrl = `http://127.0.0.1:${await freePort()}`
    const certificate = await makeCertificate(folder)
    const channel = await ProductionChannel.start(botUrl)
    const peer = await Peer.start('msteams', channel.url)
    const microsoft = await TlsService.start(certificate, tenant, {
      connector: peer.serviceUrl,
      graph: calls?.origin ?? '',
      bot: botUrl,
    })
    const phone = await Phone.start(botUrl)
    const hasCalls = calls !== undefined
    const production = new Production(folder, botUrl, certificate, channel, {
      microsoft,
      peer,
      phone,
      hasCalls,
    })
    calls?.reachBy((body, headers) => production.postPublicly('/api/graph/calls', body, headers))
    return production
  }

  /** Starts the bot, and waits until it listens. */
  async start(more: Readonly<Record<string, string>> = {}): Promise<BotProcess> {
    const { port } = new URL(this.botUrl)
    const built = await builtBot()
    const env = { ...this.#environment(), ...more }
    const bot = new BotProcess({ built, folder: join(this.#folder, 'data'), port: Number(port), env })
    this.#bots.push(bot)
    await bot.listens()
    return bot
  }

  /** Stops the bot cleanly, and starts one that knows no keys and has no token yet. */
  async restart(): Promise<BotProcess> {
    assert.equal(await this.#bots.at(-1)?.ends('SIGTERM'), 0)
    return this.start()
  }

  /** Kills the bot where it stands. */
  async crash(): Promise<void> {
    await this.#bots.at(-1)?.ends('SIGKILL')
  }

  /** Somebody who has opened the bot and was welcomed. */
  async person(name: string): Promise<Person> {
    const person = this.peer.person({ name, address: `${name.toLowerCase()}@contoso.com` })
    await person.open()
    await person.waitFor(() => person.screen().length > 0, 'to be welcomed')
    return person
  }

  /** One POST to the bot from outside, over TLS; the status of the answer. */
  postPublicly(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
    return this.#publicly(path, { method: 'POST', headers }, body).then(({ status }) => status)
  }

  /** One GET from the bot from outside, over TLS. */
  getPublicly(path: string): Promise<{ readonly status: number; readonly bytes: Buffer }> {
    return this.#publicly(path, { method: 'GET', headers: {} }, '')
  }

  async #publicly(
    path: string,
    { method, headers }: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
    body: string,
  ): Promise<{ readonly status: number; readonly bytes: Buffer }> {
    const request = https.request({
      host: '127.0.0.1',
      port: this.microsoft.port,
      servername: publicHost,
      ca: this.#certificate.cert,
      path,
      method,
      headers: { ...headers, Host: publicHost },
    })
    request.end(body)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    const chunks: Buffer[] = []
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk)
    return { status: response.statusCode ?? 0, bytes: Buffer.concat(chunks) }
  }

  /** One POST to /api/messages, past the channel. */
  knock(authorization: string, activity: unknown): Promise<Answer> {
    return knock(this.botUrl, authorization, activity)
  }

  /** A line of what the system says of the newest process, such as VmRSS, in megabytes. */
  async megabytes(line: 'VmRSS' | 'VmHWM'): Promise<number> {
    const text = await readFile(`/proc/${await this.#pid()}/status`, 'utf8')
    const [, kilobytes = ''] = new RegExp(`^${line}:\\s+([0-9]+) kB$`, 'm').exec(text) ?? []
    return Number(kilobytes) / 1024
  }

  /** Lets VmHWM, the most memory it ever had, begin anew. */
  async forgetPeak(): Promise<void> {
    await writeFile(`/proc/${await this.#pid()}/clear_refs`, '5')
  }

  /** The hosts the bot wanted to reach and could not. */
  async refused(): Promise<readonly string[]> {
    const text = await readFile(join(this.#folder, 'refused'), 'utf8')
    return text.split('\n').filter((line) => line !== '')
  }

  /** Whether what it has kept so far has these words in it. */
  async holds(words: string): Promise<boolean> {
    const folder = join(this.#folder, 'data')
    const files = (await readdir(folder)).filter((name) => !name.startsWith('lock'))
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
    return texts.some((text) => text.includes(words))
  }

  /** What lies in the bot's folder for temporary files. */
  temporary(): Promise<readonly string[]> {
    return readdir(join(this.#folder, 'tmp'))
  }

  /** How often the bot has spoken to anybody so far, or wanted to; waits until it has nothing left to say. */
  async spoken(): Promise<number> {
    let count = -1
    await until('the bot falls silent', async () => {
      const before = count
      await setTimeout(silenceMs)
      count = this.microsoft.heard.length + (await this.refused()).length
      return count === before
    })
    return count
  }

  /** All that its processes have said. */
  get output(): string {
    return this.#bots.map((bot) => bot.output).join('')
  }

  async close(): Promise<void> {
    await Promise.all(this.#bots.map((bot) => bot.ends('SIGKILL')))
    await Promise.all([this.peer, this.phone, this.microsoft, this.#channel].map((part) => part.stop()))
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Its lock tells which process has the folder. */
  async #pid(): Promise<string> {
    const names = await readdir(join(this.#folder, 'data'))
    const [, pid] = names.map((name) => /^lock-([0-9]+)-/.exec(name)).find((found) => found) ?? []
    assert.ok(pid, 'no process has the folder')
    return pid
  }

  #environment(): Readonly<Record<string, string>> {
    return {
      ...phoneSettings,
      ...(this.#hasCalls ? { CALL_SOURCES: 'webhook,graph', PUBLIC_URL: `https://${publicHost}` } : {}),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      MicrosoftAppId: appId,
      MicrosoftAppPassword: password,
      MicrosoftAppTenantId: tenant,
      NODE_OPTIONS: `--require ${fileURLToPath(new URL('redirect.cjs', import.meta.url))}`,
      NODE_EXTRA_CA_CERTS: this.#certificate.file,
      REDIRECT_HOSTS: microsoftHosts.join(','),
      REDIRECT_PORT: String(this.microsoft.port),
      REDIRECT_REFUSED: join(this.#folder, 'refused'),
      TMPDIR: join(this.#folder, 'tmp'),
    }
  }
}
