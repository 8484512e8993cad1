/**
 * Who is on the line, and who is hung up on: whoever sends without an end, says nothing, or does not take what they asked
 * for. However many of them there are, there is a line for somebody else.
 */
import { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Socket } from 'node:net'

/** How long a connection may take for something, in milliseconds, and how much there may be of it. */
export type ConnectionLimits = {
  /** For the head of a request, and for all of it. */
  readonly headMs: number
  readonly requestMs: number
  /** Until the next request: longer than a balancer keeps a connection, so that it is the one to hang up. */
  readonly keptMs: number
  /** Until an answer has been taken. */
  readonly takenMs: number
  /** How often Node looks at the first two. */
  readonly lookedAtMs: number
  readonly most: number
  /** Requests that one connection may send before the first of them is answered. */
  readonly mostRequests: number
}

/** What holds unless a test says otherwise. */
export const usualLimits: ConnectionLimits = {
  headMs: 8_000,
  requestMs: 12_000,
  keptMs: 65_000,
  takenMs: 60_000,
  lookedAtMs: 2_000,
  most: 2000,
  mostRequests: 50,
}

/** One connection: whether it ever asked for something, and what it waits for. */
type Line = {
  hasAsked: boolean
  isBusy: boolean
  readonly waiting: Array<() => void>
}

export class Connections {
  readonly #limits: ConnectionLimits
  /** The one that was idle longest comes first. */
  readonly #lines = new Map<Socket, Line>()

  /** Stands before whatever listens to the server's requests already. */
  constructor(server: Server, limits: Partial<ConnectionLimits> = {}) {
    this.#limits = { ...usualLimits, ...limits }
    const { headMs, requestMs, keptMs, takenMs, lookedAtMs } = this.#limits
    server.headersTimeout = headMs
    server.requestTimeout = requestMs
    server.keepAliveTimeout = keptMs
    // restify cannot pass this option on.
    Object.assign(server, { connectionsCheckingInterval: lookedAtMs })
    server.on('connection', (socket: Socket) => {
      this.#connected(socket)
    })
    for (const event of ['request', 'checkContinue'] as const) this.#standBefore(server, event)
    server.setTimeout(takenMs, (socket) => {
      // Whoever waits for us is not to blame; where something waits to be taken, it is they who stand still.
      if (this.#lines.get(socket)?.isBusy !== true || socket.writableLength > 0) socket.destroy()
    })
  }

  /** A flood of requests in one piece is one of many objects at least: nobody else should have to look at it. */
  #standBefore(server: Server, event: 'request' | 'checkContinue'): void {
    const listeners = server.listeners(event)
    server.removeAllListeners(event)
    server.on(event, (request: IncomingMessage, response: ServerResponse) => {
      this.#enter(request, response, () => {
        for (const listener of listeners) listener.call(server, request, response)
      })
    })
  }

  /** Answers a request in its turn: of one connection, one after the other, each when the one before has been taken. */
  #enter({ socket }: IncomingMessage, response: ServerResponse, answer: () => void): void {
    const line = this.#lines.get(socket)
    if (!line || socket.destroyed) return
    const begin = () => {
      this.#mustBeTaken(socket, response)
      response.once('close', () => {
        this.#ended(socket, line)
      })
      answer()
    }
    line.hasAsked = true
    if (line.waiting.length + 1 >= this.#limits.mostRequests) socket.destroy()
    else if (line.isBusy) line.waiting.push(begin)
    else {
      line.isBusy = true
      begin()
    }
  }

  #connected(socket: Socket): void {
    this.#lines.set(socket, { hasAsked: false, isBusy: false, waiting: [] })
    socket.once('close', () => {
      this.#lines.delete(socket)
    })
    if (this.#lines.size > this.#limits.most) this.#leastMissed(socket).destroy()
  }

  /** Whom to hang up on when there are too many: those who never asked, then those who ask for nothing now, then the newcomer. */
  #leastMissed(newcomer: Socket): Socket {
    const others = [...this.#lines].filter(([socket, { isBusy }]) => socket !== newcomer && !isBusy)
    const [socket] = others.find(([, { hasAsked }]) => !hasAsked) ?? others[0] ?? [newcomer]
    return socket
  }

  #mustBeTaken(socket: Socket, response: ServerResponse): void {
    response.once('prefinish', () => {
      const late = setTimeout(() => socket.destroy(), this.#limits.takenMs)
      response.once('close', () => {
        clearTimeout(late)
      })
    })
  }

  #ended(socket: Socket, line: Line): void {
    const next = socket.destroyed ? undefined : line.waiting.shift()
    line.isBusy = next !== undefined
    if (next) next()
    else if (this.#lines.delete(socket)) this.#lines.set(socket, line)
  }
}
