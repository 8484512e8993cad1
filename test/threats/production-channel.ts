/** The channel between people and a bot in production: signs what they send, as Teams does, and passes it on. */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { serviceUrl, token } from '../chat/tokens.ts'

export type Answer = { readonly status: number; readonly text: string }

export class ProductionChannel {
  readonly #server = http.createServer()
  readonly #botUrl: string

  private constructor(botUrl: string) {
    this.#botUrl = botUrl
    this.#server.on('request', (request, response) => void this.#passOn(request, response))
  }

  static async start(botUrl: string): Promise<ProductionChannel> {
    const channel = new ProductionChannel(botUrl)
    channel.#server.listen(0, '127.0.0.1')
    await once(channel.#server, 'listening')
    return channel
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  async #passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const activity = JSON.parse(Buffer.concat(chunks).toString('utf8')) as object
    const { status, text } = await knock(this.#botUrl, `Bearer ${token(Date.now())}`, {
      ...activity,
      serviceUrl,
    }).catch(() => ({ status: 502, text: '' }))
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(text)
  }
}

/** Teams sends again what was not answered by then (msteams-docs issue 6084). */
const patienceMs = 15_000

/** One POST to /api/messages, with whatever token. */
export async function knock(botUrl: string, authorization: string, activity: unknown): Promise<Answer> {
  const response = await fetch(`${botUrl}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: authorization },
    body: JSON.stringify(activity),
    signal: AbortSignal.timeout(patienceMs),
  })
  return { status: response.status, text: await response.text() }
}
