/**
 * Everybody the servers talk to, on this machine: a chat service that takes any message, and Microsoft's hosts for keys
 * and tokens. It answers at once and looks at nothing, so that only the servers' own work is seen.
 */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { part, publicJwk } from '../chat/gate/tokens.ts'

/** Fits Bot Framework, Telegram and Slack alike. */
const taken = JSON.stringify({ id: 'a1', ok: true, ts: '1', result: { message_id: 1 } })

export class Service {
  readonly #server: http.Server
  readonly #counts = { POST: 0, PUT: 0 }
  readonly #lengths = { POST: 0, PUT: 0 }
  #told: () => void = () => undefined

  private constructor(server: http.Server) {
    this.#server = server
    server.on('request', (request, response) => {
      this.#take(request, response)
    })
  }

  static async start(): Promise<Service> {
    // Servers rest while others are measured, and find their sockets open afterwards.
    const server = http.createServer({ keepAliveTimeout: 0 })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new Service(server)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** How many messages were posted or updated so far. */
  count(method: 'POST' | 'PUT'): number {
    return this.#counts[method]
  }

  /** How long the last of them was, in bytes. */
  length(method: 'POST' | 'PUT'): number {
    return this.#lengths[method]
  }

  /** Resolves once so many messages were posted or updated since it was started. */
  async until(method: 'POST' | 'PUT', count: number): Promise<void> {
    while (this.#counts[method] < count) {
      await new Promise<void>((resolve) => {
        this.#told = resolve
      })
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    request.resume()
    request.on('end', () => {
      const text = answerTo(request)
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': text.length })
      response.end(text)
      const { method } = request
      if ((method !== 'POST' && method !== 'PUT') || text !== taken) return
      this.#counts[method] += 1
      this.#lengths[method] = Number(request.headers['content-length'])
      this.#told()
    })
  }
}

const keys = JSON.stringify({
  issuer: 'https://api.botframework.com',
  jwks_uri: 'https://login.botframework.com/v1/.well-known/keys',
  id_token_signing_alg_values_supported: ['RS256'],
  keys: [publicJwk()],
})

function answerTo({ url = '' }: IncomingMessage): string {
  if (url.startsWith('/v1/.well-known/')) return keys
  if (!url.includes('/oauth2/v2.0/token')) return taken
  const claims = { aud: 'https://api.botframework.com', exp: Math.floor(Date.now() / 1000) + 86_400 }
  const token = `${part({ alg: 'RS256', kid: 'login' })}.${part(claims)}.${part('signature')}`
  return JSON.stringify({ token_type: 'Bearer', expires_in: 86_400, access_token: token })
}
