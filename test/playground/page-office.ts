/** A bot with its playground for a test: started in this process on a fresh folder, asked as the page asks. */
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Running, start } from '../../src/assemble/assemble.ts'
import { openStore } from '../../src/assemble/open-store.ts'
import { SendQuota } from '../../src/chat/send/send-quota.ts'
import { readEnvironment } from '../../src/environment/environment.ts'
import { type Log } from '../../src/log.ts'
import { type Shown } from '../../src/playground/screens.ts'
import { hastyClock } from '../hasty-clock.ts'
import { until } from '../until.ts'

export type Answered = {
  readonly status: number
  readonly body: unknown
  readonly headers: http.IncomingHttpHeaders
}

/** Everything but the screens, as the page is told it. */
export type Told = {
  readonly people: ReadonlyArray<{
    id: string
    name: string
    address: string
    presence: string
    isInstalled: boolean
  }>
  readonly calls: ReadonlyArray<{
    id: string
    owner: string
    caller: string
    is: string
    words: string
    fails: string
    parts: ReadonlyArray<{ who: string }>
    end: string
  }>
  readonly talks: ReadonlyArray<{ id: string; words: string }>
  readonly steps: { readonly isClosed: boolean; readonly done: readonly string[] }
  readonly story: { readonly title: string; readonly lines: ReadonlyArray<{ words: string }> } | null
}

export type Settings = Readonly<Record<string, string>>

export class PageOffice {
  readonly folder: string
  readonly logged: string[] = []
  readonly #settings: Settings
  #running: Running | null = null
  #port = 0

  private constructor(folder: string, settings: Settings) {
    this.folder = folder
    this.#settings = settings
  }

  static async open(settings: Settings = {}): Promise<PageOffice> {
    const office = new PageOffice(await mkdtemp(join(tmpdir(), 'playground-')), settings)
    await office.start()
    return office
  }

  async start(): Promise<void> {
    const environment = readEnvironment({
      PORT: String(this.#port),
      DATA_DIR: this.folder,
      ...this.#settings,
    })
    const write = (event: string) => this.logged.push(event)
    const log: Log = { debug: write, info: write, warn: write, error: write }
    const { store, clock } = await openStore(environment, () => undefined)
    this.#running = await start({ environment, store, clock, log, quota: new SendQuota(hastyClock) })
    this.#port = this.#running.port
  }

  async stop(): Promise<void> {
    await this.#running?.stop()
    this.#running = null
  }

  async close(): Promise<void> {
    await this.stop()
    await rm(this.folder, { recursive: true })
  }

  get url(): string {
    return `http://localhost:${this.#port}`
  }

  get port(): number {
    return this.#port
  }

  /** A request with any headers at all; the page's own unless given. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers: http.OutgoingHttpHeaders = this.own(),
  ): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const options = { method, host: '127.0.0.1', port: this.#port, path, headers }
      const request = http.request(options, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          const isJson = response.headers['content-type'] === 'application/json'
          const value: unknown = isJson ? JSON.parse(text) : text
          resolve({ status: response.statusCode ?? 0, body: value, headers: response.headers })
        })
      })
      request.on('error', reject)
      request.end(body === undefined ? undefined : JSON.stringify(body))
    })
  }

  /** What the page's browser says with a request. */
  own(): http.OutgoingHttpHeaders {
    return { Host: `localhost:${this.#port}`, Origin: this.url, 'Content-Type': 'application/json' }
  }

  /** Does something on the page. */
  play(method: string, path: string, body?: unknown): Promise<Answered> {
    return this.ask(
      method,
      `/playground/${path}`,
      method === 'GET' || method === 'DELETE' ? undefined : (body ?? {}),
    )
  }

  /** What a page that opens now is told. */
  async told(): Promise<Told> {
    const response = await fetch(`${this.url}/playground/events`)
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const [, data] = /event: office\ndata: (.*)\n\n/.exec(text) ?? []
      // Leaving the loop hangs up.
      if (data !== undefined) return JSON.parse(data) as Told
    }
    throw new Error('the stream ended before it said anything')
  }

  /** Waits until the page would be told something like this. */
  async tells(what: string, isSo: (told: Told) => boolean): Promise<Told> {
    let told = await this.told()
    await until(
      () => `${what}: ${JSON.stringify(told)}`,
      async () => isSo((told = await this.told())),
    )
    return told
  }

  /** Somebody of the page, by first name. */
  async person(name: string): Promise<Told['people'][number]> {
    const { people } = await this.told()
    const person = people.find((one) => one.name.startsWith(name))
    if (!person) throw new Error(`${name} is not on the page`)
    return person
  }

  async screen(name: string): Promise<readonly Shown[]> {
    const { id } = await this.person(name)
    return ((await this.play('GET', `people/${id}/chat`)).body as { messages: readonly Shown[] }).messages
  }

  /** Waits until somebody's screen shows these words. */
  async sees(name: string, words: string): Promise<void> {
    let text = ''
    await until(
      () => `${name} sees "${words}" on ${text}`,
      async () => (text = JSON.stringify(await this.screen(name))).includes(words),
    )
  }

  /** Presses the newest button with this title, as Teams would tell it. */
  async press(name: string, title: string): Promise<Answered> {
    const { id } = await this.person(name)
    let found: { message: string; action: Readonly<Record<string, unknown>> } | undefined
    await until(`${name} has a button ${title}`, async () => {
      for (const { id: message, card } of await this.screen(name))
        for (const action of actionsIn(card)) if (action['title'] === title) found = { message, action }
      return found !== undefined
    })
    const { message, action } = found ?? { message: '', action: {} }
    const { verb, data = {} } = action
    return this.play('POST', `people/${id}/clicks`, { message, type: 'Action.Execute', verb, data })
  }

  /** The four steps up to a call that rings at all three. */
  async letAnnRing(): Promise<void> {
    await this.tells('three people are known', ({ people }) => people.length === 3)
    for (const name of ['Ann', 'Bo', 'Cy']) await this.sees(name, 'Share your calls')
    await this.play('POST', 'steps/share')
    await this.play('POST', 'steps/call')
    for (const name of ['Ann', 'Bo', 'Cy']) await this.sees(name, 'Incoming call')
  }
}

function actionsIn(value: unknown): ReadonlyArray<Readonly<Record<string, unknown>>> {
  if (Array.isArray(value)) return value.flatMap(actionsIn)
  if (typeof value !== 'object' || value === null) return []
  const part = value as Readonly<Record<string, unknown>>
  if (part['type'] === 'Action.Execute') return [part]
  return Object.entries(part).flatMap(([key, inner]) => (key === 'refresh' ? [] : actionsIn(inner)))
}
