/** One request to another service: kept-alive sockets, a deadline, no redirects, and an honest word on what is unknown. */
import http from 'node:http'
import https from 'node:https'
import { type Reach } from './reach.ts'
import { sockets } from './sockets.ts'

export type WireRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly token: string | null
  /** Sent as JSON; a text is JSON already. */
  readonly body?: object | string
  readonly headers?: Readonly<Record<string, string>>
  /** How long it may take, in milliseconds; four seconds unless said. */
  readonly withinMs?: number
  /** Where it may go, if somebody else gave the address; anywhere unless said. */
  readonly reach?: Reach
}

export type WireResult =
  | {
      readonly is: 'answered'
      readonly status: number
      readonly body: unknown
      readonly retryAfterMs?: number
    }
  /** Certainly not received: no connection came about. Barred: it was to go where it may not. */
  | { readonly is: 'notSent'; readonly isBarred?: true }
  /** May have been received: the answer did not come in time, or broke off. */
  | { readonly is: 'lost' }

const usualMs = 4000
/** Answers are small; a longer one is cut off. */
const mostBytes = 256 * 1024
const agents = { plain: new http.Agent(sockets), tls: new https.Agent(sockets) }

/** Sends it once. Never throws, never follows a redirect. */
export async function send({
  method,
  url,
  token,
  body,
  headers = {},
  withinMs = usualMs,
  reach,
}: WireRequest): Promise<WireResult> {
  const text = typeof body === 'object' ? JSON.stringify(body) : body
  const to = new URL(url)
  if (reach?.bars(to)) return { is: 'notSent', isBarred: true }
  const isTls = to.protocol === 'https:'
  const { tls, plain } = reach?.agents ?? agents
  const options = {
    method,
    agent: isTls ? tls : plain,
    headers: {
      ...headers,
      Accept: 'application/json',
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(text === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
    },
  }
  return new Promise((resolve) => {
    let isConnected = false
    const barred = () => {
      resolve({ is: 'notSent', isBarred: true })
    }
    const bound = reach ? { ...options, lookup: reach.lookup(to, barred) } : options
    const request = (isTls ? https : http).request(to, bound, (response) => {
      resolve(answerOf(response))
    })
    const deadline = setTimeout(() => request.destroy(), withinMs)
    request.on('close', () => {
      clearTimeout(deadline)
      // After an answer this says nothing new.
      resolve({ is: isConnected ? 'lost' : 'notSent' })
    })
    request.on('socket', (socket) => {
      if (!socket.connecting) isConnected = true
      else socket.once(isTls ? 'secureConnect' : 'connect', () => (isConnected = true))
    })
    request.on('error', () => undefined)
    // As a text it leaves in one piece with the headers.
    request.end(text)
  })
}

async function answerOf(response: http.IncomingMessage): Promise<WireResult> {
  const status = response.statusCode ?? 0
  const retryAfterMs = waitIn(response.headers)
  const wait = retryAfterMs === null ? {} : { retryAfterMs }
  const text = await textOf(response)
  if (text !== null) return { is: 'answered', status, body: readJson(text), ...wait }
  // The answer broke off: what the status says of a failure still holds, the id of a success is lost.
  return status >= 200 && status < 300 ? { is: 'lost' } : { is: 'answered', status, body: null, ...wait }
}

/** The whole of it, or as much as is allowed; null when it broke off. */
function textOf(response: http.IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const end = () => {
      resolve(Buffer.concat(chunks).toString('utf8'))
    }
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= mostBytes) chunks.push(chunk)
      else {
        end()
        response.destroy()
      }
    })
    response.on('end', end)
    response.on('error', () => undefined)
    response.on('close', () => {
      resolve(null)
    })
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Retry-After in seconds or as a date, by the service's own clock; null when there is none that can be read. */
function waitIn({ 'retry-after': after, date }: http.IncomingHttpHeaders): number | null {
  if (after === undefined) return null
  const seconds = Number(after)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(after) - Date.parse(date ?? '')
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}
