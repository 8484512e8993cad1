/** People as they come and go: met, welcomed once, linked to the addresses they were known by, and let go. */
import { type PersonId, plainAddress } from '../core/person.ts'
import { type PersonRecord } from '../store/documents.ts'
import { themselves } from '../switchboard/author.ts'
import { type Directory, type Met, type Sender } from '../switchboard/directory.ts'
import { calledInRoster, isSomebodyElse, objectIdIn } from '../switchboard/identity.ts'
import { linkAddress } from '../switchboard/link.ts'
import { type SettingsDesk } from '../switchboard/settings.ts'
import { type Sweeping } from '../switchboard/sweeping.ts'
import { type Switchboard } from '../switchboard/switchboard.ts'
import { type After, inTime } from './gate/in-time.ts'
import { type Member, type Messenger } from './send/messenger.ts'

export type ArrivalsParts = {
  readonly directory: Directory
  readonly switchboard: Switchboard
  readonly settings: SettingsDesk
  readonly messenger: Messenger
  readonly sweeping: Sweeping
  readonly now: () => number
  readonly after: After
  /** Told of everybody who can be reached for the first time. */
  readonly onNew?: (person: PersonId) => void
  /** Told of everybody about whom Teams should be asked, since what is known may be so no longer. */
  readonly onUnsure?: (person: PersonId) => void
}

/** Whoever comes for the first time waits so long at most for Teams to say who they are: milliseconds. */
const introducedWithinMs = 2000
/** What Teams said is good for a day. */
export const askedAgainMs = 24 * 60 * 60 * 1000

export class Arrivals {
  readonly #parts: ArrivalsParts
  /** Whom Teams is asked about now: it tells of one installation twice. */
  readonly #asked = new Map<string, Promise<Member | null>>()

  constructor(parts: ArrivalsParts) {
    this.#parts = parts
  }

  /**
   * Keeps who spoke. Somebody reached for the first time gets the cards of calls that ring them now. A click `isHurried`:
   * a caller waits, so nothing is asked before it is decided.
   */
  async met(sender: Sender, isHurried = false): Promise<PersonRecord> {
    const { directory, switchboard, now, onNew, onUnsure } = this.#parts
    const isNew = !isHurried && isOfTeams(sender) && (await directory.recognize(sender)) === null
    const member = isNew ? await this.#introducedByTeams(sender) : null
    const met = await directory.meet(member ? withMember(sender, member, now()) : sender)
    const { id } = met.person
    await this.#link(id, member?.addresses ?? [])
    if (isOfTeams(sender) && this.#isUnsure(met)) onUnsure?.(id)
    if (!met.isNewlyReached) return met.person
    onNew?.(id)
    await switchboard.showAgain(id)
    return directory.person(id)
  }

  /** Teams said who somebody is: how they are called, and where calls for these addresses go. Null: it does not know. */
  async told(id: PersonId, member: Member | null): Promise<void> {
    const { directory, now } = this.#parts
    const known = objectIdIn(await directory.person(id))
    const isThem = member !== null && (known ?? '') === plainAddress(member.objectId ?? known ?? '')
    await directory.change(id, (before) => calledInRoster(before, isThem ? member.name : '', now()))
    if (isThem) await this.#link(id, member.addresses)
  }

  /** Somebody opened the bot: met, and welcomed if that never happened. Installing tells twice; welcomed is once. */
  async opened(sender: Sender): Promise<void> {
    const person = await this.met(sender)
    await this.#parts.directory.welcome(person.id)
  }

  /**
   * Somebody removed the bot: they cannot be reached until they come back, and nobody's calls count on them any more. An
   * admin can take that back for thirty days.
   */
  async removed(sender: Sender): Promise<void> {
    const id = await this.#parts.directory.recognize(sender)
    if (id === null) return
    await this.#parts.directory.change(id, ({ reach: _, ...rest }) => ({ ...rest, welcomed: false }))
    await this.#parts.sweeping.left(themselves(id), id)
  }

  /**
   * Somebody says who they are, where nobody is authenticated. Who has no address yet gets this one and keeps all they
   * have set up; anybody else is from now on the person with that address.
   */
  async introduced(sender: Sender, address: string): Promise<PersonRecord> {
    const { directory, switchboard } = this.#parts
    const { person } = await directory.meet(sender)
    const known = await directory.find(address)
    const isTaken = known !== null && known !== person.id && (await this.#isTaken(known, person.id))
    const name = nameFrom(address)
    if (isTaken || (person.address !== undefined && person.address !== address)) {
      await directory.become(sender, known ?? address)
      await directory.giveAddress(known ?? address, { address, name })
    } else await linkAddress(this.#parts, { person: person.id, address, name })
    const id = (await directory.find(address)) ?? person.id
    await switchboard.showAgain(id)
    return directory.person(id)
  }

  /** Whether whoever is kept here cannot simply become the one who says that this is them. */
  async #isTaken(known: PersonId, person: PersonId): Promise<boolean> {
    const { directory, settings } = this.#parts
    const record = await directory.person(known)
    return record.welcomed || isSomebodyElse(record, person) || (await settings.isUntouched(person))
  }

  /** Asks Teams about somebody who comes for the first time; null when it does not say soon. */
  #introducedByTeams(sender: Sender): Promise<Member | null> {
    const { user } = sender
    const asked = this.#asked.get(user) ?? this.#askTeams(sender).finally(() => this.#asked.delete(user))
    this.#asked.set(user, asked)
    return asked
  }

  async #askTeams({ reach, user }: Sender): Promise<Member | null> {
    const { messenger, after } = this.#parts
    const member = await inTime(after, introducedWithinMs, messenger.member(reach, user))
    return member?.is === 'member' ? member : null
  }

  /** The first address is the one they are known by; the others only lead to them. */
  async #link(person: PersonId, [address, ...further]: readonly string[]): Promise<void> {
    if (address !== undefined) await linkAddress(this.#parts, { person, address })
    for (const other of further) await linkAddress(this.#parts, { person, address: other, isFurther: true })
  }

  /** Whether what Teams said of them when it was asked may be so no longer. */
  #isUnsure({ person, isRenamed }: Met): boolean {
    return isRenamed || (person.teams?.askedAt ?? 0) + askedAgainMs <= this.#parts.now()
  }
}

function isOfTeams({ reach }: Sender): boolean {
  return reach.channel === 'msteams'
}

function withMember(sender: Sender, { name, addresses, objectId }: Member, at: number): Sender {
  const [address] = addresses
  return {
    ...sender,
    roster: { name, at },
    ...(address === undefined ? {} : { address }),
    ...(objectId === undefined ? {} : { objectId: sender.objectId ?? objectId }),
  }
}

/** "bo.ek@contoso.com" is shown as Bo Ek until a better name is known. */
function nameFrom(address: string): string {
  const words = address.slice(0, address.indexOf('@')).split(/[._-]+/u)
  return (
    words
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(' ')
      .trim() || address
  )
}
