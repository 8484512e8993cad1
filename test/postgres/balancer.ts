/** Spreads requests over several servers, one after the other, as a load balancer does. */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'

export class Balancer {
  /** The ports of the servers. */
  targets: readonly number[] = []
  readonly #server = http.createServer((request, response) => {
    this.#pass(request, response)
  })
  #turn = 0

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const port = this.targets[(this.#turn += 1) % this.targets.length]
    const { method, url: path, headers } = request
    const passed = http.request(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    passed.on('error', () => response.destroy())
    request.pipe(passed)
  }
}
