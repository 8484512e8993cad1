/** One signed POST to a telephone system: kept-alive connections, a deadline, no redirects, the answer's body ignored. */
import http from 'node:http'
import https from 'node:https'

export type PostResult =
  | { readonly is: 'answered'; readonly status: number; readonly retryAfterMs?: number }
  | { readonly is: 'noAnswer' }

const deadlineMs = 4000
const agents = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: 16 }),
  'https:': new https.Agent({ keepAlive: true, maxSockets: 16 }),
}

/** Sends JSON; resolves with the status, or with `noAnswer` after four seconds or any failure of the network. */
export async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<PostResult> {
  const isTls = new URL(url).protocol === 'https:'
  const options = {
    method: 'POST',
    agent: isTls ? agents['https:'] : agents['http:'],
    headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
    signal: AbortSignal.timeout(deadlineMs),
  }
  return new Promise((resolve) => {
    const request = (isTls ? https : http).request(url, options, (response) => {
      response.resume()
      response.on('error', () => undefined)
      const retryAfter = Number(response.headers['retry-after'])
      resolve({
        is: 'answered',
        status: response.statusCode ?? 0,
        ...(retryAfter > 0 ? { retryAfterMs: Math.min(retryAfter, 60) * 1000 } : {}),
      })
    })
    request.on('error', () => {
      resolve({ is: 'noAnswer' })
    })
    request.end(body)
  })
}
