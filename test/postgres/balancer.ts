/**
 * Spreads requests over several servers, one after the other, as a load balancer does: one that takes no connections is
 * passed over, and what it may have heard is not said again to another.
 */
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { Loopback } from '../loopback.ts'

export class Balancer {
  /** The ports of the servers. */
  targets: readonly number[] = []
  /** How many requests went to each. */
  readonly sent = new Map<number, number>()
  readonly port: number
  readonly url: string
  readonly #line: Loopback
  #turn = 0

  private constructor(line: Loopback) {
    this.#line = line
    this.port = line.port
    this.url = line.url
    line.hears((request, response, body) => this.#pass(request, response, body))
  }

  static async open(): Promise<Balancer> {
    return new Balancer(await Loopback.open())
  }

  async close(): Promise<void> {
    await this.#line.close()
  }

  async #pass(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const turn = (this.#turn += 1)
    const { targets } = this
    const first = turn % targets.length
    for (const port of [...targets.slice(first), ...targets.slice(0, first)]) {
      this.sent.set(port, (this.sent.get(port) ?? 0) + 1)
      if ((await ask(port, request, body, response)) !== 'refused') return
    }
    response.destroy()
  }
}

/** Of one connection only, so that each side of a balancer has its own (RFC 9110, section 7.6.1). */
const ofOneConnection = ['connection', 'keep-alive', 'transfer-encoding']

function passedOn(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofOneConnection.includes(name)))
}

/** Passes a request on; `refused` when nobody is there. A server that goes away meanwhile takes the answer with it. */
function ask(
  port: number,
  { method, url: path, headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<'passed' | 'refused'> {
  return new Promise((done) => {
    const passed = http.request(
      { host: '127.0.0.1', port, method, path, headers: passedOn(headers), agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers))
        answer.on('error', () => response.destroy())
        answer.pipe(response)
        done('passed')
      },
    )
    passed.on('error', (error: NodeJS.ErrnoException) => {
      const isRefused = error.code === 'ECONNREFUSED'
      if (!isRefused) response.destroy()
      done(isRefused ? 'refused' : 'passed')
    })
    passed.end(body)
  })
}
