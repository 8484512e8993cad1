/** Requests in a closed loop: so many at once, each followed by the next. */
import http from 'node:http'

export type Request = {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Load = {
  readonly port: number
  readonly count: number
  readonly atOnce: number
  readonly request: (index: number) => Request
  /** Whether this is the answer that was to be measured. */
  readonly isRight?: (text: string) => boolean
}

/** Sends them all; how long each took, in milliseconds. Throws when one is answered wrongly. */
export async function sendAll({ port, count, atOnce, request, isRight }: Load): Promise<readonly number[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce })
  const took: number[] = []
  let next = 0
  const loop = async () => {
    while (next < count) {
      const index = next
      next += 1
      const began = performance.now()
      const answer = await sendOne(agent, port, request(index))
      took.push(performance.now() - began)
      if (isRight?.(answer) === false) throw new Error(`answered wrongly: ${answer.slice(0, 200)}`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, loop))
  agent.destroy()
  return took
}

function sendOne(agent: http.Agent, port: number, { path, headers, body }: Request): Promise<string> {
  return new Promise((resolve, reject) => {
    const length = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    const options = {
      agent,
      port,
      host: '127.0.0.1',
      path,
      method: 'POST',
      headers: { ...length, ...headers },
    }
    const request = http.request(options, (response) => {
      const { statusCode = 0 } = response
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => {
        if (statusCode < 300) resolve(text)
        else reject(new Error(`${path} was answered with ${statusCode}`))
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}
