/** The HTTP side: messages from the chat service, calls from telephone systems, health and metrics. */
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import restify from 'restify'
import { readJsonBody } from './json-body.ts'
import { errorFields, type Log } from './log.ts'

export type Reply = { readonly status: number; readonly body?: object | string }

export type ServerParts = {
  readonly host: string
  readonly port: number
  /** Whether requests to /api/messages must carry a token before their body is read. */
  readonly isAuthenticated: boolean
  readonly messages: (authorization: string, body: unknown) => Promise<Reply>
  /** Absent: no telephone system is connected. */
  readonly calls?: (signature: string | undefined, raw: Buffer, body: unknown) => Promise<Reply>
  /** Codes of what keeps the bot from keeping its promises; empty when it is ready. */
  readonly troubles: () => readonly string[]
  readonly metrics: () => Promise<string>
  readonly log: Log
}

export type RunningServer = { readonly port: number; readonly close: () => Promise<void> }

/** Requests under way get this long to end when the server closes, in milliseconds. */
const closeWithinMs = 5000
const mostConnections = 2000

type Handler = (request: IncomingMessage) => Promise<Reply>

export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const server = restify.createServer({ name: 'call-pickup', handleUncaughtExceptions: false })
  const { log, host, port } = parts
  const route =
    (handler: Handler) =>
    (request: IncomingMessage, response: ServerResponse, next: (stop: false) => void) => {
      void answer(handler, request, response, log).finally(() => {
        next(false)
      })
    }
  server.post(
    '/api/messages',
    route((request) => messages(parts, request)),
  )
  server.post(
    '/api/calls',
    route((request) => calls(parts, request)),
  )
  server.get(
    '/health',
    route(() => Promise.resolve({ status: 200, body: { alive: true } })),
  )
  server.get(
    '/ready',
    route(() => Promise.resolve(ready(parts))),
  )
  server.get(
    '/metrics',
    route(async () => ({ status: 200, body: await parts.metrics() })),
  )
  server.on('NotFound', (_request: unknown, response: ServerResponse, _error: unknown, done: () => void) => {
    write(response, failure(404, 'notFound', 'There is nothing here.'))
    done()
  })
  server.on(
    'MethodNotAllowed',
    (_request: unknown, response: ServerResponse, _error: unknown, done: () => void) => {
      write(response, failure(405, 'methodNotAllowed', 'Not with this method.'))
      done()
    },
  )
  limit(server.server)
  await listening(server.server, host, port)
  return { port: portOf(server.server.address()), close: () => closed(server.server) }
}

type NodeServer = restify.Server['server']

function limit(server: NodeServer): void {
  server.requestTimeout = 12_000
  server.headersTimeout = 8_000
  server.keepAliveTimeout = 65_000
  server.maxConnections = mostConnections
}

function listening(server: NodeServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function closed(server: NodeServer): Promise<void> {
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
    write(response, await handler(request))
  } catch (error) {
    log.error('requestFailed', errorFields(error))
    write(response, failure(500, 'internal', 'That did not work. Please try again.'))
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

function ready({ troubles }: ServerParts): Reply {
  const codes = troubles()
  return codes.length === 0
    ? { status: 200, body: { ready: true } }
    : { status: 503, body: { ready: false, troubles: codes } }
}

function failure(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } }
}

/** Writes an answer; after a refusal the connection ends, since its body may still be on the way. */
function write(response: ServerResponse, { status, body }: Reply): void {
  if (response.headersSent || response.writableEnded) return
  const isText = typeof body === 'string'
  const text = body === undefined ? '' : isText ? body : JSON.stringify(body)
  if (text !== '')
    response.setHeader('Content-Type', isText ? 'text/plain; version=0.0.4' : 'application/json')
  if ([401, 408, 413, 415].includes(status)) response.setHeader('Connection', 'close')
  response.statusCode = status
  response.end(text)
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
