/** People as they come and go: met, welcomed once, linked to the address they were known by, and let go. */
import { type PersonId } from '../core/person.ts'
import { type PersonRecord } from '../store/documents.ts'
import { themselves } from '../switchboard/author.ts'
import { type Directory, type Sender } from '../switchboard/directory.ts'
import { linkAddress } from '../switchboard/link.ts'
import { type SettingsDesk } from '../switchboard/settings.ts'
import { type Sweeping } from '../switchboard/sweeping.ts'
import { type Switchboard } from '../switchboard/switchboard.ts'
import { type Messenger } from './messenger.ts'

export type ArrivalsParts = {
  readonly directory: Directory
  readonly switchboard: Switchboard
  readonly settings: SettingsDesk
  readonly messenger: Messenger
  readonly sweeping: Sweeping
  /** Told of everybody who can be reached for the first time. */
  readonly onNew?: (person: PersonId) => void
}

export class Arrivals {
  readonly #parts: ArrivalsParts

  constructor(parts: ArrivalsParts) {
    this.#parts = parts
  }

  /** Keeps who spoke. Somebody reached for the first time gets the cards of calls that ring them now. */
  async met(sender: Sender): Promise<PersonRecord> {
    const { directory, switchboard } = this.#parts
    const full = await this.#withAddress(sender)
    const known = await directory.meet(full)
    if (full.address !== undefined) await linkAddress(this.#parts, known.person, full.address)
    if (!known.isNewlyReached) return known.person
    this.#parts.onNew?.(known.person.id)
    await switchboard.showAgain(known.person.id)
    return known.person
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
    const id: PersonId | null = await this.#parts.directory.find(sender.objectId ?? sender.user)
    if (id === null) return
    await this.#parts.directory.change(id, ({ reach: _, ...rest }) => ({ ...rest, welcomed: false }))
    await this.#parts.sweeping.left(themselves(id), id)
  }

  /**
   * Somebody says who they are, where nobody is authenticated. Who has no address yet gets this one and keeps all they
   * have set up; anybody else is from now on the person with that address.
   */
  async introduced(sender: Sender, address: string): Promise<PersonRecord> {
    const { directory, switchboard, settings } = this.#parts
    const { person } = await directory.meet(sender)
    const known = await directory.find(address)
    const isOther = known !== null && known !== person.id
    const isTaken =
      isOther && ((await directory.person(known)).welcomed || (await settings.isUntouched(person.id)))
    if (isTaken || (person.address !== undefined && person.address !== address)) {
      await directory.become(sender, known ?? address)
      await directory.giveAddress(known ?? address, address, nameFrom(address))
    } else await linkAddress(this.#parts, { ...person, name: nameFrom(address) }, address)
    const id = (await directory.find(address)) ?? person.id
    await switchboard.showAgain(id)
    return directory.person(id)
  }

  /** In Teams the address is asked for once; whom others know by that address is then this person. */
  async #withAddress(sender: Sender): Promise<Sender> {
    const { directory, messenger } = this.#parts
    if (sender.reach.channel !== 'msteams') return sender
    const id = await directory.find(sender.objectId ?? sender.user)
    if (id !== null && (await directory.person(id)).address !== undefined) return sender
    const member = await messenger.member(sender.reach, sender.user)
    if (member.is !== 'member') return sender
    const { name, address, objectId } = member
    return {
      ...sender,
      name: sender.name || name,
      ...(address === undefined ? {} : { address }),
      ...(objectId === undefined ? {} : { objectId: sender.objectId ?? objectId }),
    }
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
