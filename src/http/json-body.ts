/**
 * Reads JSON bodies. restify's own reader lets one request with a bad gzip body end the process, and sets no limit
 * (restify issues 1785 and 1975); this one takes plain JSON of a sane size that arrives in time, and nothing else.
 */
import { type IncomingMessage } from 'node:http'
import { decodeLong } from '../admin/encoding.ts'

export type JsonBody = { readonly is: 'json'; readonly raw: Buffer; readonly value: unknown } | Refused

export type TextBody = { readonly is: 'text'; readonly text: string } | Refused

type Refused = {
  readonly is: 'refused'
  readonly status: 400 | 408 | 413 | 415
  readonly code: string
  readonly message: string
}

/** How long a body may be, and how long it may take: whatever takes longer is not waited for, however busily it drips. */
type Limits = { readonly mostBytes: number; readonly withinMs: number }

/** Nothing that chats and telephone systems send to this bot is longer. */
const mostBytes = 256 * 1024
const usualMs = 8000
/** The settings of ten thousand people are about 20 MB; only those with the admin key send as much. */
const longText: Limits = { mostBytes: 64 * 1024 * 1024, withinMs: 120_000 }

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads a request's body to its end, or says why it does not; eight seconds are enough unless said. */
export async function readJsonBody(request: IncomingMessage, withinMs = usualMs): Promise<JsonBody> {
  const limits = { mostBytes, withinMs }
  const raw = await readPlain(request, ['application/json'], limits)
  if (!Buffer.isBuffer(raw)) return raw
  try {
    const text = utf8.decode(raw)
    return { is: 'json', raw, value: JSON.parse(text) }
  } catch {
    return refused(400, 'badJson', 'The body is not JSON in UTF-8.')
  }
}

/** Reads a long body of text, in whatever encoding a file of it may have: JSON lines, a JSON list, as it comes. */
export async function readText(request: IncomingMessage, limits = longText): Promise<TextBody> {
  const raw = await readPlain(request, ['text/plain', 'application/json', 'application/x-ndjson'], limits)
  if (!Buffer.isBuffer(raw)) return raw
  const read = await decodeLong(raw)
  return 'wrong' in read ? refused(400, 'badText', read.wrong) : { is: 'text', text: read.text }
}

async function readPlain(
  request: IncomingMessage,
  types: readonly string[],
  limits: Limits,
): Promise<Buffer | Refused> {
  return refusedByHeaders(request, types, limits) ?? readBytes(request, limits)
}

function refusedByHeaders(
  { headers }: IncomingMessage,
  types: readonly string[],
  limits: Limits,
): Refused | null {
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  if (!types.includes(type.trim().toLowerCase())) {
    return refused(415, 'notJson', `Send the body as ${types.join(' or ')}.`)
  }
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    return refused(415, 'compressed', 'Send the body without compression.')
  }
  return Number(headers['content-length'] ?? 0) > limits.mostBytes ? tooBig(limits) : null
}

function tooBig({ mostBytes: most }: Limits): Refused {
  return refused(413, 'tooBig', `A body has at most ${most} bytes.`)
}

function readBytes(request: IncomingMessage, limits: Limits): Promise<Buffer | Refused> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const end = (result: Buffer | Refused) => {
      clearTimeout(timer)
      request.off('data', take)
      if (!Buffer.isBuffer(result)) request.resume()
      resolve(result)
    }
    const take = (chunk: Buffer) => {
      size += chunk.length
      if (size > limits.mostBytes) end(tooBig(limits))
      else chunks.push(chunk)
    }
    const timer = setTimeout(() => {
      end(refused(408, 'tooSlow', 'The body did not arrive in time.'))
    }, limits.withinMs)
    request.on('data', take)
    request.on('end', () => {
      end(Buffer.concat(chunks))
    })
    request.on('error', () => {
      end(refused(400, 'broken', 'The body broke off.'))
    })
  })
}

function refused(status: Refused['status'], code: string, message: string): Refused {
  return { is: 'refused', status, code, message }
}
