/** A telephone system that tells the bot of calls and is told what to do: the other end of the webhook. */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { signed } from '../../src/source/signature.ts'
import { type Fate } from './killing.ts'
import { until } from '../until.ts'

export type Order = { readonly id: string; readonly do: string; readonly to?: string }

export const phoneSettings = {
  CALL_SOURCES: 'simulated,webhook',
  CALL_WEBHOOK_SECRET: 'a secret of more than sixteen characters',
}

export class Phone {
  /** What it was told, repetitions included. */
  readonly orders: Order[] = []
  /** What becomes of the next order. */
  fate: () => Fate = () => 'answered'
  readonly #botUrl: string
  readonly #server = http.createServer()

  private constructor(botUrl: string) {
    this.#botUrl = botUrl
    this.#server.on('request', (request, response) => void this.#hear(request, response))
  }

  static async start(botUrl: string): Promise<Phone> {
    const phone = new Phone(botUrl)
    phone.#server.listen(0, '127.0.0.1')
    await once(phone.#server, 'listening')
    return phone
  }

  get replyUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  /** One signed word to the bot. */
  tell(event: object): Promise<Response> {
    const body = JSON.stringify(event)
    const headers = {
      'Content-Type': 'application/json',
      'X-Signature': signed(body, phoneSettings.CALL_WEBHOOK_SECRET, Date.now()),
    }
    return fetch(`${this.#botUrl}/api/calls`, { method: 'POST', headers, body })
  }

  /** A call for somebody. */
  offer(id: string, owner: string): Promise<Response> {
    const caller = { kind: 'pstn', name: 'Carl', number: '+442079460000' }
    return this.tell({ id, event: 'offered', owner, caller, replyUrl: this.replyUrl })
  }

  /** Tells it until the bot has taken it up, as telephone systems do. */
  async insist(tell: () => Promise<Response>): Promise<void> {
    await until('the bot hears the phone', async () => (await tell().catch(() => null))?.status === 202)
  }

  async #hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const fate = this.fate()
    if (fate === 'never came') return
    this.orders.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Order)
    if (fate === 'answered') response.end()
  }
}
