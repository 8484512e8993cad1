/** A small chat service on this machine that answers as it is told, and keeps what it was asked. */
import { type ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { SendQuota } from '../../../src/chat/send/send-quota.ts'
import { Connector, type ConnectorParts } from '../../../src/chat/send/connector.ts'
import { realClock } from '../../../src/clock.ts'
import { type Reach } from '../../../src/store/documents.ts'
import { jsonOf, Loopback } from '../../loopback.ts'
import { afterSilence } from '../../silence.ts'

export type Asked = {
  readonly method: string
  readonly path: string
  readonly token: string | undefined
  readonly body: unknown
}

/** What is answered; or that nothing is for long, that the line breaks at once, or that it breaks within the answer. */
export type Answered =
  | {
      readonly status: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
      readonly isCutOff?: boolean
    }
  | 'hang'
  | 'reset'

export const fine: Exclude<Answered, 'hang'> = { status: 200, body: { id: 'the-id' } }

export class WireService {
  readonly asked: Asked[] = []
  readonly url: string
  readonly #line: Loopback
  #answers: Answered[] = []

  private constructor(line: Loopback) {
    this.#line = line
    this.url = line.url
    line.hears((request, response, body) => {
      const { method = '', url: path = '', headers } = request
      this.asked.push({ method, path, token: headers.authorization, body: jsonOf(body) })
      this.#answer(response)
    })
  }

  static async start(): Promise<WireService> {
    return new WireService(await Loopback.open())
  }

  async stop(): Promise<void> {
    await this.#line.close()
  }

  /** These are the answers from now on, one after the other; then everything is fine. */
  answers(...answers: readonly Answered[]): void {
    this.#answers = [...answers]
  }

  /** The methods of what was asked so far. */
  get methods(): readonly string[] {
    return this.asked.map(({ method }) => method)
  }

  #answer(response: ServerResponse): void {
    const answer = this.#answers.shift() ?? fine
    if (answer === 'hang') {
      afterSilence(() => {
        this.#say(fine, response)
      })
    } else this.#say(answer, response)
  }

  #say(answer: Exclude<Answered, 'hang'>, response: ServerResponse): void {
    if (answer === 'reset') {
      response.destroy()
      return
    }
    const { status, body, headers = {}, isCutOff } = answer
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? null)
    const length = Buffer.byteLength(text) + (isCutOff ? 10 : 0)
    response.writeHead(status, { 'Content-Length': length, ...headers })
    response.write(text, () => {
      if (isCutOff) response.destroy()
    })
    if (!isCutOff) response.end()
  }
}

/** A connector to services on this machine that waits no time, and remembers how long it would have. */
export function quickConnector(parts: Partial<ConnectorParts> = {}) {
  const waits: number[] = []
  const counts: string[] = []
  const connector = new Connector({
    isLocal: true,
    budget: new SendQuota(realClock),
    token: () => Promise.resolve('token'),
    wait: (ms) => {
      waits.push(ms)
      return setTimeout(0)
    },
    random: () => 0,
    count: (what, result) => {
      counts.push(`${what} ${result}`)
    },
    withinMs: 60_000,
    ...parts,
  })
  return { connector, waits, counts }
}

/** Somebody in Teams at this service. */
export function reachAt(serviceUrl: string): Reach {
  return {
    channel: 'msteams',
    serviceUrl,
    conversation: 'a:1',
    bot: '28:bot',
    user: '29:ann',
    tenant: 'tenant',
  }
}
