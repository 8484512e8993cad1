/** Who people are: their names, their other names, and where the bot can write to them. */
import { type Person, type PersonId, plainAddress } from '../core/person.ts'
import { type PersonRecord, type Reach } from '../store/documents.ts'
import { type Put, type Store } from '../store/store.ts'

/** What a channel tells about whoever writes or clicks. */
export type Sender = {
  /** Their id in the channel, and their Entra object id where the channel knows it. */
  readonly user: string
  readonly objectId?: string
  readonly name: string
  readonly reach: Reach
  readonly zone?: string
  /** Their address, where the channel vouches for it. */
  readonly address?: string
}

/** Somebody who wrote, and whether the bot could not reach them before. */
export type Met = { readonly person: PersonRecord; readonly isNewlyReached: boolean }

/** How many people are remembered under one name, and in the list of people met last. */
const mostPerName = 25
/** The name under which the people met last are remembered; nobody can be called that. */
const metLast = '*'

export class Directory {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** The person behind an address, object id or channel id; null when the bot has never heard of them. */
  async find(name: string): Promise<PersonId | null> {
    const plain = plainAddress(name)
    const alias = await this.#store.get('alias', plain)
    if (alias) return alias.doc.person
    return (await this.#store.get('person', plain)) ? plain : null
  }

  /** Somebody's record; people the bot has never heard of have only their id for a name. */
  async person(id: PersonId): Promise<PersonRecord> {
    return (await this.#store.get('person', id))?.doc ?? stranger(id)
  }

  async people(ids: Iterable<PersonId>): Promise<ReadonlyMap<PersonId, PersonRecord>> {
    const unique = [...new Set(ids)]
    const records = await Promise.all(unique.map((id) => this.person(id)))
    return new Map(records.map((record) => [record.id, record]))
  }

  /** People the bot knows by this name or part of it, or has met last when the name is empty. */
  async named(name: string): Promise<readonly PersonRecord[]> {
    const words = wordsOf(name)
    const lists = await Promise.all(
      (words.length > 0 ? words : [metLast]).map((word) => this.#store.get('named', word)),
    )
    const [first, ...rest] = lists.map((list) => list?.doc.people ?? [])
    const ids = (first ?? []).filter((id) => rest.every((list) => list.includes(id)))
    return [...(await this.people(ids)).values()]
  }

  /** Keeps who wrote and where they can be reached. */
  async meet(sender: Sender): Promise<Met> {
    for (;;) {
      const id = (await this.#idOf(sender)) ?? plainAddress(sender.objectId ?? sender.user)
      const kept = await this.#store.get('person', id)
      const before = kept?.doc ?? stranger(id)
      const after = withSender(before, sender)
      const isNewlyReached = before.reach === undefined
      if (kept && same(before, after)) return { person: before, isNewlyReached }
      const puts: Put[] = [{ kind: 'person', id, expect: kept?.rev ?? 0, doc: after }]
      for (const other of [sender.user, sender.objectId, sender.address])
        puts.push(...(await this.#alias(other, id)))
      puts.push(...(await this.#underNames(after)))
      if ((await this.#store.commit({ puts })) === 'committed') return { person: after, isNewlyReached }
    }
  }

  /** Sees to it that a person is welcomed, once however often they arrive. */
  async welcome(id: PersonId): Promise<void> {
    for (;;) {
      const kept = await this.#store.get('person', id)
      if (!kept || kept.doc.welcomed) return
      const puts: Put[] = [{ kind: 'person', id, expect: kept.rev, doc: { ...kept.doc, welcomed: true } }]
      const work = { do: 'tell', id, what: 'welcome', about: id }
      if (
        (await this.#store.commit({ puts, effects: [{ lane: `chat ${id}`, work, priority: 2 }] })) ===
        'committed'
      )
        return
    }
  }

  /** Changes what is kept about a person: their address, whether they were welcomed, that they cannot be reached. */
  async change(id: PersonId, change: (before: PersonRecord) => PersonRecord): Promise<PersonRecord> {
    for (;;) {
      const kept = await this.#store.get('person', id)
      const before = kept?.doc ?? stranger(id)
      const after = change(before)
      if (kept && same(before, after)) return after
      const puts: Put[] = [{ kind: 'person', id, expect: kept?.rev ?? 0, doc: after }]
      puts.push(...(await this.#underNames(after)))
      puts.push(...(await this.#alias(after.address, id)))
      if ((await this.#store.commit({ puts })) === 'committed') return after
    }
  }

  /** Keeps somebody whom the bot has not met, under the address or object id they were named by. */
  async mention(name: string, shownAs?: string): Promise<PersonId> {
    const known = await this.find(name)
    if (known !== null) return known
    const id = plainAddress(name)
    const address = id.includes('@') ? { address: id } : {}
    await this.change(id, (before) => ({ ...before, ...address, name: shownAs ?? before.name }))
    return id
  }

  /** This address is this person's from now on; whoever was kept under it before is them. */
  async giveAddress(id: PersonId, address: string, name: string): Promise<void> {
    for (;;) {
      const [kept, alias, stand] = await Promise.all([
        this.#store.get('person', id),
        this.#store.get('alias', address),
        this.#store.get('person', address),
      ])
      const doc: PersonRecord = { ...(kept?.doc ?? stranger(id)), name, address }
      const puts: Put[] = [
        { kind: 'person', id, expect: kept?.rev ?? 0, doc },
        ...(await this.#underNames(doc)),
      ]
      if (id !== address)
        puts.push({ kind: 'alias', id: address, expect: alias?.rev ?? 0, doc: { person: id } })
      if (stand && id !== address) puts.push({ kind: 'person', id: address, expect: stand.rev, doc: null })
      if ((await this.#store.commit({ puts })) === 'committed') return
    }
  }

  /** This channel user is that person from now on, and is no longer whoever they were. */
  async become(sender: Sender, id: PersonId): Promise<void> {
    const user = plainAddress(sender.user)
    for (;;) {
      const was = (await this.#idOf(sender)) ?? user
      if (was === id) return
      const [before, alias, kept] = await Promise.all([
        this.#store.get('person', was),
        this.#store.get('alias', user),
        this.#store.get('person', id),
      ])
      const doc: PersonRecord = { ...(kept?.doc ?? stranger(id)), reach: sender.reach, welcomed: true }
      const puts: Put[] = [
        { kind: 'person', id, expect: kept?.rev ?? 0, doc },
        { kind: 'alias', id: user, expect: alias?.rev ?? 0, doc: { person: id } },
      ]
      if (before) puts.push({ kind: 'person', id: was, expect: before.rev, doc: withoutReach(before.doc) })
      if ((await this.#store.commit({ puts })) === 'committed') return
    }
  }

  async #idOf(sender: Sender): Promise<PersonId | null> {
    for (const name of [sender.objectId, sender.user, sender.address]) {
      const id = name === undefined ? null : await this.find(name)
      if (id !== null) return id
    }
    return null
  }

  /** Another name for a person, unless it is theirs already or somebody else's. */
  async #alias(name: string | undefined, person: PersonId): Promise<readonly Put[]> {
    const id = plainAddress(name ?? '')
    if (id === '' || id === person || (await this.find(id)) !== null) return []
    return [{ kind: 'alias', id, expect: 0, doc: { person } }]
  }

  async #underNames(person: Person): Promise<readonly Put[]> {
    const puts: Put[] = []
    for (const word of new Set([...wordsOf(person.name), metLast])) {
      const kept = await this.#store.get('named', word)
      const others = (kept?.doc.people ?? []).filter((id) => id !== person.id)
      const people = [person.id, ...others].slice(0, mostPerName)
      if (!kept || !same(people, kept.doc.people))
        puts.push({ kind: 'named', id: word, expect: kept?.rev ?? 0, doc: { people } })
    }
    return puts
  }
}

function withoutReach({ reach: _, ...rest }: PersonRecord): PersonRecord {
  return rest
}

/** A record with what the channel told; a name that was only an address or id gives way to a real one. */
function withSender(before: PersonRecord, sender: Sender): PersonRecord {
  const isNameless = before.name === before.id || before.name === before.address
  const address = sender.address === undefined ? before.address : plainAddress(sender.address)
  return {
    ...before,
    name: (isNameless && sender.name) || before.name,
    ...(address === undefined ? {} : { address }),
    reach: sender.reach,
    ...(sender.zone === undefined ? {} : { zone: sender.zone }),
  }
}

function stranger(id: PersonId): PersonRecord {
  return { id, name: id, welcomed: false, ...(id.includes('@') ? { address: id } : {}) }
}

/** The words of a name as they are looked up: "Bo Ek" is found as bo, ek and bo ek. */
function wordsOf(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split(/[\s,.;@]+/u)
    .filter((word) => word !== '' && word !== metLast)
    .slice(0, 6)
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
