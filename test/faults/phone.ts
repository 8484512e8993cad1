/** A telephone system that tells the bot of calls and is told what to do: the other end of the webhook. */
import { type ServerResponse } from 'node:http'
import { signed } from '../../src/source/signature.ts'
import { Loopback } from '../loopback.ts'
import { type Fate } from './killing.ts'
import { until } from '../until.ts'

export type Order = { readonly id: string; readonly do: string; readonly to?: string }

export const phoneSettings = {
  CALL_SOURCES: 'simulated,webhook',
  CALL_WEBHOOK_SECRET: 'a secret of more than sixteen characters',
  CALL_REPLY_HOSTS: '127.0.0.1',
}

export class Phone {
  /** What it was told, repetitions included. */
  readonly orders: Order[] = []
  /** What becomes of the next order. */
  fate: () => Fate = () => 'answered'
  readonly #botUrl: string
  readonly #line: Loopback

  private constructor(botUrl: string, line: Loopback) {
    this.#botUrl = botUrl
    this.#line = line
    line.hears((_request, response, body) => {
      this.#hear(body, response)
    })
  }

  static async start(botUrl: string): Promise<Phone> {
    return new Phone(botUrl, await Loopback.open())
  }

  get replyUrl(): string {
    return `${this.#line.url}/`
  }

  async stop(): Promise<void> {
    await this.#line.close()
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

  /** Tells it until the bot has taken it up, or says that it did and that is over, as telephone systems do. */
  async insist(tell: () => Promise<Response>): Promise<void> {
    const isHeard = async () => [202, 409].includes((await tell().catch(() => null))?.status ?? 0)
    await until('the bot hears the phone', isHeard)
  }

  #hear(body: Buffer, response: ServerResponse): void {
    const fate = this.fate()
    if (fate === 'never came') return
    this.orders.push(JSON.parse(body.toString('utf8')) as Order)
    if (fate === 'answered') response.end()
  }
}
