/**
 * A server of the tests on this machine. It hears whoever asks to the end before it answers; who goes away before that has
 * asked nothing.
 */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'

type Hear = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void | Promise<void>

export class Loopback {
  readonly port: number
  /** Without a slash at its end. */
  readonly url: string
  readonly #server: http.Server

  private constructor(server: http.Server) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
    this.url = `http://127.0.0.1:${this.port}`
  }

  static async open(): Promise<Loopback> {
    // Whoever asks keeps the connection as long as they like: one closed here just as they ask again fails them.
    const server = http.createServer({ keepAliveTimeout: 0 })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new Loopback(server)
  }

  hears(hear: Hear): void {
    this.#server.on('request', (request, response) => {
      void buffer(request).then(
        (body) => hear(request, response, body),
        () => undefined,
      )
    })
  }

  /** How many connections there are. */
  connections(): Promise<number> {
    return promisify(this.#server.getConnections.bind(this.#server))()
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }
}

/** A JSON body, or none. */
export const jsonOf = (body: Buffer): unknown =>
  body.length === 0 ? undefined : JSON.parse(body.toString('utf8'))
