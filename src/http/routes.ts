/** What is answered where: messages, calls, health, readiness, metrics, administration. */
import { type IncomingMessage, type ServerResponse } from 'node:http'
import type restify from 'restify'
import { type AdminRequest } from '../admin/admin.ts'
import { errorFields, type Log } from '../log.ts'
import { graphCallsPath, type GraphDoor, graphPosted, ringbackPath, ringbackReply } from './graph-door.ts'
import { readJsonBody, readText } from './json-body.ts'
import { type PlaygroundDoor } from './playground-door.ts'
import { failure, type Reply, write } from './reply.ts'
import { type Door, type TurnedAway } from './turned-away.ts'

/** What answers each route. */
export type RouteParts = {
  /** Whether requests to /api/messages must carry a token before their body is read. */
  readonly isAuthenticated: boolean
  readonly messages: (authorization: string, body: unknown) => Promise<Reply>
  /** Absent: no telephone system is connected. */
  readonly calls?: (signature: string | undefined, raw: Buffer, body: unknown) => Promise<Reply>
  /** Absent: no calls come from Microsoft Graph. */
  readonly graph?: GraphDoor
  /** Absent: nobody administers this bot over HTTP. */
  readonly admin?: (request: AdminRequest) => Promise<Reply>
  /** Absent: nobody plays with this bot in a browser. */
  readonly playground?: PlaygroundDoor
  /** Codes of what keeps the bot from keeping its promises; empty when it is ready. */
  readonly troubles: () => readonly string[]
  /** Whether the process can still become well by itself; unless given it can. */
  readonly isAlive?: () => boolean
  readonly metrics: () => Promise<string>
  readonly log: Log
  /** What strangers are answered, and when; at once unless said. */
  readonly turnedAway?: Pick<TurnedAway, 'answer'>
}

type Handler = (request: IncomingMessage) => Promise<Reply>
export type Next = (stop?: false) => void

/** Adds every route there is. */
export function addRoutes(server: restify.Server, parts: RouteParts): void {
  const route = (handler: Handler) => (request: IncomingMessage, response: ServerResponse, next: Next) => {
    void answer(handler, request, response, parts.log).finally(() => {
      next(false)
    })
  }
  const guarded = (door: Door, handler: Handler) =>
    route(async (request) => {
      const reply = await handler(request)
      const isStranger = reply.status === 401 || reply.status === 403
      const { remoteAddress = '' } = request.socket
      return isStranger ? (parts.turnedAway?.answer(door, remoteAddress, reply) ?? reply) : reply
    })
  const metrics = async () => ({ status: 200, body: await parts.metrics() })
  server.post(
    '/api/messages',
    guarded('messages', (request) => messages(parts, request)),
  )
  server.post(
    '/api/calls',
    guarded('calls', (request) => calls(parts, request)),
  )
  server.post(
    graphCallsPath,
    guarded('graph', (request) => graphPosted(parts.graph, request)),
  )
  const sound = route((request) => Promise.resolve(ringbackReply(parts.graph, request)))
  server.get(`${ringbackPath}/:name`, sound)
  server.head(`${ringbackPath}/:name`, sound)
  server.get(
    '/health',
    route(() => Promise.resolve(health(parts))),
  )
  server.get(
    '/ready',
    route(() => Promise.resolve(ready(parts))),
  )
  server.get('/metrics', route(metrics))
  const administer = guarded('admin', (request) => administration(parts, request))
  for (const method of ['get', 'post', 'put', 'patch', 'del'] as const)
    server[method]('/api/admin/*', administer)
  if (parts.playground) addPlayground(server, parts.playground, parts.log)
}

/** The page and everything it asks for; it writes its answers itself, since some of them never end. */
function addPlayground(server: restify.Server, playground: PlaygroundDoor, log: Log): void {
  const play = (request: IncomingMessage, response: ServerResponse, next: Next) => {
    void playground
      .answer(request, response)
      .catch((error: unknown) => failed(response, error, log))
      .finally(() => {
        next(false)
      })
  }
  for (const method of ['get', 'head', 'post', 'put', 'del'] as const)
    for (const path of ['/', '/playground/*']) server[method](path, play)
}

async function answer(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  log: Log,
): Promise<void> {
  try {
    await write(response, await handler(request))
  } catch (error) {
    await failed(response, error, log)
  }
}

async function failed(response: ServerResponse, error: unknown, log: Log): Promise<void> {
  log.error('requestFailed', errorFields(error))
  await write(response, failure(500, 'internal', 'That did not work. Please try again.'))
}

async function messages(parts: RouteParts, request: IncomingMessage): Promise<Reply> {
  const authorization = request.headers.authorization ?? ''
  if (parts.isAuthenticated && !authorization.toLowerCase().startsWith('bearer ')) {
    return failure(401, 'unauthorized', 'This request is not authorized.')
  }
  const body = await readJsonBody(request)
  if (body.is === 'refused') return failure(body.status, body.code, body.message)
  return parts.messages(authorization, body.value)
}

async function calls(parts: RouteParts, request: IncomingMessage): Promise<Reply> {
  if (!parts.calls) return failure(404, 'notFound', 'No telephone system is connected to this bot.')
  const body = await readJsonBody(request)
  if (body.is === 'refused') return failure(body.status, body.code, body.message)
  const signature = request.headers['x-signature']
  return parts.calls(typeof signature === 'string' ? signature : undefined, body.raw, body.value)
}

const adminPath = '/api/admin'

async function administration({ admin }: RouteParts, request: IncomingMessage): Promise<Reply> {
  if (!admin) return failure(404, 'notFound', 'Administration is off: ADMIN_API_KEY is not set.')
  const url = new URL(`http://localhost${request.url ?? ''}`)
  return admin({
    method: request.method ?? '',
    path: url.pathname.slice(adminPath.length),
    query: url.searchParams,
    authorization: request.headers.authorization ?? '',
    json: async () => {
      if (hasNoBody(request)) return { value: null }
      const body = await readJsonBody(request)
      return body.is === 'json' ? body : failure(body.status, body.code, body.message)
    },
    text: async () => {
      const body = await readText(request)
      return body.is === 'text' ? body : failure(body.status, body.code, body.message)
    },
  })
}

function hasNoBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
}

function health({ isAlive }: RouteParts): Reply {
  const alive = isAlive?.() ?? true
  return { status: alive ? 200 : 503, body: { alive } }
}

function ready({ troubles }: RouteParts): Reply {
  const codes = troubles()
  return codes.length === 0
    ? { status: 200, body: { ready: true } }
    : { status: 503, body: { ready: false, troubles: codes } }
}
