/**
 * Microsoft Graph, for reads that may be repeated and writes that may not. Never throws once it is made: whatever goes
 * wrong is a failure that says what to do about it.
 */
import { type Clock } from '../clock.ts'
import {
  type GraphAnswer,
  type GraphFailure,
  pauseBefore,
  readAnswer,
  type Send,
  type Sent,
  writeAnswer,
} from './answer.ts'

export type GraphParts = {
  /** Where Graph is; https, or plain http on this machine. */
  readonly baseUrl?: string
  /** The bot's token for Graph. Throws when none can be had. */
  readonly token: () => Promise<string>
  readonly send: Send
  readonly clock: Clock
  readonly random: () => number
  /** Told of every request: read or write, how it ended and how long it took, for metrics. */
  readonly count: (what: 'read' | 'write', result: string, seconds: number) => void
  /** How long one try may take, in milliseconds; four seconds unless said. */
  readonly withinMs?: number
}

export type ReadOptions = {
  /** Some questions are POSTs with a body, and change nothing. */
  readonly question?: object
  readonly headers?: Readonly<Record<string, string>>
  /** How long all of it may take, tries and pauses and the token together. */
  readonly deadlineMs?: number
}

type Request = Omit<Parameters<Send>[0], 'url' | 'token' | 'withinMs'> & { readonly path: string }

const publicGraph = 'https://graph.microsoft.com/v1.0'
const usualMs = 4000
const loopback = ['127.0.0.1', '[::1]', 'localhost']
const late: GraphFailure = { is: 'transient', mayBeDone: false }

export class Graph {
  readonly #parts: GraphParts
  readonly #baseUrl: string

  /** Throws when `baseUrl` is none that a token may be sent to. */
  constructor(parts: GraphParts) {
    this.#parts = parts
    this.#baseUrl = plainBase(parts.baseUrl ?? publicGraph)
  }

  /** Reads something; asks again, a few times, when Graph is busy or the answer got lost. `path` is escaped already. */
  async read(path: string, options: ReadOptions = {}): Promise<GraphAnswer | GraphFailure> {
    const { question, headers, deadlineMs } = options
    const request: Request = {
      method: question ? 'POST' : 'GET',
      path,
      ...(question ? { body: question } : {}),
      ...(headers ? { headers } : {}),
    }
    if (deadlineMs === undefined) return this.#tries(request, Infinity)
    const ends = this.#parts.clock.now() + deadlineMs
    return this.#notAfter(deadlineMs, this.#tries(request, ends))
  }

  /** Changes something. Sent once; where its fate is unknown the failure says so. `path` is escaped already. */
  async write(method: 'POST' | 'DELETE', path: string, body?: object): Promise<GraphAnswer | GraphFailure> {
    const sent = await this.#once('write', { method, path, ...(body ? { body } : {}) }, Infinity)
    return writeAnswer(sent)
  }

  async #tries(request: Request, ends: number): Promise<GraphAnswer | GraphFailure> {
    const { clock, random } = this.#parts
    for (let tries = 1; ; tries += 1) {
      const sent = await this.#once('read', request, ends)
      const pause = pauseBefore(sent, tries, random())
      if (pause === null || clock.now() + pause >= ends) return readAnswer(sent)
      await this.#wait(pause)
    }
  }

  async #once(what: 'read' | 'write', { path, ...request }: Request, ends: number): Promise<Sent> {
    const { token: askToken, send, clock, count, withinMs = usualMs } = this.#parts
    const token = await askToken().catch(() => null)
    const began = clock.now()
    if (token === null || began >= ends) {
      count(what, token === null ? 'noToken' : 'late', 0)
      return { is: 'notSent' }
    }
    const url = `${this.#baseUrl}${path}`
    const sent = await send({ ...request, url, token, withinMs: Math.min(withinMs, ends - began) })
    const result = sent.is === 'answered' ? String(sent.status) : sent.is
    count(what, result, (clock.now() - began) / 1000)
    return sent
  }

  #wait(ms: number): Promise<void> {
    return new Promise((done) => {
      this.#parts.clock.after(ms, done)
    })
  }

  /** The answer, unless time is up first. */
  #notAfter(ms: number, answer: Promise<GraphAnswer | GraphFailure>): Promise<GraphAnswer | GraphFailure> {
    return new Promise((resolve) => {
      const stop = this.#parts.clock.after(ms, () => {
        resolve(late)
      })
      void answer.then(resolve).finally(stop)
    })
  }
}

/** An address that a token may be sent to, without a slash at its end. */
function plainBase(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.includes(url.hostname))
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (!url || !isSafe || !isPlain) throw new Error('Graph must be at an https address')
  return url.href.endsWith('/') ? url.href.slice(0, -1) : url.href
}
