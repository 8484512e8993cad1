/** The pretended call service over real HTTP: Graph for the bot to ask, and signed posts to the bot. */
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { type GraphCalls, graphCalls, type GraphCallsParts } from '../../src/assemble/graph-calls.ts'
import { type Environment } from '../../src/environment/environment.ts'
import { tenant } from '../../src/playground/chat-client.ts'
import { callServiceMetadata } from '../../src/source/graph/token.ts'
import { appId, publicJwk, token } from '../chat/gate/tokens.ts'
import { jsonOf, Loopback } from '../loopback.ts'
import { Dice } from '../simulation/dice.ts'
import { CallService } from './call-service.ts'
import { type Traffic } from './pretend-call.ts'

export const voicemailNumber = '+442079461111'
const graphToken = 'token for Graph'
const keysUrl = 'https://api.aps.skype.com/v1/keys'
/** Nothing takes long here. */
const slowest = 30

type Deliver = (body: string, headers: Readonly<Record<string, string>>) => Promise<number>

export class CallHost {
  readonly service: CallService
  readonly url: string
  readonly origin: string
  /** Everything that went over the wire. */
  readonly traffic: Traffic[] = []
  /** What the bot answered to posts, the newest last. */
  readonly statuses: number[] = []
  /** Where the bot listens. */
  botUrl = ''
  /** GRAPH_DEFAULT_OWNER of the bot that is started next. */
  defaultOwner = ''
  readonly #line: Loopback
  #checksToken = true
  #deliver: Deliver = async (body, headers) =>
    (await fetch(`${this.botUrl}/api/graph/calls`, { method: 'POST', headers, body })).status

  private constructor(line: Loopback) {
    this.#line = line
    this.origin = line.url
    this.url = `${this.origin}/v1.0`
    this.service = new CallService({
      dice: new Dice(1),
      after: (ms, run) => setTimeout(run, ms).unref(),
      trouble: () => 0,
      tenantId: tenant,
      slowest,
      post: (body) => this.post(body),
      witness: (seen) => this.traffic.push(seen),
    })
    line.hears((request, response, body) => {
      this.#answer(request, response, body)
    })
  }

  static async start(): Promise<CallHost> {
    return new CallHost(await Loopback.open())
  }

  async stop(): Promise<void> {
    await this.#line.close()
  }

  /** Posts to the bot as Graph does; with other words in the header when given. */
  async post(body: unknown, authorization = `Bearer ${serviceToken()}`): Promise<number | null> {
    const headers = { 'Content-Type': 'application/json', Authorization: authorization }
    const status = await this.#deliver(JSON.stringify(body), headers).catch(() => null)
    if (status !== null) this.statuses.push(status)
    return status
  }

  /** Reaches the bot in another way, and hands on what comes from a service that has looked at the token itself. */
  reachBy(deliver: Deliver): void {
    this.#deliver = deliver
    this.#checksToken = false
  }

  /** Calls of Graph for a bot that otherwise runs in local mode. */
  readonly calls = (environment: Environment, parts: GraphCallsParts): GraphCalls | null =>
    graphCalls(
      {
        ...environment,
        identity: { appType: 'SingleTenant', appId, appPassword: 'password', tenantId: tenant },
        graphUrl: this.url,
        graphCalls: {
          publicUrl: 'https://pickup.contoso.com',
          defaultOwner: this.defaultOwner,
          voicemailNumber,
          mostCalls: 3,
        },
      },
      { ...parts, token: () => Promise.resolve(graphToken), readKeys: (url) => Promise.resolve(keysAt(url)) },
    )

  #answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const isKnown = !this.#checksToken || request.headers.authorization === `Bearer ${graphToken}`
    const path = new URL(request.url ?? '', 'http://localhost').pathname
    const said = this.service.answer(request.method ?? '', path, jsonOf(body))
    response.writeHead(isKnown ? said.status : 401, { 'Content-Type': 'application/json' })
    response.end(said.body === undefined || !isKnown ? '' : JSON.stringify(said.body))
  }
}

/** A token as the call service makes it. */
export function serviceToken(claims: Readonly<Record<string, unknown>> = {}): string {
  return token(Date.now(), {
    iss: 'https://graph.microsoft.com',
    tid: tenant,
    serviceurl: undefined,
    ...claims,
  })
}

/** What the call service publishes. */
export function keysAt(url: string): object {
  return url === callServiceMetadata
    ? { jwks_uri: keysUrl }
    : { keys: [publicJwk({ endorsements: undefined })] }
}
