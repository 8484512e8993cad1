/** People as they come and go: met, welcomed once, linked to the address they were known by, and let go. */
import { type PersonId } from '../core/person.ts'
import { type PersonRecord } from '../store/documents.ts'
import { type Directory, type Sender } from '../switchboard/directory.ts'
import { type Switchboard } from '../switchboard/switchboard.ts'
import { type Messenger } from './messenger.ts'

export type ArrivalsParts = {
  readonly directory: Directory
  readonly switchboard: Switchboard
  readonly messenger: Messenger
}

export class Arrivals {
  readonly #parts: ArrivalsParts

  constructor(parts: ArrivalsParts) {
    this.#parts = parts
  }

  /** Keeps who spoke. Somebody reached for the first time gets the cards of calls that ring them now. */
  async met(sender: Sender): Promise<PersonRecord> {
    const { directory, switchboard } = this.#parts
    const known = await directory.meet(await this.#withAddress(sender))
    if (known.isNewlyReached) await switchboard.showAgain(known.person.id)
    return known.person
  }

  /** Somebody opened the bot: met, and welcomed if that never happened. Installing tells twice; welcomed is once. */
  async opened(sender: Sender): Promise<void> {
    const person = await this.met(sender)
    await this.#parts.directory.welcome(person.id)
  }

  /** Somebody removed the bot: they cannot be reached until they come back. */
  async removed(sender: Sender): Promise<void> {
    const id: PersonId | null = await this.#parts.directory.find(sender.objectId ?? sender.user)
    if (id !== null)
      await this.#parts.directory.change(id, ({ reach: _, ...rest }) => ({ ...rest, welcomed: false }))
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
