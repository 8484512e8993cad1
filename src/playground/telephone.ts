/** The telephone network of the page: pretend calls to its people, and who talks to whom afterwards. */
import { type Caller, type Presence } from '../core/lane.ts'
import { readPhoneNumber } from '../core/person.ts'
import { type Failing, type SimulatedSource } from '../source/simulated.ts'
import { type CallRecord } from '../store/documents.ts'
import { type PagePerson, type People } from './people.ts'

/** A call as somebody asks for it on the page. */
export type AskedCall = {
  readonly name: string
  readonly number: string
  readonly isWithheld: boolean
  readonly to: PagePerson
}

/** Somebody of the page who has a caller on the telephone. */
export type Talk = {
  readonly call: string
  /** Who picked up, by object id, and who called whom, in words. */
  readonly person: string
  readonly caller: string
  readonly owner: string
}

export type Rung = 'accepted' | 'badNumber' | 'unknownOwner'

export class Telephone {
  readonly #source: SimulatedSource
  readonly #people: People
  #talks: readonly Talk[] = []

  constructor(source: SimulatedSource, people: People) {
    this.#source = source
    this.#people = people
  }

  /** Lets a call come in. */
  async ring(asked: AskedCall): Promise<Rung> {
    const caller = this.#callerOf(asked)
    if (!caller) return 'badNumber'
    const { heard } = await this.#source.call({ owner: asked.to.objectId, caller })
    return heard === 'unknownOwner' ? 'unknownOwner' : 'accepted'
  }

  hangUp({ leg }: CallRecord): Promise<unknown> {
    return this.#source.hangUp(leg.id)
  }

  letFail({ leg }: CallRecord, how: Failing): void {
    this.#source.letFail(leg.id, how)
  }

  failingOf({ leg }: CallRecord): Failing {
    return this.#source.failingOf(leg)
  }

  talks(): readonly Talk[] {
    return this.#talks
  }

  /** Puts back who talked before. */
  restore(talks: readonly Talk[]): void {
    this.#talks = talks
  }

  /** Whoever picked up is in a call from now on. */
  connected(talk: Talk): void {
    const person = this.#people.find(talk.person)
    if (!person || this.#talks.some(({ call }) => call === talk.call)) return
    this.#talks = [...this.#talks, talk]
  }

  /** The talk is over; false when there is none. Whoever has no other caller is in no call any more. */
  finish(call: string): Talk | null {
    const talk = this.#talks.find((one) => one.call === call)
    if (!talk) return null
    this.#talks = this.#talks.filter((one) => one !== talk)
    return talk
  }

  isTalking(person: string): boolean {
    return this.#talks.some((one) => one.person === person)
  }

  /** `id` is how the bot knows them. */
  setPresence(id: string, presence: Presence): void {
    this.#source.setPresence(id, presence)
  }

  presenceOf(id: string): Presence {
    return this.#source.presenceOf([id]).get(id) ?? 'available'
  }

  /** One of the page's people calls from inside, like anybody whose number is not said; a number calls from outside. */
  #callerOf({ name, number, isWithheld }: AskedCall): Caller | null {
    if (isWithheld) return { kind: 'pstn' }
    const known = this.#people.all().find((one) => one.name === name)
    if (number === '' && known) return { kind: 'internal', id: known.objectId, name }
    if (number === '') return name === '' ? { kind: 'pstn' } : { kind: 'internal', name }
    const read = readPhoneNumber(number)
    return read === null ? null : { kind: 'pstn', number: read, ...(name === '' ? {} : { name }) }
  }
}
