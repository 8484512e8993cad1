/** One request to the chat service: kept-alive sockets, a deadline, no redirects, and an honest word on what is unknown. */
import http from 'node:http'
import https from 'node:https'

export type WireRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly token: string | null
  readonly body?: object
}

export type WireResult =
  | {
      readonly is: 'answered'
      readonly status: number
      readonly body: unknown
      readonly retryAfterMs?: number
    }
  /** Certainly not received: nobody listens there. */
  | { readonly is: 'notSent' }
  /** May have been received: the answer did not come in time, or broke off. */
  | { readonly is: 'lost' }

/** How long one try may take, in milliseconds. */
const deadlineMs = 4000
/** Answers are small; a longer one is cut off. */
const mostBytes = 256 * 1024
const sockets = { keepAlive: true, maxSockets: 16 }
const agents = { plain: new http.Agent(sockets), tls: new https.Agent(sockets) }
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** Sends it once. Never throws. */
export async function send({ method, url, token, body }: WireRequest): Promise<WireResult> {
  const payload = body === undefined ? null : Buffer.from(JSON.stringify(body))
  const isTls = url.startsWith('https:')
  const options = {
    method,
    agent: isTls ? agents.tls : agents.plain,
    signal: AbortSignal.timeout(deadlineMs),
    headers: {
      Accept: 'application/json',
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(payload ? { 'Content-Type': 'application/json', 'Content-Length': payload.length } : {}),
    },
  }
  return new Promise((resolve) => {
    const request = (isTls ? https : http).request(url, options, (response) => {
      resolve(answerOf(response))
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ is: neverSent.has(error.code ?? '') ? 'notSent' : 'lost' })
    })
    request.end(payload)
  })
}

/** Closes the sockets that are kept for later. */
export function closeSockets(): void {
  agents.plain.destroy()
  agents.tls.destroy()
}

async function answerOf(response: http.IncomingMessage): Promise<WireResult> {
  const status = response.statusCode ?? 0
  const retryAfterMs = waitIn(response.headers['retry-after'])
  const wait = retryAfterMs === null ? {} : { retryAfterMs }
  try {
    return { is: 'answered', status, body: readJson(await textOf(response)), ...wait }
  } catch {
    return status >= 200 && status < 300 ? { is: 'lost' } : { is: 'answered', status, body: null, ...wait }
  }
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) break
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Retry-After in seconds or as a date; null when there is none. */
function waitIn(header: string | undefined): number | null {
  if (header === undefined) return null
  const seconds = Number(header)
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : 1000
}
