/**
 * Reads JSON bodies. restify's own reader lets one request with a bad gzip body end the process, and sets no limit
 * (restify issues 1785 and 1975); this one takes plain JSON of a sane size that arrives in time, and nothing else.
 */
import { type IncomingMessage } from 'node:http'

export type JsonBody =
  | { readonly is: 'json'; readonly raw: Buffer; readonly value: unknown }
  | {
      readonly is: 'refused'
      readonly status: 400 | 408 | 413 | 415
      readonly code: string
      readonly message: string
    }

/** Nothing that is sent to this bot is longer. */
const mostBytes = 256 * 1024
/** A body that takes longer to arrive is not waited for, however busily it drips. */
const usualMs = 8000

type Refused = Extract<JsonBody, { is: 'refused' }>

/** Reads a request's body to its end, or says why it does not; eight seconds are enough unless said. */
export async function readJsonBody(request: IncomingMessage, withinMs = usualMs): Promise<JsonBody> {
  const no = refusedByHeaders(request)
  if (no) return no
  const raw = await readBytes(request, withinMs)
  if (!Buffer.isBuffer(raw)) return raw
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(raw)
    return { is: 'json', raw, value: JSON.parse(text) }
  } catch {
    return refused(400, 'badJson', 'The body is not JSON in UTF-8.')
  }
}

function refusedByHeaders({ headers }: IncomingMessage): Refused | null {
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  if (type.trim().toLowerCase() !== 'application/json') {
    return refused(415, 'notJson', 'Send the body as application/json.')
  }
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    return refused(415, 'compressed', 'Send the body without compression.')
  }
  return Number(headers['content-length'] ?? 0) > mostBytes ? tooBig : null
}

const tooBig = refused(413, 'tooBig', `A body has at most ${mostBytes} bytes.`)

function readBytes(request: IncomingMessage, withinMs: number): Promise<Buffer | Refused> {
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
      if (size > mostBytes) end(tooBig)
      else chunks.push(chunk)
    }
    const timer = setTimeout(() => {
      end(refused(408, 'tooSlow', 'The body did not arrive in time.'))
    }, withinMs)
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
