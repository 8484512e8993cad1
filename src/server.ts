/** The HTTP side: messages from the chat service, calls from telephone systems, health and metrics. */
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import restify from 'restify'
import { type AdminRequest } from './admin/admin.ts'
import { readJsonBody, readText } from './json-body.ts'
import { graphCallsPath, type GraphDoor, graphPosted, ringbackPath, ringbackReply } from './graph-door.ts'
import { errorFields, type Log } from './log.ts'

/** A body that comes piece by piece is text of one JSON object a line; bytes are a sound. */
export type Reply = { readonly status: number; readonly body?: object | string | AsyncIterable<string> }

export type ServerParts = {
  readonly host: string
  readonly port: number
  /** Whether requests to /api/messages must carry a token before their body is read. */
  readonly isAuthenticated: boolean
  readonly messages: (authorization: string, body: unknown) => Promise<Reply>
  /** Absent: no telephone system is connected. */
  readonly calls?: (signature: string | undefined, raw: Buffer, body: unknown) => Promise<Reply>
  /** Absent: no calls come from Microsoft Graph. */
  readonly graph?: GraphDoor
  /** Absent: nobody administers this bot over HTTP. */
  readonly admin?: (request: AdminRequest) => Promise<Reply>
  /** Codes of what keeps the bot from keeping its promises; empty when it is ready. */
  readonly troubles: () => readonly string[]
  readonly metrics: () => Promise<string>
  readonly log: Log
}

export type RunningServer = { readonly port: number; readonly close: () => Promise<void> }

/** Requests under way get this long to end when the server closes, in milliseconds. */
const closeWithinMs = 5000
const mostConnections = 2000
const contentType = 'application/json'

type Handler = (request: IncomingMessage) => Promise<Reply>
type Next = (stop?: false) => void

/** Starts listening; rejects when it cannot. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const server = restify.createServer({ name: 'call-pickup', handleUncaughtExceptions: false })
  const { log, host, port } = parts
  addGuards(server, parts.isAuthenticated)
  addRoutes(server, parts)
  limit(server.server)
  await listening(server, host, port)
  server.on('error', (error: unknown) => {
    log.error('serverFailed', errorFields(error))
  })
  return { port: portOf(server.server.address()), close: () => closed(server.server) }
}

/** Where restify would end the process or keep a connection for ever over what anybody may send. */
function addGuards(server: restify.Server, isAuthenticated: boolean): void {
  // It parses target and Host as one URL, and nobody catches what that throws.
  server.pre((request: IncomingMessage, response: ServerResponse, next: Next) => {
    const refusal = unfit(request, isAuthenticated)
    if (refusal) void write(response, refusal)
    next(refusal ? false : undefined)
  })
  // It takes sockets that ask for another protocol out of Node's hands, and then forgets them.
  server.server.removeAllListeners('upgrade')
  server.on(
    'restifyError',
    (_request: unknown, response: restify.Response, error: unknown, done: () => void) => {
      sendUnrouted(response, error)
      done()
    },
  )
}

/** Without authentication only this machine is answered, under its own name: a web page elsewhere can borrow no other. */
const ownNames = ['localhost', '127.0.0.1', '[::1]']

function unfit({ url = '', headers }: IncomingMessage, isAuthenticated: boolean): Reply | null {
  const whole = `http://${headers.host || 'localhost'}${url}`
  if (!url.startsWith('/') || !URL.canParse(whole)) return badRequest
  const isOurs = isAuthenticated || ownNames.includes(new URL(whole).hostname)
  return isOurs ? null : failure(403, 'forbidden', 'In local mode this bot answers this machine only.')
}

function addRoutes(server: restify.Server, parts: ServerParts): void {
  const route = (handler: Handler) => (request: IncomingMessage, response: ServerResponse, next: Next) => {
    void answer(handler, request, response, parts.log).finally(() => {
      next(false)
    })
  }
  const alive = () => Promise.resolve({ status: 200, body: { alive: true } })
  const metrics = async () => ({ status: 200, body: await parts.metrics() })
  server.post(
    '/api/messages',
    route((request) => messages(parts, request)),
  )
  server.post(
    '/api/calls',
    route((request) => calls(parts, request)),
  )
  server.post(
    graphCallsPath,
    route((request) => graphPosted(parts.graph, request)),
  )
  const sound = route((request) => Promise.resolve(ringbackReply(parts.graph, request)))
  server.get(`${ringbackPath}/:name`, sound)
  server.head(`${ringbackPath}/:name`, sound)
  server.get('/health', route(alive))
  server.get(
    '/ready',
    route(() => Promise.resolve(ready(parts))),
  )
  server.get('/metrics', route(metrics))
  const administer = route((request) => administration(parts, request))
  for (const method of ['get', 'post', 'put', 'patch', 'del'] as const)
    server[method]('/api/admin/*', administer)
}

type NodeServer = restify.Server['server']

function limit(server: NodeServer): void {
  server.requestTimeout = 12_000
  server.headersTimeout = 8_000
  // Node looks at these two every 30 seconds only, and restify cannot pass on the option that says otherwise.
  Object.assign(server, { connectionsCheckingInterval: 2_000 })
  server.keepAliveTimeout = 65_000
  server.maxConnections = mostConnections
}

/** restify passes on its server's errors, and without somebody who listens here they would end the process. */
function listening(server: restify.Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function closed(server: NodeServer): Promise<void> {
  // Whoever is being answered now need not be kept on the line afterwards.
  server.keepAliveTimeout = 1
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.closeAllConnections()
    }, closeWithinMs)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })
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
    log.error('requestFailed', errorFields(error))
    await write(response, failure(500, 'internal', 'That did not work. Please try again.'))
  }
}

async function messages(parts: ServerParts, request: IncomingMessage): Promise<Reply> {
  const authorization = request.headers.authorization ?? ''
  if (parts.isAuthenticated && !authorization.toLowerCase().startsWith('bearer ')) {
    return failure(401, 'unauthorized', 'This request is not authorized.')
  }
  const body = await readJsonBody(request)
  if (body.is === 'refused') return failure(body.status, body.code, body.message)
  return parts.messages(authorization, body.value)
}

async function calls(parts: ServerParts, request: IncomingMessage): Promise<Reply> {
  if (!parts.calls) return failure(404, 'notFound', 'No telephone system is connected to this bot.')
  const body = await readJsonBody(request)
  if (body.is === 'refused') return failure(body.status, body.code, body.message)
  const signature = request.headers['x-signature']
  return parts.calls(typeof signature === 'string' ? signature : undefined, body.raw, body.value)
}

const adminPath = '/api/admin'

async function administration({ admin }: ServerParts, request: IncomingMessage): Promise<Reply> {
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

function ready({ troubles }: ServerParts): Reply {
  const codes = troubles()
  return codes.length === 0
    ? { status: 200, body: { ready: true } }
    : { status: 503, body: { ready: false, troubles: codes } }
}

function failure(status: number, code: string, message: string): { status: number; body: object } {
  return { status, body: { error: { code, message } } }
}

/** restify sends its own error unless restify itself has sent something, and a second answer would end the process. */
function sendUnrouted(response: restify.Response, error: unknown): void {
  const { status, body } = unrouted(error)
  if (!response.headersSent) response.sendRaw(status, JSON.stringify(body), { 'Content-Type': contentType })
}

function unrouted(error: unknown): Reply {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500
  if (status === 404) return failure(404, 'notFound', 'There is nothing here.')
  if (status === 405) return failure(405, 'methodNotAllowed', 'Not with this method.')
  return badRequest
}

const badRequest = failure(400, 'badRequest', 'This request cannot be understood.')

/** Writes an answer; after a refusal the connection ends, since its body may still be on the way. */
async function write(response: ServerResponse, { status, body }: Reply): Promise<void> {
  if (response.headersSent || response.writableEnded) {
    // Half of a long answer is out: a broken connection says that the rest does not come.
    response.destroy()
    return
  }
  response.statusCode = status
  if ([401, 408, 413, 415].includes(status)) response.setHeader('Connection', 'close')
  if (isLines(body)) {
    response.setHeader('Content-Type', 'application/x-ndjson')
    await pipeline(body, response)
    return
  }
  if (body !== undefined) response.setHeader('Content-Type', typeOf(body))
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
}

function typeOf(body: object | string): string {
  if (Buffer.isBuffer(body)) return 'audio/wav'
  return typeof body === 'string' ? 'text/plain; version=0.0.4' : contentType
}

function isLines(body: Reply['body']): body is AsyncIterable<string> {
  return typeof body === 'object' && Symbol.asyncIterator in body
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
