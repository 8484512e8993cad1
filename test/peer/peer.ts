/**
 * The playground's chat service, or one that behaves as the Bot Framework Emulator does, over real HTTP on this machine, with
 * faults to order. People use it through person.ts.
 */
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { ChatService } from '../../src/playground/chat-service.ts'
import { type ScreenChange, Screens, type Shown } from '../../src/playground/screens.ts'
import { jsonOf, Loopback } from '../loopback.ts'
import { EmulatorService } from './emulator.ts'
import { Person, type PersonOptions } from './person.ts'

export type Flavour = 'msteams' | 'emulator'

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

export class Peer {
  readonly flavour: Flavour
  readonly botUrl: string
  readonly serviceUrl: string
  readonly requests: Recorded[] = []
  readonly people: Person[] = []
  readonly service: ChatService
  readonly #line: Loopback
  readonly #shown = new Map<string, Shown[]>()
  #faults: Fault[] = []

  private constructor(flavour: Flavour, botUrl: string, line: Loopback) {
    this.flavour = flavour
    this.botUrl = botUrl
    this.#line = line
    this.serviceUrl = line.url
    const screens = new Screens({
      now: () => Date.now(),
      most: Infinity,
      changed: (change) => {
        this.#record(change)
      },
    })
    const Service = flavour === 'msteams' ? ChatService : EmulatorService
    this.service = new Service(screens, () => this.people)
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
    this.#shown.clear()
    this.service.screens.keepLast(4)
  }

  person(options: PersonOptions): Person {
    const person = new Person(this, options)
    this.people.push(person)
    return person
  }

  /** What the person of this conversation has on their screen, oldest first. */
  screen(conversation: string): readonly Shown[] {
    return this.service.screens.of(conversation)
  }

  /** All that was ever on that screen, in the order in which it was drawn: also what has been drawn over or taken away. */
  everShown(conversation: string): readonly Shown[] {
    return this.#shown.get(conversation) ?? []
  }

  #record(change: ScreenChange): void {
    if (change.is !== 'shown') return
    const before = this.#shown.get(change.conversation) ?? []
    this.#shown.set(change.conversation, before)
    // A message that is drawn anew is changed where it stands.
    before.push({ ...change.shown })
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
      const { status, body: said } = this.service.answer(recorded.method, recorded.path, body)
      void fault.answersAfter.then(() => {
        respond(response, status, said)
      })
      return
    }
    if (!fault || fault.afterAccepting) {
      const answer = this.service.answer(recorded.method, recorded.path, body)
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
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}
