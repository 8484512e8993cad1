/** The people picker of Teams: a field in which one types a name, finds people, and has them stand in it. */
import type * as Renderer from 'adaptivecards'
import { type Person } from './api.ts'
import { button, element } from './element.ts'
import { Options } from './options.ts'

declare const AdaptiveCards: typeof Renderer

let people: readonly Person[] = []

/** Whom the picker offers: everybody on the page. */
export function offerPeople(all: readonly Person[]): void {
  people = all
}

/** Makes the renderer draw `Input.People`. */
export function registerPeoplePicker(): void {
  const { StringProperty, BoolProperty, Versions, GlobalRegistry } = AdaptiveCards
  const placeholder = new StringProperty(Versions.v1_0, 'placeholder')
  const isMultiSelect = new BoolProperty(Versions.v1_0, 'isMultiSelect', false)
  const chosen = new StringProperty(Versions.v1_0, 'value')

  class PeoplePicker extends AdaptiveCards.Input {
    static readonly placeholderProperty = placeholder
    static readonly isMultiSelectProperty = isMultiSelect
    static readonly valueProperty = chosen
    #ids: readonly string[] = []
    #chips = element('span', { class: 'picker-chips' })
    #input = element('input', { class: 'ac-input', type: 'text', autocomplete: 'off' })

    getJsonTypeName(): string {
      return 'Input.People'
    }

    isSet(): boolean {
      return this.#ids.length > 0
    }

    get value(): string {
      return this.#ids.join(',')
    }

    protected internalRender(): HTMLElement {
      const given: unknown = this.getValue(chosen)
      this.#ids = typeof given === 'string' && given !== '' ? given.split(',') : []
      const hint: unknown = this.getValue(placeholder)
      this.#input.placeholder = typeof hint === 'string' ? hint : ''
      const options = new Options(this.#input, (id) => {
        this.#choose(id)
      })
      this.#input.addEventListener('input', () => {
        options.offer(this.#offered())
      })
      this.#input.addEventListener('keydown', (event) => {
        if (event.key === 'ArrowDown' && !options.isOpen()) options.offer(this.#offered())
        if (event.key === 'Backspace' && this.#input.value === '') this.#drop(this.#ids.at(-1) ?? '')
      })
      this.#input.addEventListener('click', () => {
        options.offer(this.#offered())
      })
      this.#drawChips()
      return element('div', { class: 'picker' }, this.#chips, this.#input, options.list)
    }

    override focus(): void {
      this.#input.focus()
    }

    /** The label is that of what one types into, not of what stands around it. */
    protected override updateInputControlAriaLabelledBy(): void {
      this.#input.setAttribute('aria-labelledby', this.getAllLabelIds().join(' '))
    }

    #offered() {
      const typed = this.#input.value.trim().toLowerCase()
      return people
        .filter(({ id, name }) => !this.#ids.includes(id) && name.toLowerCase().includes(typed))
        .map(({ id, name, address }) => ({ value: id, title: name, detail: address }))
    }

    #choose(id: string): void {
      this.#ids = this.getValue(isMultiSelect) === true ? [...this.#ids, id] : [id]
      this.#input.value = ''
      this.#drawChips()
      this.valueChanged()
    }

    #drop(id: string): void {
      this.#ids = this.#ids.filter((one) => one !== id)
      this.#drawChips()
      this.#input.focus()
      this.valueChanged()
    }

    #drawChips(): void {
      const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? 'Somebody else'
      this.#chips.replaceChildren(
        ...this.#ids.map((id) =>
          button(
            `${nameOf(id)} ✕`,
            () => {
              this.#drop(id)
            },
            { class: 'chip', 'aria-label': `Remove ${nameOf(id)}` },
          ),
        ),
      )
    }
  }

  GlobalRegistry.defaultElements.register('Input.People', PeoplePicker, Versions.v1_0)
  GlobalRegistry.elements.register('Input.People', PeoplePicker, Versions.v1_0)
}
