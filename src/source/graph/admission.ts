/** Whether a call that Graph brings is taken, and whose it is: never rung twice, never more calls than are allowed. */
import { type Caller } from '../../core/lane.ts'
import { isInternational, plainAddress, readPhoneNumber } from '../../core/person.ts'
import { type Carried, type Hear, type Heard, type LegBook } from '../source.ts'
import { newLeg, type RingInTeams } from './leg.ts'
import { afterStep, forgotten, type GraphCall, justNoted, type GraphNotes, notesIn } from './notes.ts'
import { type GraphOffer } from './notification.ts'
import { type AskGraph, rejection } from './requests.ts'
import { step } from './step.ts'

/** One too many; round in a circle; nobody's, as far as the bot knows; of a tenant that is not served. */
export type TurnedAway = 'busy' | 'circle' | 'nobody' | 'anotherTenant'

export type GraphAdmissionParts = {
  readonly source: string
  readonly book: LegBook
  readonly hear: Hear
  readonly ask: AskGraph
  /** Whose calls a resource account takes; null when nobody said. */
  readonly ownerOf: (account: string) => Promise<string | null>
  /** Whose calls all others are; empty: they are refused. */
  readonly defaultOwner: string
  /** More calls at a time are told busy. Graph allows an application 100. */
  readonly mostCalls: number
  /** The tenant whose calls are taken. */
  readonly tenantId: string
  /** Told of every call that is not taken, and why. */
  readonly turnedAway: (why: TurnedAway) => void
  /** Whom Teams is to ring by itself for this owner; null when their calls are shared by cards. */
  readonly teamsRings: (owner: string, caller: Caller) => Promise<Omit<RingInTeams, 'do'> | null>
}

export class GraphAdmission {
  readonly #parts: GraphAdmissionParts
  /** Calls are taken in one after the other: those of other instances are trouble enough. */
  #counting: Promise<unknown> = Promise.resolve()

  constructor(parts: GraphAdmissionParts) {
    this.#parts = parts
  }

  /** A call that came in: rung for its owner, or told busy, or refused. Asked again, it comes to the same. */
  async offered(id: string, offer: GraphOffer): Promise<Carried> {
    const known = notesIn(await this.#parts.book.read(id))
    if (known !== null) return this.#offeredAgain(id, known)
    if (!this.#isOurs(offer)) return this.#reject(id, 'anotherTenant')
    for (const owner of await this.#ownersOf(offer)) {
      const call = { offer, owner }
      const no = await this.#inTurn(() => this.#noted(id, call))
      if (no !== null) return this.#reject(id, no)
      const heard = await this.#rung(id, call)
      if (heard === 'accepted') return { is: 'done' }
      await this.#parts.book.change(id, () => forgotten)
      // It is over already: its end overtook it, or it comes once more.
      if (heard === 'repeated') return { is: 'done' }
    }
    return this.#reject(id, 'nobody')
  }

  /** What Graph said to letting Teams ring: the call is only noted down, or is to be rung by us after all. */
  async told(id: string, { offer, owner }: GraphCall, isLeftToTeams: boolean): Promise<Heard> {
    const { hear, source } = this.#parts
    return hear(source, { is: 'offered', id, owner, caller: offer.caller, isLeftToTeams })
  }

  #isOurs({ tenant }: GraphOffer): boolean {
    return tenant === '' || tenant.toLowerCase() === this.#parts.tenantId.toLowerCase()
  }

  async #offeredAgain(id: string, { leg, ...call }: GraphNotes): Promise<Carried> {
    const isUntouched = leg.state !== 'over' && leg.tries === 0 && leg.handing === null
    if (isUntouched) await this.#rung(id, call)
    return { is: 'done' }
  }

  /** Lets Teams ring where the owner wants that, else tells the switchboard, which rings by cards. */
  async #rung(id: string, call: GraphCall): Promise<Heard> {
    const { book, teamsRings } = this.#parts
    const { owner, offer } = call
    const wanted = await teamsRings(owner, offer.caller)
    // Whoever forwarded this call here would forward it here again. One number that Graph does not call would stop them all.
    const to = (wanted?.to ?? []).filter((one) => !offer.owners.includes(one) && mayRing(one))
    if (!wanted || to.length === 0) return this.told(id, call, false)
    const order: RingInTeams = { do: 'ring', to, seconds: wanted.seconds }
    await book.change(id, (kept, at) => {
      const notes = notesIn(kept)
      return notes && afterStep(notes, step(notes.leg, { is: 'order', order }, at), at)
    })
    return 'accepted'
  }

  /** Takes a call into the book; says why not when it is one too many, or has come round in a circle. */
  async #noted(id: string, call: GraphCall): Promise<TurnedAway | null> {
    const { book, mostCalls } = this.#parts
    let no: TurnedAway | null = null
    await book.admit(id, (entries, at) => {
      const others = entries.flatMap(({ notes }) => notesIn(notes) ?? [])
      const open = others.filter(({ leg }) => leg.state !== 'over')
      no = others.some((other) => isEcho(other, call)) ? 'circle' : open.length >= mostCalls ? 'busy' : null
      return no === null ? justNoted({ ...call, leg: newLeg(at), begun: 0 }) : null
    })
    return no
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#counting.then(run)
    this.#counting = result.catch(() => undefined)
    return result
  }

  /** Reject needs no notes: Graph refuses a second one, and the call ends by itself after 15 seconds. */
  async #reject(id: string, why: TurnedAway): Promise<Carried> {
    const asked = await this.#parts.ask(rejection(id, why === 'busy' ? 'busy' : 'none'))
    if (asked.is === 'later') return asked
    this.#parts.turnedAway(why)
    return { is: 'done' }
  }

  /** Who forwarded, on whose behalf the call came, whose line it is; else everybody's. */
  async #ownersOf({ owners, lines }: GraphOffer): Promise<readonly string[]> {
    const { ownerOf, defaultOwner } = this.#parts
    const ofLines = await Promise.all(lines.map((line) => ownerOf(line)))
    const all = [...owners, ...ofLines.map((owner) => owner ?? ''), defaultOwner].map(plainAddress)
    return [...new Set(all.filter((owner) => owner !== ''))]
  }
}

/**
 * The same call come round again, also when its first leg has just ended. Only its chain tells: people without a number,
 * or behind the main number of a company, are as many callers as they make calls.
 */
function isEcho(other: GraphNotes, { offer, owner }: GraphCall): boolean {
  const isSameChain = offer.chain !== '' && other.offer.chain.toLowerCase() === offer.chain.toLowerCase()
  return isSameChain && other.owner === owner && !areTwo(other.offer.caller, offer.caller)
}

/** Whether these are certainly two: both have a number, or both an id, and it is not the same. */
function areTwo(one: Caller, other: Caller): boolean {
  const differ = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && a !== b
  return differ(one.number, other.number) || differ(one.id, other.id)
}

function mayRing(one: string): boolean {
  const number = readPhoneNumber(one)
  return number === null || isInternational(number)
}
