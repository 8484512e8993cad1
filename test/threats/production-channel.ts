/** The channel between people and a bot in production: signs what they send, as Teams does, and passes it on. */
import { type ServerResponse } from 'node:http'
import { serviceUrl, token } from '../chat/gate/tokens.ts'
import { Loopback } from '../loopback.ts'

export type Answer = { readonly status: number; readonly text: string }

export class ProductionChannel {
  readonly url: string
  readonly #line: Loopback
  readonly #botUrl: string

  private constructor(botUrl: string, line: Loopback) {
    this.#botUrl = botUrl
    this.#line = line
    this.url = line.url
    line.hears((_request, response, body) => this.#passOn(body, response))
  }

  static async start(botUrl: string): Promise<ProductionChannel> {
    return new ProductionChannel(botUrl, await Loopback.open())
  }

  async stop(): Promise<void> {
    await this.#line.close()
  }

  async #passOn(body: Buffer, response: ServerResponse): Promise<void> {
    const activity = JSON.parse(body.toString('utf8')) as object
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
