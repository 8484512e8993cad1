/** One message of a chat as an element: what its person typed, or what the bot wrote. */
import { type Message } from './api.ts'
import { drawCard, type Pressed } from './card.ts'
import { element } from './element.ts'

export type MessageParts = {
  readonly press: (message: string, pressed: Pressed) => void
  readonly personName: string
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

export class MessageView {
  readonly root: HTMLLIElement
  readonly #parts: MessageParts
  readonly #body = element('div', { class: 'message-body' })
  #message: Message

  constructor(message: Message, parts: MessageParts) {
    this.#parts = parts
    this.#message = message
    const isOwn = message.from === 'person'
    const who = isOwn ? parts.personName : 'Call pickup'
    const meta = element('p', { class: 'message-meta' }, `${who}, ${clock.format(message.at)}`)
    this.root = element(
      'li',
      { class: isOwn ? 'message own' : 'message', 'data-id': message.id },
      meta,
      this.#body,
    )
    this.#body.append(this.#content())
  }

  /** Takes only the room it needs: what is below it moves anyway. */
  settle(): void {
    this.#body.style.minHeight = ''
  }

  /** Draws it anew in its place, with the room it had, so that nothing else moves. Whoever was on a button of it stays on the same one, or else on the card. */
  redraw(message: Message): void {
    const before = this.#message
    this.#message = message
    if (isSame(message, before)) return
    const { activeElement } = document
    const hadFocus = this.#body.contains(activeElement)
    const name = hadFocus ? nameOf(activeElement) : ''
    this.#body.style.minHeight = `${this.#body.offsetHeight}px`
    this.#body.replaceChildren(this.#content())
    this.#body.classList.remove('changed')
    // Reading a size between the two lets the animation begin again.
    void this.#body.offsetWidth
    this.#body.classList.add('changed')
    if (!hadFocus) return
    const same = [
      ...this.#body.querySelectorAll<HTMLElement>('button, input, select, textarea, [tabindex="0"]'),
    ]
    const next =
      same.find((one) => nameOf(one) === name) ?? this.#body.querySelector<HTMLElement>('.ac-adaptiveCard')
    next?.focus({ preventScroll: true })
  }

  #content(): HTMLElement {
    const { card, text, id } = this.#message
    if (card === null) return element('p', { class: 'bubble' }, text)
    const { root, complaints } = drawCard(card, (pressed) => {
      this.#parts.press(id, pressed)
    })
    for (const complaint of complaints) console.error(`the renderer complains: ${complaint}`)
    return element('div', { class: 'card' }, root)
  }
}

function isSame(one: Message, other: Message): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function nameOf(one: Element | null): string {
  return one?.getAttribute('aria-label') ?? one?.textContent ?? ''
}
