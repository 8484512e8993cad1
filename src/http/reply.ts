/** Answers to HTTP requests: what they are, and how they are written. */
import { type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { isLong, jsonPieces } from './json-pieces.ts'

/** A body that comes piece by piece is text of one JSON object a line, unless it is a file; bytes are a sound. */
export type Reply = {
  readonly status: number
  readonly body?: object | string | AsyncIterable<string>
  /** What the body is, and what the file is called that it is meant to be kept in. */
  readonly file?: { readonly type: string; readonly name: string }
}

/** A refusal, as whoever wrote the request reads it. */
export function failure(status: number, code: string, message: string): { status: number; body: object } {
  return { status, body: { error: { code, message } } }
}

export const badRequest = failure(400, 'badRequest', 'This request cannot be understood.')

export const contentType = 'application/json'

/** Writes an answer; after a refusal the connection ends, since its body may still be on the way. */
export async function write(response: ServerResponse, reply: Reply): Promise<void> {
  const { status, body, file } = reply
  if (response.headersSent || response.writableEnded) {
    // Half of a long answer is out: a broken connection says that the rest does not come.
    response.destroy()
    return
  }
  response.statusCode = status
  if ([401, 408, 413, 415].includes(status)) response.setHeader('Connection', 'close')
  if (file) response.setHeader('Content-Disposition', `attachment; filename="${file.name}"`)
  if (body !== undefined) response.setHeader('Content-Type', file?.type ?? typeOf(body))
  if (isPieces(body)) await pipeline(body, response)
  else if (typeof body !== 'object' || Buffer.isBuffer(body)) response.end(body)
  else if (isLong(body)) await pipeline(jsonPieces(body), response)
  else response.end(JSON.stringify(body))
}

function typeOf(body: object | string): string {
  if (Buffer.isBuffer(body)) return 'audio/wav'
  if (isPieces(body)) return 'application/x-ndjson'
  return typeof body === 'string' ? 'text/plain; version=0.0.4' : contentType
}

function isPieces(body: Reply['body']): body is AsyncIterable<string> {
  return typeof body === 'object' && Symbol.asyncIterator in body
}
