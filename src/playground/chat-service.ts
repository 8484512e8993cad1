/**
 * Behaves towards a bot as Teams does: one personal chat for everybody who has the bot, where it posts, redraws and deletes
 * messages, and a roster that says who people are. Where it listens is for others to say: the playground's routes, the
 * tests' peer.
 */
import { type CardJson } from '../chat/draw/card.ts'
import { type Drawn, type Screens } from './screens.ts'

/** Somebody of the organization, whether they have the bot or not. */
export type Member = {
  readonly name: string
  /** Their user principal name, and their mail address. */
  readonly address: string
  readonly mail: string
  readonly objectId: string
  /** Their id in the channel. */
  readonly user: string
  /** Their chat with the bot. */
  readonly conversation: string
  /** They do not have the bot: not yet, or no longer. */
  readonly isRemoved: boolean
}

export type ServiceAnswer = { readonly status: number; readonly body: object }

type Body = Readonly<Record<string, unknown>>

export class ChatService {
  readonly screens: Screens
  readonly #members: () => readonly Member[]
  #nextId: number

  /** `firstId`: ids are counted from here, and none is given twice. */
  constructor(screens: Screens, members: () => readonly Member[], firstId = 1) {
    this.screens = screens
    this.#members = members
    this.#nextId = firstId
  }

  /** Answers one request of the bot; `path` begins with /v3/conversations and is decoded. */
  answer(method: string, path: string, body: Body): ServiceAnswer {
    const [, version, place, conversation = '', kind, id = ''] = path.split('/')
    if (version !== 'v3' || place !== 'conversations') return refused(404, 'NotFound')
    if (conversation === '') return method === 'POST' ? this.opened(body) : refused(405, 'MethodNotAllowed')
    if (kind === 'members' && method === 'GET') return this.member(id)
    const member = this.#members().find((one) => one.conversation === conversation)
    if (!member) return refused(404, 'ConversationNotFound')
    if (member.isRemoved) return refused(403, 'BotNotInConversationRoster')
    if (kind !== 'activities') return refused(404, 'NotFound')
    if (isTooBig(body)) return refused(413, 'RequestEntityTooLarge')
    if (method === 'POST') return this.#posted(conversation, body)
    if (method === 'PUT') return this.#put(conversation, id, body)
    if (method === 'DELETE') return this.#deleted(conversation, id)
    return refused(405, 'MethodNotAllowed')
  }

  /** A name for a message that none had before. */
  newId(): string {
    this.#nextId += 1
    return `1:${this.#nextId}`
  }

  /** Teams opens the one personal chat of a user who has the app. */
  protected opened({ members }: Body): ServiceAnswer {
    const member = this.#called(idOfFirst(members))
    if (!member || member.isRemoved) return refused(403, 'BotNotInConversationRoster')
    return { status: 201, body: { id: member.conversation } }
  }

  protected member(user: string): ServiceAnswer {
    const member = this.#called(user)
    if (!member) return refused(404, 'MemberNotFoundInConversation')
    const { name, address, objectId, mail } = member
    return {
      status: 200,
      body: { id: user, name, aadObjectId: objectId, userPrincipalName: address, email: mail },
    }
  }

  /** Draws a message anew; whether it is there at all. */
  protected redrawn(conversation: string, id: string, drawn: Drawn): boolean {
    return this.screens.redraw(conversation, id, drawn)
  }

  #called(name: string): Member | undefined {
    return this.#members().find(({ user, objectId }) => [user, objectId].includes(name))
  }

  #posted(conversation: string, body: Body): ServiceAnswer {
    const id = this.newId()
    this.screens.post(conversation, { id, from: 'bot', ...readActivity(body) })
    return { status: 201, body: { id } }
  }

  #put(conversation: string, id: string, body: Body): ServiceAnswer {
    if (body['id'] !== id) return refused(400, 'BadArgument')
    if (!this.redrawn(conversation, id, readActivity(body)))
      return refused(404, 'ActivityNotFoundInConversation')
    return { status: 200, body: { id } }
  }

  #deleted(conversation: string, id: string): ServiceAnswer {
    if (!this.screens.remove(conversation, id)) return refused(404, 'ActivityNotFoundInConversation')
    return { status: 200, body: {} }
  }
}

/** A refusal as the Bot Framework writes it. */
export function refused(status: number, code: string): ServiceAnswer {
  return { status, body: { error: { code, message: code } } }
}

/** Teams takes 28 KB of a message, counted in UTF-16 (limits and specifications of Teams bots). */
export function isTooBig(body: object): boolean {
  return JSON.stringify(body).length * 2 > 28 * 1024
}

function readActivity({ text, summary, attachments, channelData }: Body): Drawn {
  const content = partOf(Array.isArray(attachments) ? attachments[0] : undefined, 'content')
  return {
    text: typeof text === 'string' ? text : '',
    card: isRecord(content) ? content : null,
    summary: typeof summary === 'string' ? summary : '',
    alert: partOf(partOf(channelData, 'notification'), 'alert') === true,
  }
}

function idOfFirst(members: unknown): string {
  const id = partOf(Array.isArray(members) ? members[0] : undefined, 'id')
  return typeof id === 'string' ? id : ''
}

function partOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined
}

function isRecord(value: unknown): value is CardJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
