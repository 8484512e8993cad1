/**
 * Strangers at the doors, without the right key, signature or token: they are counted, told of in one line however many they
 * are, and where a secret could be guessed they wait for their no. Whoever has the key goes past all of it.
 */
import { type LogFields } from '../log.ts'
import { failure, type Reply } from './reply.ts'

export type Door = 'admin' | 'calls' | 'messages' | 'graph'

export type TurnedAwayParts = {
  /** For how long something lasts, and when it is by the clock on the wall. */
  readonly now: () => number
  readonly wall: () => number
  readonly after: (ms: number, run: () => void) => () => void
  readonly count: (door: Door) => void
  readonly log: { warn(event: string, fields: LogFields): void }
}

/** Tokens are not guessed; what opens these is a secret that somebody made up. */
const slowDoors: readonly Door[] = ['admin', 'calls']
/** One line says how many there were in so long. */
const windowMs = 10_000
/** So many wrong keys within a minute may be slips; those after them wait, each longer than the one before. */
const mostSlips = 10
const forgottenMs = 60_000
const longerMs = 25
const longestMs = 250
/** More than these are told to come later at once: who waits holds a connection. */
const mostWaiting = 400
const mostWaitingPerPeer = 100
/** Of more peers than this the one that was wrong longest ago is forgotten. */
const mostPeers = 1000

type Window = { readonly since: number; count: number; readonly stop: () => void }
type Peer = { readonly since: number; wrong: number; waiting: number }

export class TurnedAway {
  readonly #parts: TurnedAwayParts
  readonly #windows = new Map<Door, Window>()
  readonly #peers = new Map<string, Peer>()
  #waiting = 0

  constructor(parts: TurnedAwayParts) {
    this.#parts = parts
  }

  /** The no for somebody from this address, when it is time for it. */
  async answer(door: Door, address: string, no: Reply): Promise<Reply> {
    this.#parts.count(door)
    this.#note(door)
    if (!slowDoors.includes(door)) return no
    const peer = this.#peer(address)
    peer.wrong += 1
    const waitMs = Math.min(longestMs, longerMs * (peer.wrong - mostSlips))
    if (waitMs <= 0) return no
    if (this.#waiting >= mostWaiting || peer.waiting >= mostWaitingPerPeer) return tooMany
    await this.#wait(peer, waitMs)
    return no
  }

  /** Tells of those nobody was told of yet. */
  flush(): void {
    for (const door of [...this.#windows.keys()]) this.#tell(door)
  }

  #note(door: Door): void {
    const { wall, after } = this.#parts
    const window = this.#windows.get(door)
    if (window) window.count += 1
    else {
      const stop = after(windowMs, () => {
        this.#tell(door)
      })
      this.#windows.set(door, { since: wall(), count: 1, stop })
    }
  }

  #tell(door: Door): void {
    const window = this.#windows.get(door)
    if (!window) return
    this.#windows.delete(door)
    const { since, count, stop } = window
    stop()
    this.#parts.log.warn('turnedAway', { door, count, since: new Date(since).toISOString() })
  }

  async #wait(peer: Peer, ms: number): Promise<void> {
    peer.waiting += 1
    this.#waiting += 1
    await new Promise<void>((done) => {
      this.#parts.after(ms, done)
    })
    peer.waiting -= 1
    this.#waiting -= 1
  }

  #peer(address: string): Peer {
    const now = this.#parts.now()
    const known = this.#peers.get(address)
    const isFresh = known !== undefined && (known.waiting > 0 || now - known.since < forgottenMs)
    const peer = isFresh ? known : { since: now, wrong: 0, waiting: 0 }
    this.#peers.delete(address)
    this.#peers.set(address, peer)
    const [oldest] = this.#peers.keys()
    if (this.#peers.size > mostPeers && oldest !== undefined) this.#peers.delete(oldest)
    return peer
  }
}

const tooMany = failure(
  429,
  'tooMany',
  'Too many wrong keys came from your address. Wait a minute and try again.',
)
