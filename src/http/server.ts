/** The HTTP server: how it listens and closes, and what it does not let in; routes.ts has what it answers. */
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import restify from 'restify'
import { errorFields } from '../log.ts'
import { type ConnectionLimits, Connections } from './connections.ts'
import { ownAddress } from './own-address.ts'
import { badRequest, contentType, failure, type Reply, write } from './reply.ts'
import { isPlainTarget } from './request-target.ts'
import { addRoutes, type Next, type RouteParts } from './routes.ts'

export type ServerParts = RouteParts & {
  readonly host: string
  readonly port: number
  /** Others than usual, for tests. */
  readonly limits?: Partial<ConnectionLimits>
}

export type RunningServer = { readonly port: number; readonly close: () => Promise<void> }

/** Requests under way get this long to end when the server closes, in milliseconds. */
const closeWithinMs = 5000

/** Starts listening; rejects when it cannot. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const server = restify.createServer({ name: 'call-pickup', handleUncaughtExceptions: false })
  const { log, host, port } = parts
  new Connections(server.server, parts.limits)
  addGuards(server, parts.isAuthenticated)
  addRoutes(server, parts)
  // Nobody is authenticated: whatever the settings say, nobody else may reach it.
  await listening(server, parts.isAuthenticated ? host : await ownAddress(host), port)
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
  if (!isPlainTarget(url) || !URL.canParse(whole)) return badRequest
  const isOurs = isAuthenticated || ownNames.includes(new URL(whole).hostname)
  return isOurs ? null : failure(403, 'forbidden', 'In local mode this bot answers this machine only.')
}

type NodeServer = restify.Server['server']

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

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
