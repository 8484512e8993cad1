/**
 * A Graph on this machine, over real HTTP: it knows some people and answers as Graph does, or as badly as it is told. What
 * it says of people is held against the official metadata in metadata.heavy.ts.
 */
import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { jsonOf, Loopback } from '../loopback.ts'
import { afterSilence } from '../silence.ts'
import { configuration, presence, type Somebody, someTime } from './people.ts'

export type Asked = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** What goes wrong with a request: no answer, a line that breaks at once or within the answer, or another answer. */
export type Fault =
  | 'hang'
  | 'reset'
  | 'cutOff'
  | {
      readonly status: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
    }

type Answer = {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const mostPresences = 650

/** The object id of the nth person. */
export const personId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export class Office {
  readonly asked: Asked[] = []
  readonly people = new Map<string, Somebody>()
  readonly url: string
  /** The lines on which requests came. */
  readonly lines = new Set<number | undefined>()
  /** How many requests are being answered, and how many there were at most at a time. */
  readonly load = { now: 0, most: 0 }
  readonly #line: Loopback
  #faults: Fault[] = []

  private constructor(line: Loopback) {
    this.#line = line
    this.url = `${line.url}/v1.0`
    line.hears((request, response, body) => {
      this.#receive(request, response, body)
    })
  }

  static async open(): Promise<Office> {
    return new Office(await Loopback.open())
  }

  async close(): Promise<void> {
    await this.#line.close()
  }

  /** What the next requests meet, one after the other; those after them are answered well. */
  faults(...faults: readonly Fault[]): void {
    this.#faults = [...faults]
  }

  /** Who was looked up, in order. */
  get lookedUp(): readonly string[] {
    return this.asked.map(({ path }) => path.split('/').at(-1) ?? '')
  }

  #receive(request: IncomingMessage, response: ServerResponse, bytes: Buffer): void {
    this.lines.add(request.socket.remotePort)
    this.load.now += 1
    this.load.most = Math.max(this.load.most, this.load.now)
    response.on('close', () => (this.load.now -= 1))
    const { method = '', url: path = '', headers } = request
    const asked: Asked = { method, path, headers, body: jsonOf(bytes) }
    this.asked.push(asked)
    this.#meet(asked, response)
  }

  #meet(asked: Asked, response: ServerResponse): void {
    const fault = this.#faults.shift()
    if (fault === 'hang') {
      afterSilence(() => {
        this.#say(undefined, asked, response)
      })
    } else this.#say(fault, asked, response)
  }

  #say(fault: Exclude<Fault, 'hang'> | undefined, asked: Asked, response: ServerResponse): void {
    if (fault === 'reset') {
      response.destroy()
      return
    }
    const {
      status,
      body,
      headers = {},
    } = typeof fault === 'object' ? { body: error('other'), ...fault } : this.answer(asked)
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
    const length = Buffer.byteLength(text) + (fault === 'cutOff' ? 10 : 0)
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': length, ...headers })
    response.write(text, () => {
      if (fault === 'cutOff') response.destroy()
    })
    if (fault !== 'cutOff') response.end()
  }

  /** What Graph says when it is well. */
  answer({ method, path, headers, body }: Pick<Asked, 'method' | 'path' | 'headers' | 'body'>): Answer {
    if (headers.authorization !== 'Bearer token') return refusal(401, 'InvalidAuthenticationToken')
    if (method === 'POST' && path === '/v1.0/communications/getPresencesByUserId')
      return this.#presences(body)
    const [, id] = /^\/v1\.0\/admin\/teams\/userConfigurations\/([^/?]+)$/.exec(path) ?? []
    if (method === 'GET' && id !== undefined)
      return this.#configuration(id, headers['prefer'] === 'include-unknown-enum-members')
    const isAction = method === 'POST' && /^\/v1\.0\/communications\/calls\/[^/]+\/[a-zA-Z]+$/.test(path)
    return isAction ? { status: 202, body: undefined } : refusal(404, 'ResourceNotFound')
  }

  #presences(body: unknown): Answer {
    const ids = (body as { ids?: unknown }).ids
    if (!Array.isArray(ids) || ids.length === 0 || ids.length > mostPresences)
      return refusal(400, 'BadRequest')
    const value = ids.flatMap((id: string) => {
      const somebody = this.people.get(id)
      return somebody ? [presence(id, somebody)] : []
    })
    return { status: 200, body: { '@odata.context': 'metadata#Collection(microsoft.graph.presence)', value } }
  }

  #configuration(id: string, showsAllMembers: boolean): Answer {
    const somebody = this.people.get(id)
    if (!somebody) return refusal(404, 'NotFound')
    return { status: 200, body: { value: configuration(id, somebody, showsAllMembers) } }
  }
}

/** Graph's way of saying no; its sentence may name people. */
function error(code: string): object {
  return {
    error: {
      code,
      message: 'Ann Smith (ann@contoso.com) is not to be found.',
      innerError: { date: someTime },
    },
  }
}

function refusal(status: number, code: string): Answer {
  return { status, body: error(code) }
}
