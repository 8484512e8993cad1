/** Somebody's chat with the bot: its messages, a toast for what alerts them, and what did not work. */
import { ask, type Message } from './api.ts'
import { type Pressed } from './card.ts'
import { DrawQueue } from './draw-queue.ts'
import { element } from './element.ts'
import { MessageView } from './message.ts'

/** Shared by all chats, so that they do not hold up the page together either. */
const queue = new DrawQueue()
/** So many are there at first; older ones come when somebody scrolls up to them, before they see the end of what is there. */
const shownAtFirst = 6
const aheadPx = 800
const toastMs = 6000
const problemMs = 8000

export class Chat {
  readonly root: HTMLDivElement
  readonly #person: { readonly id: string; readonly name: string }
  readonly #list = element('ol', { class: 'messages' })
  readonly #scroller: HTMLDivElement
  readonly #toasts = element('div', { class: 'toasts', 'aria-hidden': 'true' })
  readonly #problem = element('p', { class: 'problem', role: 'alert', hidden: true })
  readonly #views = new Map<string, MessageView>()
  /** What came while the chat was being fetched. */
  #waiting: Array<() => void> | null = null
  /** Messages before those that are drawn, oldest first. */
  #older: readonly Message[] = []
  #isRevealing = false
  #isAtEnd = true
  #isBusy = false
  #problemTimer = 0

  constructor(person: { readonly id: string; readonly name: string }) {
    this.#person = person
    this.#list.setAttribute('aria-label', `Chat of ${person.name} with Call pickup`)
    // It scrolls, so a keyboard must be able to reach it.
    this.#scroller = element('div', { class: 'scroller', tabindex: '0', role: 'group' }, this.#list)
    this.#scroller.setAttribute('aria-label', `${person.name}’s messages`)
    this.root = element('div', { class: 'chat' }, this.#scroller, this.#toasts, this.#problem)
    new ResizeObserver(() => {
      this.#stayAtEnd()
    }).observe(this.#list)
    new ResizeObserver(() => {
      this.#stayAtEnd()
      this.#reveal()
    }).observe(this.#scroller)
    this.#scroller.addEventListener('scroll', () => {
      this.#isAtEnd = this.#distanceToEnd() < 40
      this.#reveal()
    })
  }

  /** From now on messages wait until `show` has what was there before. */
  wait(): void {
    this.#waiting = []
  }

  /** Shows the whole chat. What is there already is kept, so that nothing jumps. */
  show(messages: readonly Message[]): void {
    const ids = new Set(messages.map(({ id }) => id))
    for (const id of [...this.#views.keys()]) if (!ids.has(id)) this.#remove(id)
    const known = messages.findIndex(({ id }) => this.#views.has(id))
    const first = known < 0 ? Math.max(0, messages.length - shownAtFirst) : known
    this.#older = messages.slice(0, first)
    for (const message of messages.slice(first)) this.#put(message)
    this.#stayAtEnd()
    this.#reveal()
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const late of waiting) late()
  }

  /** A message that is new, or drawn anew. */
  message(message: Message, isNew: boolean): void {
    if (this.#waiting) {
      this.#waiting.push(() => {
        this.message(message, false)
      })
      return
    }
    if (this.#older.some(({ id }) => id === message.id)) {
      this.#older = this.#older.map((one) => (one.id === message.id ? message : one))
      return
    }
    this.#put(message)
    if (isNew) {
      for (const one of this.#views.values()) one.settle()
      if (message.from === 'person') this.#isAtEnd = true
      this.#stayAtEnd()
      if (message.alert) this.#toast(message)
    } else this.#untoast(message.id)
  }

  gone(id: string): void {
    if (this.#waiting)
      this.#waiting.push(() => {
        this.#remove(id)
      })
    else this.#remove(id)
  }

  /** Says that something did not work, for a while. */
  say(problem: string | null): void {
    clearTimeout(this.#problemTimer)
    this.#problem.hidden = problem === null
    this.#problem.textContent = problem ?? ''
    if (problem !== null)
      this.#problemTimer = window.setTimeout(() => {
        this.say(null)
      }, problemMs)
  }

  /** Brings the newest message into view and the keyboard to it. */
  look(): void {
    this.#isAtEnd = true
    this.#stayAtEnd()
    const newest = this.#list.lastElementChild?.querySelector<HTMLElement>('.ac-adaptiveCard')
    ;(newest ?? this.#scroller).focus({ preventScroll: true })
  }

  #put(message: Message): void {
    const known = this.#views.get(message.id)
    if (known) known.redraw(message)
    else this.#list.append(this.#view(message).root)
  }

  #view(message: Message): MessageView {
    const view = new MessageView(message, {
      personName: this.#person.name,
      press: (id, pressed) => void this.#press(id, pressed),
    })
    this.#views.set(message.id, view)
    return view
  }

  /** Draws older messages for as long as somebody is near the first that is drawn, one at a time; what they see stays. */
  #reveal(): void {
    const { scrollTop, clientHeight } = this.#scroller
    if (this.#isRevealing || this.#older.length === 0 || scrollTop > aheadPx || clientHeight === 0) return
    this.#isRevealing = true
    queue.add(() => {
      this.#isRevealing = false
      const older = this.#older.at(-1)
      if (!older) return
      this.#older = this.#older.slice(0, -1)
      const before = this.#distanceToEnd()
      this.#list.prepend(this.#view(older).root)
      this.#scroller.scrollTop += this.#distanceToEnd() - before
      this.#reveal()
    })
  }

  #remove(id: string): void {
    this.#older = this.#older.filter((one) => one.id !== id)
    const view = this.#views.get(id)
    if (!view) return
    this.#untoast(id)
    view.root.remove()
    this.#views.delete(id)
  }

  async #press(message: string, pressed: Pressed): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    this.root.setAttribute('aria-busy', 'true')
    this.say(await ask('POST', `people/${this.#person.id}/clicks`, { message, ...pressed }))
    this.#isBusy = false
    this.root.removeAttribute('aria-busy')
  }

  #toast({ id, summary }: Message): void {
    const toast = element('p', { class: 'toast', 'data-of': id }, `📞 ${summary}`)
    this.#toasts.replaceChildren(toast)
    window.setTimeout(() => {
      toast.remove()
    }, toastMs)
  }

  /** What a toast says may be so no longer once its message changes. */
  #untoast(id: string): void {
    const [toast] = this.#toasts.children
    if (toast instanceof HTMLElement && toast.dataset['of'] === id) toast.remove()
  }

  #distanceToEnd(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller
    return scrollHeight - scrollTop - clientHeight
  }

  #stayAtEnd(): void {
    if (this.#isAtEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight
  }
}
