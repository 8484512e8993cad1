/** Answers to HTTP requests: what they are, and how they are written. */
import { type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** A body that comes piece by piece is text of one JSON object a line; bytes are a sound. */
export type Reply = { readonly status: number; readonly body?: object | string | AsyncIterable<string> }

/** A refusal, as whoever wrote the request reads it. */
export function failure(status: number, code: string, message: string): { status: number; body: object } {
  return { status, body: { error: { code, message } } }
}

export const badRequest = failure(400, 'badRequest', 'This request cannot be understood.')

export const contentType = 'application/json'

/** Writes an answer; after a refusal the connection ends, since its body may still be on the way. */
export async function write(response: ServerResponse, { status, body }: Reply): Promise<void> {
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
