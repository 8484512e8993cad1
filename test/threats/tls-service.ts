/**
 * Microsoft on this machine, over TLS: the host that tells the channel's keys, the host that gives the bot its token, and
 * the connector, which hands on to a peer what carries that token.
 */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import { type AddressInfo } from 'node:net'
import { part, publicJwk } from '../chat/tokens.ts'
import { type Certificate } from './tls-certificate.ts'

export type Host = 'keys' | 'token' | 'connector'
/** How a host is: well, answering with errors, or saying nothing. */
export type Health = 'well' | 'down' | 'hanging'

export type Heard = { readonly at: number; readonly to: Host; readonly path: string }

export class TlsService {
  /** Everything that was asked of it. */
  readonly heard: Heard[] = []
  readonly health: Record<Host, Health> = { keys: 'well', token: 'well', connector: 'well' }
  readonly port: number
  readonly #server: https.Server
  readonly #tenant: string
  readonly #connectorUrl: string
  readonly #given: string[] = []

  private constructor(server: https.Server, tenant: string, connectorUrl: string) {
    this.#server = server
    this.#tenant = tenant
    this.#connectorUrl = connectorUrl
    this.port = (server.address() as AddressInfo).port
  }

  /** `connectorUrl` is where a chat service answers to /v3. */
  static async start({ cert, key }: Certificate, tenant: string, connectorUrl: string): Promise<TlsService> {
    const server = https.createServer({ cert, key }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const service = new TlsService(server, tenant, connectorUrl)
    server.on('request', (request, response) => {
      service.#hear(request, response)
    })
    return service
  }

  /** The tokens it gave the bot, the newest last. */
  get given(): readonly string[] {
    return this.#given
  }

  /** How often one of its hosts was asked. */
  asked(to: Host): number {
    return this.heard.filter((heard) => heard.to === to).length
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  #hear(request: IncomingMessage, response: ServerResponse): void {
    const { url = '', headers } = request
    const [path = ''] = url.split('?')
    const to = hostOf(headers.host ?? '')
    this.heard.push({ at: performance.now(), to, path })
    if (this.health[to] === 'hanging') return
    if (this.health[to] === 'down') answer(response, 503, {})
    else if (to === 'connector') this.#handOn(request, response)
    else answer(response, 200, to === 'keys' ? keysAt(path) : this.#token(path))
  }

  #token(path: string): object {
    if (path !== `/${this.#tenant}/oauth2/v2.0/token`) return { error: 'invalid_request' }
    const seconds = Math.floor(Date.now() / 1000)
    const claims = { aud: 'https://api.botframework.com', exp: seconds + 3600, jti: this.#given.length }
    const token = `${part({ alg: 'RS256', kid: 'login' })}.${part(claims)}.${part('signature')}`
    this.#given.push(token)
    return { token_type: 'Bearer', expires_in: 3600, access_token: token }
  }

  #handOn(request: IncomingMessage, response: ServerResponse): void {
    const { method, url = '', headers } = request
    const token = (headers.authorization ?? '').replace('Bearer ', '')
    if (!this.#given.includes(token) || !url.startsWith('/teams/v3/')) {
      answer(response, 401, {})
      return
    }
    const options = { method, headers: { 'Content-Type': 'application/json' } }
    const onward = http.request(`${this.#connectorUrl}${url.slice('/teams'.length)}`, options, (answered) => {
      response.writeHead(answered.statusCode ?? 500, answered.headers)
      answered.pipe(response)
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  }
}

function hostOf(name: string): Host {
  if (name.startsWith('login.botframework.com')) return 'keys'
  return name.startsWith('login.microsoftonline.com') ? 'token' : 'connector'
}

function keysAt(path: string): object {
  if (path === '/v1/.well-known/keys') return { keys: [publicJwk()] }
  return { jwks_uri: 'https://login.botframework.com/v1/.well-known/keys' }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}
