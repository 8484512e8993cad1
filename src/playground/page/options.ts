/** A list of options under a field that one types into: arrows walk it, Enter takes one, Escape closes it. */
import { element } from './element.ts'

export type Option = { readonly value: string; readonly title: string; readonly detail?: string }

const mostShown = 8
let lists = 0

export class Options {
  readonly list: HTMLUListElement
  readonly #field: HTMLInputElement | HTMLTextAreaElement
  readonly #choose: (value: string) => void
  #options: readonly Option[] = []
  #at = -1

  constructor(field: HTMLInputElement | HTMLTextAreaElement, choose: (value: string) => void) {
    lists += 1
    this.#field = field
    this.#choose = choose
    this.list = element('ul', { class: 'options', role: 'listbox', id: `options-${lists}`, hidden: true })
    this.list.setAttribute('aria-label', 'Suggestions')
    field.setAttribute('aria-autocomplete', 'list')
    field.setAttribute('aria-haspopup', 'listbox')
    field.setAttribute('aria-controls', this.list.id)
    // A field of several lines may not be a combobox (ARIA in HTML).
    if (field instanceof HTMLInputElement) field.setAttribute('role', 'combobox')
    field.addEventListener('keydown', (event) => {
      this.#key(event as KeyboardEvent)
    })
    field.addEventListener('blur', () => {
      this.close()
    })
    this.close()
  }

  isOpen(): boolean {
    return !this.list.hidden
  }

  /** Shows these; none of them closes the list. `isFirstChosen`: Enter takes the first. */
  offer(options: readonly Option[], isFirstChosen = true): void {
    this.#options = options.slice(0, mostShown)
    this.list.replaceChildren(...this.#options.map((option, at) => this.#row(option, at)))
    this.list.hidden = this.#options.length === 0
    if (this.#field.role === 'combobox') this.#field.setAttribute('aria-expanded', String(this.isOpen()))
    this.#mark(isFirstChosen && this.isOpen() ? 0 : -1)
  }

  close(): void {
    this.offer([])
  }

  #row({ title, detail }: Option, at: number): HTMLLIElement {
    const row = element('li', { role: 'option', id: `${this.list.id}-${at}`, 'aria-selected': 'false' })
    row.append(element('span', { class: 'option-title' }, title))
    if (detail !== undefined) row.append(element('span', { class: 'option-detail' }, detail))
    // The field keeps the focus.
    row.addEventListener('mousedown', (event) => {
      event.preventDefault()
    })
    row.addEventListener('click', () => {
      this.#take(at)
    })
    return row
  }

  #key(event: KeyboardEvent): void {
    if (!this.isOpen()) return
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step !== undefined) {
      const count = this.#options.length
      this.#mark((this.#at + step + count) % count)
    } else if (event.key === 'Enter' && this.#at >= 0) this.#take(this.#at)
    else if (event.key === 'Escape') this.close()
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  #mark(at: number): void {
    this.#at = at
    for (const [index, row] of [...this.list.children].entries()) {
      row.setAttribute('aria-selected', String(index === at))
      if (index === at) row.scrollIntoView({ block: 'nearest' })
    }
    if (at < 0) this.#field.removeAttribute('aria-activedescendant')
    else this.#field.setAttribute('aria-activedescendant', `${this.list.id}-${at}`)
  }

  #take(at: number): void {
    const option = this.#options[at]
    this.close()
    if (option) this.#choose(option.value)
  }
}
