/**
 * Microsoft on this machine, over TLS: the hosts that tell the channel's and the call service's keys, the host that gives the
 * bot its tokens, the connector and Graph, which hand on what carries such a token; and the proxy in front of the bot.
 */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import { type AddressInfo } from 'node:net'
import { part, publicJwk } from '../chat/gate/tokens.ts'
import { keysAt as callKeysAt } from '../graph/call-host.ts'
import { type Certificate, publicHost } from './tls-certificate.ts'

export type Host = 'keys' | 'callKeys' | 'token' | 'connector' | 'graph' | 'bot'
/** How a host is: well, answering with errors, or saying nothing. */
export type Health = 'well' | 'down' | 'hanging'

export type Heard = { readonly at: number; readonly to: Host; readonly path: string }

/** What answers behind this, without TLS: a chat service, a call service, the bot itself. */
export type Behind = { readonly connector: string; readonly graph: string; readonly bot: string }

export class TlsService {
  /** Everything that was asked of it. */
  readonly heard: Heard[] = []
  readonly health: Record<Host, Health> = {
    keys: 'well',
    callKeys: 'well',
    token: 'well',
    connector: 'well',
    graph: 'well',
    bot: 'well',
  }
  readonly port: number
  readonly #server: https.Server
  readonly #tenant: string
  readonly #behind: Behind
  readonly #given: string[] = []

  private constructor(server: https.Server, tenant: string, behind: Behind) {
    this.#server = server
    this.#tenant = tenant
    this.#behind = behind
    this.port = (server.address() as AddressInfo).port
  }

  static async start({ cert, key }: Certificate, tenant: string, behind: Behind): Promise<TlsService> {
    const server = https.createServer({ cert, key }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const service = new TlsService(server, tenant, behind)
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
    else if (to === 'keys' || to === 'callKeys') answer(response, 200, keysAt(to, path))
    else if (to === 'token') answer(response, 200, this.#token(path))
    else this.#handOn(to, request, response)
  }

  #token(path: string): object {
    if (path !== `/${this.#tenant}/oauth2/v2.0/token`) return { error: 'invalid_request' }
    const seconds = Math.floor(Date.now() / 1000)
    const claims = { aud: 'https://api.botframework.com', exp: seconds + 3600, jti: this.#given.length }
    const token = `${part({ alg: 'RS256', kid: 'login' })}.${part(claims)}.${part('signature')}`
    this.#given.push(token)
    return { token_type: 'Bearer', expires_in: 3600, access_token: token }
  }

  #handOn(to: 'connector' | 'graph' | 'bot', request: IncomingMessage, response: ServerResponse): void {
    const { method, url = '', headers } = request
    const token = (headers.authorization ?? '').replace('Bearer ', '')
    const isOurs = to === 'bot' || this.#given.includes(token)
    if (!isOurs || (to === 'connector' && !url.startsWith('/teams/v3/'))) {
      answer(response, 401, {})
      return
    }
    const authorization = to === 'connector' ? {} : { Authorization: headers.authorization ?? '' }
    const options = { method, headers: { 'Content-Type': 'application/json', ...authorization } }
    const target = `${this.#behind[to]}${to === 'connector' ? url.slice('/teams'.length) : url}`
    const onward = http.request(target, options, (answered) => {
      response.writeHead(answered.statusCode ?? 500, answered.headers)
      answered.pipe(response)
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  }
}

function hostOf(name: string): Host {
  const [host = ''] = name.split(':')
  return hosts.get(host) ?? 'connector'
}

const hosts: ReadonlyMap<string, Host> = new Map([
  ['login.botframework.com', 'keys'],
  ['api.aps.skype.com', 'callKeys'],
  ['login.microsoftonline.com', 'token'],
  ['graph.microsoft.com', 'graph'],
  [publicHost, 'bot'],
])

function keysAt(to: 'keys' | 'callKeys', path: string): object {
  if (to === 'callKeys') return callKeysAt(`https://api.aps.skype.com${path}`)
  if (path === '/v1/.well-known/keys') return { keys: [publicJwk()] }
  return { jwks_uri: 'https://login.botframework.com/v1/.well-known/keys' }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}
