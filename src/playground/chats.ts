/** What people of the page do in their chats: type, press buttons, install the bot and remove it, as their Teams would tell it. */
import { type CardJson } from '../chat/draw/card.ts'
import { type WireRequest, type WireResult } from '../wire/wire.ts'
import {
  type Activity,
  drawInvoke,
  envelope,
  installed,
  type InvokeDrawn,
  pressed,
  type Pressed,
  removed,
  typedWith,
} from './chat-client.ts'
import { type ChatService, isTooBig } from './chat-service.ts'
import { type PagePerson, type People } from './people.ts'

export type ChatsParts = {
  readonly service: ChatService
  readonly people: People
  /** Where the bot is, and where it finds the chat service. */
  readonly botUrl: string
  readonly serviceUrl: string
  readonly zone: string
  readonly now: () => number
  readonly newId: () => string
  readonly send: (request: WireRequest) => Promise<WireResult>
}

/** Whether it went through; the word for why not, where it did not. */
export type Went =
  { readonly is: 'went' } | { readonly is: 'tooBig' } | { readonly is: 'failed'; readonly words: string }

/** The bot answers within seven seconds, and Teams waits for fifteen. */
const withinMs = 15_000
const notHeard = 'The bot did not answer. Please try again.'

export class Chats {
  readonly #parts: ChatsParts

  constructor(parts: ChatsParts) {
    this.#parts = parts
  }

  /** Types a text. Whom it mentions stands in it as <at>name</at>. */
  async say(person: PagePerson, text: string, mentioned: readonly PagePerson[] = []): Promise<Went> {
    const { service } = this.#parts
    const activity = typedWith(text, mentioned)
    if (isTooBig(activity)) return { is: 'tooBig' }
    const shown = mentioned.reduce(
      (words, { name }) => words.replaceAll(`<at>${name}</at>`, `@${name}`),
      text,
    )
    const message = { text: shown, card: null, summary: '', alert: false }
    service.screens.post(person.conversation, { id: service.newId(), from: 'person', ...message })
    return went(await this.#send(person, activity))
  }

  /** Presses a button of a card. */
  async press(person: PagePerson, press: Pressed): Promise<Went> {
    const activity = pressed(press)
    if (isTooBig(activity)) return { is: 'tooBig' }
    const result = await this.#send(person, activity)
    if (press.type === 'Action.Submit' || result.is !== 'answered') return went(result)
    const drawn: InvokeDrawn = drawInvoke(this.#parts.service, person.conversation, press.shown, result)
    return drawn.is === 'drawn' ? { is: 'went' } : drawn
  }

  /** Presses the newest button on somebody's screen that asks for this; null when there is none. */
  async pressNewest(person: PagePerson, verb: string): Promise<Went | null> {
    const messages = this.#parts.service.screens.of(person.conversation)
    for (const { id, card } of [...messages].reverse()) {
      const action = actionOf(card, verb)
      if (!action) continue
      const data = isCard(action['data']) ? action['data'] : {}
      return this.press(person, { type: 'Action.Execute', verb, data, shown: id })
    }
    return null
  }

  /** Installs the bot: from now on it can write to them. */
  async install(person: PagePerson): Promise<Went> {
    this.#parts.people.change(person.objectId, { isRemoved: false })
    let last: WireResult = { is: 'notSent' }
    for (const activity of installed) last = await this.#send(person, activity)
    return went(last)
  }

  /** Removes the bot: from now on Teams refuses what it writes to them. */
  async remove(person: PagePerson): Promise<Went> {
    this.#parts.people.change(person.objectId, { isRemoved: true })
    return went(await this.#send(person, removed))
  }

  #send(person: PagePerson, activity: Activity): Promise<WireResult> {
    const { serviceUrl, botUrl, zone, now, newId, send } = this.#parts
    const body = { ...envelope(person, { serviceUrl, id: newId(), at: now(), zone }), ...activity }
    return send({ method: 'POST', url: `${botUrl}/api/messages`, token: null, body, withinMs })
  }
}

function went(result: WireResult): Went {
  return result.is === 'answered' && result.status < 300 ? { is: 'went' } : { is: 'failed', words: notHeard }
}

/** The action with this verb among those that can be pressed. */
function actionOf(value: unknown, verb: string): CardJson | undefined {
  if (Array.isArray(value)) return firstOf(value, verb)
  if (!isCard(value)) return undefined
  if (value['type'] === 'Action.Execute' && value['verb'] === verb) return value
  const shown = Object.entries(value).filter(([key]) => key !== 'refresh' && key !== 'fallback')
  return firstOf(
    shown.map(([, inner]) => inner),
    verb,
  )
}

function firstOf(values: readonly unknown[], verb: string): CardJson | undefined {
  for (const value of values) {
    const found = actionOf(value, verb)
    if (found) return found
  }
  return undefined
}

function isCard(value: unknown): value is CardJson {
  return typeof value === 'object' && value !== null
}
