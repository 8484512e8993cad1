/** What is on everybody's screen: the messages of each person's chat with the bot, oldest first, and no more than so many. */
import { type CardJson } from '../chat/draw/card.ts'

/** What a message shows. */
export type Drawn = {
  readonly text: string
  readonly card: CardJson | null
  /** The line of its notification. */
  readonly summary: string
  /** Whether its person is alerted beyond the message itself. */
  readonly alert: boolean
}

export type Shown = Drawn & {
  readonly id: string
  readonly from: 'bot' | 'person'
  /** When it was posted, in milliseconds since 1970. */
  readonly at: number
}

/** One change of a screen. Whoever is shown a message for the first time puts it last; one they know is drawn anew. */
export type ScreenChange =
  | { readonly is: 'shown'; readonly conversation: string; readonly shown: Shown; readonly isNew: boolean }
  | { readonly is: 'gone'; readonly conversation: string; readonly id: string }

export type ScreensParts = {
  readonly now: () => number
  /** How many messages a chat keeps; the oldest go first. */
  readonly most: number
  readonly changed: (change: ScreenChange) => void
}

export class Screens {
  readonly #parts: ScreensParts
  readonly #chats = new Map<string, Shown[]>()

  constructor(parts: ScreensParts) {
    this.#parts = parts
  }

  of(conversation: string): readonly Shown[] {
    return this.#chats.get(conversation) ?? []
  }

  /** Puts back what was on a screen before. */
  restore(conversation: string, messages: readonly Shown[]): void {
    this.#chats.set(conversation, messages.slice(-this.#parts.most))
  }

  post(conversation: string, message: Drawn & Pick<Shown, 'id' | 'from'>): void {
    const shown = { ...message, at: this.#parts.now() }
    const chat = this.#chats.get(conversation) ?? []
    this.#chats.set(conversation, chat)
    chat.push(shown)
    this.#parts.changed({ is: 'shown', conversation, shown, isNew: true })
    this.#keepLast(conversation, chat, this.#parts.most)
  }

  /** Draws a message anew where it stands; false when it is not there. */
  redraw(conversation: string, id: string, drawn: Drawn): boolean {
    const shown = this.of(conversation).find((one) => one.id === id)
    if (!shown) return false
    Object.assign(shown, drawn)
    this.#parts.changed({ is: 'shown', conversation, shown, isNew: false })
    return true
  }

  /** Takes a message off the screen; false when it is not there. */
  remove(conversation: string, id: string): boolean {
    const chat = this.#chats.get(conversation) ?? []
    const at = chat.findIndex((one) => one.id === id)
    if (at < 0) return false
    chat.splice(at, 1)
    this.#parts.changed({ is: 'gone', conversation, id })
    return true
  }

  /** Leaves only the newest messages of every chat. */
  keepLast(most: number): void {
    for (const [conversation, chat] of this.#chats) this.#keepLast(conversation, chat, most)
  }

  #keepLast(conversation: string, chat: Shown[], most: number): void {
    for (const { id } of chat.splice(0, Math.max(0, chat.length - most)))
      this.#parts.changed({ is: 'gone', conversation, id })
  }
}
