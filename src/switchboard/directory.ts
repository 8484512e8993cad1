/** Who people are: their names, their other names, and where the bot can write to them. */
import { type PersonId, plainAddress } from '../core/person.ts'
import { wholeText } from '../core/whole.ts'
import { type NameSource, type PersonRecord, type Reach } from '../store/documents.ts'
import { type Batch, type Put, type Store } from '../store/store.ts'
import { merged } from './batch.ts'
import { changingHands } from './changing-hands.ts'
import { told } from './effects.ts'
import {
  called,
  calledInRoster,
  calledInTurn,
  isNameless,
  isSomebodyElse,
  nameLeadingTo,
  objectIdIn,
  ownIdOf,
  stranger,
  withAddress,
  withFurtherAddress,
} from './identity.ts'
import { idsNamed, underNames } from './names.ts'
import { foundOfEach } from '../walk.ts'
import { replacing, whoIs } from './who-is.ts'

/** What a channel tells about whoever writes or clicks. */
export type Sender = {
  /** Their id in the channel, and their Entra object id where the channel knows it. */
  readonly user: string
  readonly objectId?: string
  readonly name: string
  readonly reach: Reach
  readonly zone?: string
  /** The address the channel vouches for, where it has been asked. */
  readonly address?: string
  /** The name that Teams has for them, and when it was asked for it. */
  readonly roster?: { readonly name: string; readonly at: number }
}

/** Somebody who wrote, whether the bot could not reach them before, and whether Teams calls them otherwise than before. */
export type Met = {
  readonly person: PersonRecord
  readonly isNewlyReached: boolean
  readonly isRenamed: boolean
}

/** An address that somebody has, or that only leads to them, and what they are called by whoever says so. */
export type Given = {
  readonly address: string
  readonly isFurther?: boolean
  readonly name?: string
  readonly source?: NameSource
}

/**
 * People by name and by id. A name (an address, an object id, a channel's user id) means whoever has it now: `find`. An id
 * that was kept means the same person for ever, also where it looks like an address: `whoIs`.
 */
export class Directory {
  readonly #store: Store
  readonly #now: () => number

  constructor(store: Store, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** Whom an address, object id or channel id means now; null when the bot has never heard of them. */
  async find(name: string): Promise<PersonId | null> {
    const plain = plainAddress(name)
    const [alias, kept] = await Promise.all([
      this.#store.get('alias', plain),
      this.#store.get('person', plain),
    ])
    if (alias) return (await whoIs(this.#store, alias.doc.person)) ?? alias.doc.person
    return kept ? plain : null
  }

  /** Whom the bot has met in this sender; null when it meets them for the first time. */
  async recognize({ objectId, user, address }: Sender): Promise<PersonId | null> {
    const byObject = objectId === undefined ? null : await this.find(objectId)
    if (byObject !== null) return byObject
    const byUser = await this.find(user)
    if (byUser !== null && mayBe(await this.person(byUser), objectId)) return byUser
    const byAddress = address === undefined ? null : await this.find(address)
    if (byAddress === null) return null
    return isSomebodyElse(await this.person(byAddress), plainAddress(objectId ?? user)) ? null : byAddress
  }

  /** Who is kept under this id now, their record having become another's perhaps; null for nobody. */
  async whoIs(id: PersonId): Promise<PersonId | null> {
    return whoIs(this.#store, id)
  }

  /** Somebody's record; people the bot has never heard of have only their id for a name. */
  async person(id: PersonId): Promise<PersonRecord> {
    return (await this.#store.get('person', id))?.doc ?? stranger(id)
  }

  /** Somebody's Entra object id; null where none is known. */
  async objectIdOf(id: PersonId): Promise<string | null> {
    const now = await this.whoIs(id)
    return now === null ? null : (objectIdIn(await this.person(now)) ?? null)
  }

  /** A name that leads back to this person: what call sources are told, and tell. */
  async nameOf(id: PersonId): Promise<string> {
    return nameLeadingTo(await this.person(id))
  }

  async people(ids: Iterable<PersonId>): Promise<ReadonlyMap<PersonId, PersonRecord>> {
    const records = await foundOfEach([...new Set(ids)], (id) => this.person(id))
    return new Map(records.map((record) => [record.id, record]))
  }

  /** People the bot knows by this name or part of it, or has met last when the name is empty. */
  async named(name: string): Promise<readonly PersonRecord[]> {
    return [...(await this.people(await idsNamed(this.#store, name))).values()]
  }

  /** Keeps who wrote and where they can be reached; the address that the channel vouches for is theirs from now on. */
  async meet(sender: Sender): Promise<Met> {
    for (;;) {
      const id = (await this.recognize(sender)) ?? plainAddress(sender.objectId ?? sender.user)
      const kept = await this.#store.get('person', id)
      const before = kept?.doc ?? stranger(id)
      const told = withSender(before, sender)
      const address = plainAddress(sender.address ?? '')
      const claim = await this.#claim(address, told)
      const after = claim && address !== '' ? withAddress(told, address) : told
      const { inTurn } = before.teams ?? {}
      const isRenamed = inTurn !== undefined && inTurn !== after.teams?.inTurn
      const met: Met = { person: after, isNewlyReached: before.reach === undefined, isRenamed }
      if (kept && isSame(before, after)) return met
      const puts: Put[] = [{ kind: 'person', id, expect: kept?.rev ?? 0, doc: after }]
      for (const other of new Set([sender.user, sender.objectId ?? ''].map(plainAddress)))
        puts.push(...(await this.#alias(other, id)))
      puts.push(...(await underNames(this.#store, after)))
      if ((await this.#store.commit(merged({ puts }, claim ?? {}))) === 'committed') return met
    }
  }

  /** Sees to it that a person is welcomed, once however often they arrive. */
  async welcome(id: PersonId): Promise<void> {
    for (;;) {
      const kept = await this.#store.get('person', id)
      if (!kept || kept.doc.welcomed) return
      const puts: Put[] = [{ kind: 'person', id, expect: kept.rev, doc: { ...kept.doc, welcomed: true } }]
      const effects = [told(id, 'welcome', id)]
      if ((await this.#store.commit({ puts, effects })) === 'committed') return
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
      if (kept && isSame(before, after)) return after
      if (!kept && (await this.whoIs(id)) !== null) return before
      const puts: Put[] = [{ kind: 'person', id, expect: kept?.rev ?? 0, doc: after }]
      puts.push(...(await underNames(this.#store, after)))
      puts.push(...(await this.#alias(plainAddress(after.address ?? ''), id)))
      if ((await this.#store.commit({ puts })) === 'committed') return after
    }
  }

  /** Keeps somebody whom the bot has not met, under the address or object id they were named by. */
  async mention(name: string, shownAs = '', source: NameSource = 'mention'): Promise<PersonId> {
    const known = await this.find(name)
    const id = known ?? plainAddress(name)
    if (known === null || shownAs !== '') await this.change(id, (before) => called(before, shownAs, source))
    return id
  }

  /**
   * This address is this person's from now on. Whoever is certainly somebody else has it no more; whoever was kept under
   * it without being anybody else is them.
   */
  async giveAddress(
    id: PersonId,
    { address, isFurther, name = '', source = 'address' }: Given,
  ): Promise<void> {
    for (;;) {
      const [kept, holder] = await Promise.all([this.#store.get('person', id), this.find(address)])
      const person = called(kept?.doc ?? stranger(id), name, source)
      const doc = isFurther ? withFurtherAddress(person, address) : withAddress(person, address)
      const claim = (await this.#claim(address, doc)) ?? {
        puts: await this.#joining(holder ?? address, id, address),
      }
      const puts: Put[] = [{ kind: 'person', id, expect: kept?.rev ?? 0, doc }]
      puts.push(...(await underNames(this.#store, doc)))
      if ((await this.#store.commit(merged({ puts }, claim))) === 'committed') return
    }
  }

  /** This channel user is that person from now on, and is no longer whoever they were. */
  async become(sender: Sender, id: PersonId): Promise<void> {
    const user = plainAddress(sender.user)
    for (;;) {
      const was = (await this.recognize(sender)) ?? user
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

  /**
   * What it takes to make this address a person's: nothing else than to say so, or to take it from whoever has it. Null when
   * a record without an owner stands in between: then that is this person too, and all that counts on it is to be changed.
   */
  async #claim(address: string, person: PersonRecord): Promise<Batch | null> {
    const { id } = person
    if (address === '') return {}
    const holder = await this.find(address)
    if (holder === null || holder === id) return { puts: await this.#leading(address, id) }
    if (!isSomebodyElse(await this.person(holder), ownIdOf(person))) return null
    return changingHands(this.#store, { address, from: holder, to: id, at: this.#now() })
  }

  /** Puts by which an old record becomes this person's, and the address leads to them. */
  async #joining(old: PersonId, id: PersonId, address: string): Promise<readonly Put[]> {
    const puts = await replacing(this.#store, old, id)
    const isLed = puts.some((put) => put.kind === 'alias' && put.id === address)
    return isLed ? puts : [...puts, ...(await this.#leading(address, id))]
  }

  /** A put by which an address leads to a person, unless it does or is their id. */
  async #leading(address: string, id: PersonId): Promise<readonly Put[]> {
    const alias = await this.#store.get('alias', address)
    if (alias?.doc.person === id || (!alias && id === address)) return []
    return [{ kind: 'alias', id: address, expect: alias?.rev ?? 0, doc: { person: id } }]
  }

  /** Another name for a person, unless it is theirs already or somebody else's. */
  async #alias(name: string, person: PersonId): Promise<readonly Put[]> {
    if (name === '' || name === person || (await this.find(name)) !== null) return []
    return [{ kind: 'alias', id: name, expect: 0, doc: { person } }]
  }
}

/** Whether somebody known by their id in the channel may have this object id: no other one is known of them. */
function mayBe(person: PersonRecord, objectId: string | undefined): boolean {
  const known = objectIdIn(person)
  return objectId === undefined || known === undefined || known === plainAddress(objectId)
}

function withoutReach({ reach: _, ...rest }: PersonRecord): PersonRecord {
  return rest
}

/** A record with what the channel told. Only Teams knows what people are called; elsewhere everybody may be "User". */
function withSender(before: PersonRecord, sender: Sender): PersonRecord {
  const { objectId = '', name, reach, zone, roster } = sender
  const id = plainAddress(objectId)
  const asked = roster ? calledInRoster(before, roster.name, roster.at) : before
  const named =
    reach.channel === 'msteams'
      ? calledInTurn(asked, name)
      : { ...asked, name: (isNameless(asked) && wholeText(name)) || asked.name }
  return {
    ...named,
    ...(id === '' || id === before.id ? {} : { objectId: id }),
    reach,
    ...(zone === undefined ? {} : { zone }),
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
