/** The people of the page: members of one organization, each with a chat of their own with the bot. */
import { plainText } from '../chat/draw/plain.ts'
import { type Presence } from '../core/lane.ts'
import { type Member } from './chat-service.ts'

/** Somebody of the page; their object id names them in its requests. */
export type PagePerson = Member & { readonly presence: Presence }

/** As many as ring together at most, and the one who is called. */
export const mostPeople = 26
/** Longer names are nobody's (Entra takes 256, and cards cut at 64). */
const longestName = 64

const firstPeople = ['Ann Ek', 'Bo Lindqvist', 'Cy Osei']
const presences: readonly Presence[] = ['available', 'inACall', 'doNotDisturb', 'offline']

export type PeopleParts = {
  readonly newId: () => string
  readonly changed: () => void
}

export class People {
  readonly #parts: PeopleParts
  #people: readonly PagePerson[] = []

  constructor(parts: PeopleParts) {
    this.#parts = parts
  }

  all(): readonly PagePerson[] {
    return this.#people
  }

  find(id: string): PagePerson | undefined {
    return this.#people.find(({ objectId }) => objectId === id)
  }

  /** Puts back who was there before; false when that says nothing that can be read. */
  restore(kept: unknown): boolean {
    if (!Array.isArray(kept) || kept.length === 0 || !kept.every(isPerson)) return false
    this.#people = kept.slice(0, mostPeople)
    return true
  }

  /** The three with whom it begins. They have the bot once they have installed it. */
  begin(): readonly PagePerson[] {
    return firstPeople.map((name) => this.#join(name))
  }

  /** Somebody more, who does not have the bot yet; or the word for why not. */
  add(name: string): PagePerson | 'full' | 'badName' {
    const plain = plainText(name)
    if (plain === '' || [...plain].length > longestName) return 'badName'
    return this.#people.length >= mostPeople ? 'full' : this.#join(plain)
  }

  /** Changes what is so about somebody. */
  change(id: string, change: Partial<Pick<PagePerson, 'presence' | 'isRemoved'>>): void {
    this.#people = this.#people.map((one) => (one.objectId === id ? { ...one, ...change } : one))
    this.#parts.changed()
  }

  #join(name: string): PagePerson {
    const { newId, changed } = this.#parts
    const address = this.#freeAddress(name)
    const person: PagePerson = {
      name,
      address,
      mail: address,
      objectId: newId(),
      user: `29:${newId()}`,
      conversation: `a:${newId()}`,
      isRemoved: true,
      presence: 'available',
    }
    this.#people = [...this.#people, person]
    changed()
    return person
  }

  /** The first name, or with the others when that is taken, or with a number. */
  #freeAddress(name: string): string {
    const words = plainLetters(name)
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '')
    const whole = words.join('.') || 'person'
    const numbered = Array.from({ length: mostPeople }, (_, index) => `${whole}${index + 2}`)
    const taken = new Set(this.#people.map(({ address }) => address))
    const free = [words[0] ?? whole, whole, ...numbered].find((one) => !taken.has(`${one}@contoso.com`))
    return `${free ?? whole}@contoso.com`
  }
}

/** Whether this is a presence that somebody can have. */
export function isPresence(value: unknown): value is Presence {
  return presences.some((one) => one === value)
}

/** Letters without their marks, in small ones. */
function plainLetters(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}

const texts = ['name', 'address', 'mail', 'objectId', 'user', 'conversation'] as const

function isPerson(value: unknown): value is PagePerson {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Readonly<Record<string, unknown>>
  const hasTexts = texts.every((name) => typeof fields[name] === 'string')
  return hasTexts && typeof fields['isRemoved'] === 'boolean' && isPresence(fields['presence'])
}
