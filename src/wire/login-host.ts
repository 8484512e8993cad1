/**
 * How the token library reaches the host that gives tokens. Its own client waits for a silent host without limit; this one
 * gives up, and takes no answer that no token has.
 */
import { type INetworkModule } from '@azure/msal-node'
import http from 'node:http'
import https from 'node:https'

export type LoginHost = INetworkModule

type Asked = { readonly headers?: Record<string, string>; readonly body?: string }
type Answered = { readonly status: number; readonly headers: Record<string, string>; readonly text: string }

/** A token is about two thousand characters, the host's documents a few thousand. */
const mostBytes = 64 * 1024

/** Requests to the host take no longer than this. `origin`, for tests, is asked instead of the host in the address. */
export function loginHost(withinMs: number, origin?: string): LoginHost {
  const ask = async <T>(method: string, address: string, { headers = {}, body = '' }: Asked = {}) => {
    const { pathname, search } = new URL(address)
    const url = origin === undefined ? address : `${origin}${pathname}${search}`
    const isTls = url.startsWith('https:')
    const sized = method === 'POST' ? { ...headers, 'Content-Length': `${Buffer.byteLength(body)}` } : headers
    const options = {
      method,
      headers: sized,
      signal: AbortSignal.timeout(withinMs),
    }
    const { text, ...answered } = await new Promise<Answered>((resolve, reject) => {
      const request = (isTls ? https : http).request(url, options, (response) => {
        answerOf(response).then(resolve, reject)
      })
      request.on('error', reject)
      request.end(body)
    })
    return { ...answered, body: JSON.parse(text) as T }
  }
  return {
    sendGetRequestAsync: (url, options) => ask('GET', url, options),
    sendPostRequestAsync: (url, options) => ask('POST', url, options),
  }
}

async function answerOf(response: http.IncomingMessage): Promise<Answered> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) throw new Error('the login host says too much')
    chunks.push(chunk)
  }
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
  )
  return { status: response.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString('utf8') }
}
