/** Who people are: their names, their other names, and where the bot can write to them. */
import { isObjectId, type PersonId, plainAddress } from '../core/person.ts'
import { type PersonRecord, type Reach } from '../store/documents.ts'
import { type Put, type Store } from '../store/store.ts'
import { idsNamed, underNames } from './names.ts'
import { replacing, whoIs } from './who-is.ts'

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

export class Directory {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Whom an address, object id or channel id means now; null when the bot has never heard of them. */
  async find(name: string): Promise<PersonId | null> {
    const plain = plainAddress(name)
    const alias = await this.#store.get('alias', plain)
    if (alias) return (await whoIs(this.#store, alias.doc.person)) ?? alias.doc.person
    return (await this.#store.get('person', plain)) ? plain : null
  }

  /** The person with this id, else whom it means as a name; for those who tell ids and addresses alike. */
  async whoIs(idOrName: string): Promise<PersonId | null> {
    return whoIs(this.#store, plainAddress(idOrName))
  }

  /** Somebody's record; people the bot has never heard of have only their id for a name. */
  async person(id: PersonId): Promise<PersonRecord> {
    return (await this.#store.get('person', id))?.doc ?? stranger(id)
  }

  /** The Entra object id of whom an address or id means; null where none is known. */
  async objectIdOf(name: string): Promise<string | null> {
    const id = await this.whoIs(name)
    if (id === null) return null
    return isObjectId(id) ? id : ((await this.person(id)).objectId ?? null)
  }

  async people(ids: Iterable<PersonId>): Promise<ReadonlyMap<PersonId, PersonRecord>> {
    const unique = [...new Set(ids)]
    const records = await Promise.all(unique.map((id) => this.person(id)))
    return new Map(records.map((record) => [record.id, record]))
  }

  /** People the bot knows by this name or part of it, or has met last when the name is empty. */
  async named(name: string): Promise<readonly PersonRecord[]> {
    return [...(await this.people(await idsNamed(this.#store, name))).values()]
  }

  /** Keeps who wrote and where they can be reached. */
  async meet(sender: Sender): Promise<Met> {
    for (;;) {
      const id = (await this.#idOf(sender)) ?? plainAddress(sender.objectId ?? sender.user)
      const kept = await this.#store.get('person', id)
      const before = kept?.doc ?? stranger(id)
      const after = withSender(before, await this.#ownAddress(sender, id))
      const isNewlyReached = before.reach === undefined
      if (kept && same(before, after)) return { person: before, isNewlyReached }
      const puts: Put[] = [{ kind: 'person', id, expect: kept?.rev ?? 0, doc: after }]
      for (const other of new Set(
        [sender.user, sender.objectId ?? '', sender.address ?? ''].map(plainAddress),
      ))
        puts.push(...(await this.#alias(other, id)))
      puts.push(...(await underNames(this.#store, after)))
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

  /**
   * Changes what is kept about a person: their address, whether they were welcomed, that they cannot be reached. Of
   * somebody whose record has become another's nothing is kept any more.
   */
  async change(id: PersonId, change: (before: PersonRecord) => PersonRecord): Promise<PersonRecord> {
    for (;;) {
      const kept = await this.#store.get('person', id)
      const before = kept?.doc ?? stranger(id)
      const after = change(before)
      if (kept && same(before, after)) return after
      if (!kept && (await this.whoIs(id)) !== null) return before
      const puts: Put[] = [{ kind: 'person', id, expect: kept?.rev ?? 0, doc: after }]
      puts.push(...(await underNames(this.#store, after)))
      puts.push(...(await this.#alias(plainAddress(after.address ?? ''), id)))
      if ((await this.#store.commit({ puts })) === 'committed') return after
    }
  }

  /** Keeps somebody whom the bot has not met, under the address or object id they were named by. */
  async mention(name: string, shownAs?: string): Promise<PersonId> {
    const known = await this.find(name)
    if (known !== null) return known
    const id = plainAddress(name)
    await this.change(id, (before) => ({ ...before, name: shownAs ?? before.name }))
    return id
  }

  /** This address is this person's from now on; whoever was kept under it before is them. */
  async giveAddress(id: PersonId, address: string, name: string): Promise<void> {
    for (;;) {
      const [kept, alias, old] = await Promise.all([
        this.#store.get('person', id),
        this.#store.get('alias', address),
        this.find(address),
      ])
      const doc: PersonRecord = { ...(kept?.doc ?? stranger(id)), name, address }
      const puts: Put[] = [
        { kind: 'person', id, expect: kept?.rev ?? 0, doc },
        ...(await underNames(this.#store, doc)),
      ]
      if (old !== null && old !== id) puts.push(...(await replacing(this.#store, old, id)))
      if (id !== address && !puts.some((put) => put.kind === 'alias' && put.id === address))
        puts.push({ kind: 'alias', id: address, expect: alias?.rev ?? 0, doc: { person: id } })
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

  /** An address that others are kept under is this person's once both are made one, and not before. */
  async #ownAddress({ address, ...sender }: Sender, id: PersonId): Promise<Sender> {
    const other = address === undefined ? null : await this.find(address)
    return address === undefined || (other !== null && other !== id) ? sender : { ...sender, address }
  }

  /** Another name for a person, unless it is theirs already or somebody else's. */
  async #alias(id: string, person: PersonId): Promise<readonly Put[]> {
    if (id === '' || id === person || (await this.find(id)) !== null) return []
    return [{ kind: 'alias', id, expect: 0, doc: { person } }]
  }
}

function withoutReach({ reach: _, ...rest }: PersonRecord): PersonRecord {
  return rest
}

/** A record with what the channel told; a name that was only an address or id gives way to a real one. */
function withSender(before: PersonRecord, sender: Sender): PersonRecord {
  const isNameless = before.name === before.id || before.name === before.address
  const address = sender.address === undefined ? before.address : plainAddress(sender.address)
  const objectId = plainAddress(sender.objectId ?? '')
  return {
    ...before,
    ...(objectId === '' || objectId === before.id ? {} : { objectId }),
    name: (isNameless && sender.name) || before.name,
    ...(address === undefined ? {} : { address }),
    reach: sender.reach,
    ...(sender.zone === undefined ? {} : { zone: sender.zone }),
  }
}

function stranger(id: PersonId): PersonRecord {
  return { id, name: id, welcomed: false, ...(id.includes('@') ? { address: id } : {}) }
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
