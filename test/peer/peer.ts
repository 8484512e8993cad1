/**
 * A chat service on this machine that behaves towards a bot as Teams or as the Bot Framework Emulator does, over real
 * HTTP, with faults to order. People use it through person.ts.
 */
import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { type CardJson } from '../../src/chat/draw/card.ts'
import { jsonOf, Loopback } from '../loopback.ts'
import { Person, type PersonOptions } from './person.ts'

export type Flavour = 'msteams' | 'emulator'

/** A message on somebody's screen: what was last posted or, in Teams, put in its place. */
export type Shown = {
  readonly id: string
  readonly from: 'bot' | 'person'
  text: string
  card: CardJson | null
  summary: string
  alert: boolean
}

export type Recorded = {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

/** What goes wrong, for requests that fit. */
export type Fault = {
  readonly fits: (request: Recorded) => boolean
  readonly status?: number
  readonly code?: string
  readonly retryAfter?: number
  /** The request takes effect although its answer is the fault. */
  readonly afterAccepting?: boolean
  /** The request takes effect at once, and is answered as ever when this resolves. */
  readonly answersAfter?: Promise<unknown>
  /** No answer ever; or the connection breaks. */
  readonly hang?: boolean
  readonly reset?: boolean
  times?: number
}

export const tenant = '11111111-2222-4333-8444-555555555555'

export class Peer {
  readonly flavour: Flavour
  readonly botUrl: string
  readonly serviceUrl: string
  readonly requests: Recorded[] = []
  readonly people: Person[] = []
  readonly #conversations = new Map<string, Shown[]>()
  readonly #line: Loopback
  #faults: Fault[] = []
  #nextId = 1

  private constructor(flavour: Flavour, botUrl: string, line: Loopback) {
    this.flavour = flavour
    this.botUrl = botUrl
    this.#line = line
    this.serviceUrl = line.url
    line.hears((request, response, body) => {
      this.#serve(request, response, body)
    })
  }

  static async start(flavour: Flavour, botUrl: string): Promise<Peer> {
    return new Peer(flavour, botUrl, await Loopback.open())
  }

  async stop(): Promise<void> {
    await this.#line.close()
  }

  fault(fault: Fault): void {
    this.#faults.push(fault)
  }

  /** Every fault is over. */
  heal(): void {
    this.#faults = []
  }

  /** Lets go of everything seen so far, so that a long run does not grow. */
  forget(): void {
    this.requests.length = 0
    for (const messages of this.#conversations.values()) messages.splice(0, Math.max(0, messages.length - 4))
  }

  person(options: PersonOptions): Person {
    const person = new Person(this, options)
    this.people.push(person)
    return person
  }

  /** What the person of this conversation has on their screen, oldest first. */
  screen(conversation: string): readonly Shown[] {
    return this.#conversations.get(conversation) ?? []
  }

  /** Puts something the person themselves did on their screen, or what an invoke was answered with. */
  place(conversation: string, shown: Omit<Shown, 'id'>, instead?: string): void {
    const messages = this.#messages(conversation)
    const old = messages.find(({ id }) => id === instead)
    if (old) Object.assign(old, shown)
    else messages.push({ ...shown, id: this.newId() })
  }

  newId(): string {
    this.#nextId += 1
    return this.flavour === 'msteams' ? `1:${this.#nextId}` : randomUUID()
  }

  #messages(conversation: string): Shown[] {
    const messages = this.#conversations.get(conversation) ?? []
    this.#conversations.set(conversation, messages)
    return messages
  }

  #serve(request: IncomingMessage, response: ServerResponse, bytes: Buffer): void {
    const body = (jsonOf(bytes) ?? {}) as Record<string, unknown>
    const recorded = {
      at: performance.now(),
      method: request.method ?? '',
      path: decodeURIComponent(request.url ?? ''),
      body,
    }
    this.requests.push(recorded)
    const fault = this.#faults.find((one) => (one.times ?? 1) > 0 && one.fits(recorded))
    if (fault?.times !== undefined) fault.times -= 1
    if (fault?.answersAfter) {
      const { status, body } = this.#accept(recorded)
      void fault.answersAfter.then(() => {
        respond(response, status, body)
      })
      return
    }
    if (!fault || fault.afterAccepting) {
      const answer = this.#accept(recorded)
      if (!fault) {
        respond(response, answer.status, answer.body)
        return
      }
    }
    if (fault.reset) request.socket.destroy()
    else if (!fault.hang) {
      if (fault.retryAfter !== undefined) response.setHeader('Retry-After', String(fault.retryAfter))
      respond(response, fault.status ?? 500, {
        error: { code: fault.code ?? 'ServiceError', message: 'ordered fault' },
      })
    }
  }

  #accept({ method, path, body }: Recorded): { status: number; body: object } {
    const [, , , conversation = '', kind, activity] = path.split('/')
    if (conversation === '') return this.#open(body)
    if (kind === 'members' && method === 'GET') return this.#member(activity ?? '')
    const person = this.people.find((one) => one.conversation === conversation)
    if (!person) return failure(404, 'ConversationNotFound')
    if (person.isRemoved) return failure(403, 'BotNotInConversationRoster')
    if (isTooBig(body)) return failure(413, 'RequestEntityTooLarge')
    if (method === 'POST') return this.#post(conversation, body)
    if (method === 'PUT') return this.#put(conversation, activity ?? '', body)
    if (method === 'DELETE') return this.#delete(conversation, activity ?? '')
    return failure(405, 'MethodNotAllowed')
  }

  /** Teams opens the one personal chat of a user who has the app; the Emulator opens something nobody sees. */
  #open(body: Recorded['body']): { status: number; body: object } {
    if (this.flavour === 'emulator') return { status: 200, body: { id: randomUUID() } }
    const members = body['members'] as ReadonlyArray<{ id: string }>
    const person = this.people.find(({ user, objectId }) => [user, objectId].includes(members[0]?.id ?? ''))
    if (!person || person.isRemoved) return failure(403, 'BotNotInConversationRoster')
    return { status: 201, body: { id: person.conversation } }
  }

  #member(user: string): { status: number; body: object } {
    const person = this.people.find((one) => [one.user, one.objectId].includes(user))
    if (!person || this.flavour === 'emulator') return failure(404, 'MemberNotFoundInConversation')
    const { name, address, objectId, mail } = person
    return {
      status: 200,
      body: { id: user, name, aadObjectId: objectId, userPrincipalName: address, email: mail },
    }
  }

  #post(conversation: string, body: Recorded['body']): { status: number; body: object } {
    const id = this.newId()
    this.#messages(conversation).push({ id, from: 'bot', ...readActivity(body) })
    return { status: 201, body: { id } }
  }

  #put(conversation: string, activity: string, body: Recorded['body']): { status: number; body: object } {
    if (body['id'] !== activity) return failure(400, 'BadArgument')
    const old = this.#messages(conversation).find(({ id }) => id === activity)
    if (!old) return failure(404, 'ActivityNotFoundInConversation')
    if (this.flavour === 'msteams') Object.assign(old, readActivity(body))
    return { status: 200, body: { id: activity } }
  }

  #delete(conversation: string, activity: string): { status: number; body: object } {
    const messages = this.#messages(conversation)
    const index = messages.findIndex(({ id }) => id === activity)
    if (index < 0) return failure(404, 'ActivityNotFoundInConversation')
    messages.splice(index, 1)
    return { status: 200, body: {} }
  }
}

function readActivity(body: Recorded['body']): Omit<Shown, 'id' | 'from'> {
  const [attachment] = (body['attachments'] ?? []) as ReadonlyArray<{ content: CardJson }>
  const data = body['channelData'] as { notification?: { alert?: boolean } } | undefined
  return {
    text: typeof body['text'] === 'string' ? body['text'] : '',
    card: attachment?.content ?? null,
    summary: typeof body['summary'] === 'string' ? body['summary'] : '',
    alert: data?.notification?.alert === true,
  }
}

/** Teams takes 28 KB of a message, counted in UTF-16 (limits and specifications of Teams bots). */
export function isTooBig(body: object): boolean {
  return JSON.stringify(body).length * 2 > 28 * 1024
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}

function failure(status: number, code: string): { status: number; body: object } {
  return { status, body: { error: { code, message: code } } }
}
