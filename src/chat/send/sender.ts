/** Writes to people outside a turn: to where they were last met, or, in Teams, to a conversation opened for it. */
import { isObjectId, type PersonId } from '../../core/person.ts'
import { type PersonRecord, type Reach } from '../../store/documents.ts'
import { type EffectResult } from '../../store/store.ts'
import { type Directory } from '../../switchboard/directory.ts'
import { forChannel } from '../draw/card.ts'
import { type Message, type Messenger, type SendFailure, type SendOptions, type Sent } from './messenger.ts'

/** Waits before a message that was certainly not delivered is tried again: milliseconds. */
const againMs = 1000
/** Whatever Teams asks for, nothing to be told waits longer than this. */
const longestWaitMs = 60_000

export class Sender {
  readonly #messenger: Messenger
  readonly #directory: Directory

  constructor(messenger: Messenger, directory: Directory) {
    this.#messenger = messenger
    this.#directory = directory
  }

  /** Where somebody can be written to, opening a conversation like that of `similar` when they never wrote. */
  async reachOf(person: PersonRecord, similar: PersonRecord | null): Promise<Reach | SendFailure> {
    if (person.reach) return person.reach
    const like = similar?.reach
    if (like?.channel !== 'msteams' || !isObjectId(person.id)) return { is: 'unreachable' }
    const opened = await this.#messenger.open(like, person.id)
    if (opened.is !== 'opened') return opened
    const reach: Reach = { ...like, conversation: opened.conversation, user: person.id }
    await this.#directory.change(person.id, (before) => ({ ...before, reach: before.reach ?? reach }))
    return reach
  }

  async post(to: Reach, message: Message, priority: SendOptions['priority']): Promise<Sent | SendFailure> {
    return this.#messenger.post(to, shaped(to, message), { priority })
  }

  async update(to: Reach, activity: string, message: Message): Promise<Sent | SendFailure> {
    return this.#messenger.update(to, activity, shaped(to, message))
  }

  async remove(to: Reach, activity: string): Promise<Sent | SendFailure> {
    return this.#messenger.delete(to, activity)
  }

  /** Posts a message that is worth waiting for but not worth failing for; unreachable people simply miss it. */
  async tell(id: PersonId, similar: PersonId | null, message: Message): Promise<EffectResult> {
    const person = await this.#directory.person(id)
    const like = similar === null ? null : await this.#directory.person(similar)
    const reach = await this.reachOf(person, like)
    const sent = 'conversation' in reach ? await this.post(reach, message, 3) : reach
    if (sent.is === 'unreachable' && person.reach) await this.lost(id)
    return triedAgain(sent)
  }

  /** Keeps that somebody can no longer be written to; they become reachable again when they write. */
  async lost(id: PersonId): Promise<void> {
    await this.#directory.change(id, ({ reach: _, ...rest }) => rest)
  }
}

/**
 * When a failed message goes out again: what was certainly not delivered is repeated, anything else is not. A wait that is
 * asked for is kept, up to `mostMs`: as long as there is something to wait for.
 */
export function triedAgain(result: Sent | SendFailure, mostMs = longestWaitMs): EffectResult {
  if (result.is === 'throttled')
    return { is: 'later', afterMs: Math.min(result.retryAfterMs, Math.max(againMs, mostMs)) }
  return result.is === 'transient' ? { is: 'later', afterMs: againMs } : { is: 'done' }
}

function shaped(to: Reach, message: Message): Message {
  return message.card ? { ...message, card: forChannel(message.card, to.channel) } : message
}
