/** Where somebody types to the bot: Enter sends, what can be said is suggested, and @ mentions people. */
import { ask, type Person, type Problem, type Suggestion } from './api.ts'
import { button, element } from './element.ts'
import { type Option, Options } from './options.ts'

export type ComposerParts = {
  readonly person: Person
  readonly people: () => readonly Person[]
  readonly suggestions: () => readonly Suggestion[]
  readonly said: (problem: Problem) => void
}

/** What is being typed behind the last @: letters of somebody's name. */
const mentionBeing = /@(\p{L}[\p{L} '’-]{0,40}|)$/u

export class Composer {
  readonly root: HTMLFormElement
  readonly #parts: ComposerParts
  readonly #field: HTMLTextAreaElement
  readonly #options: Options
  #mentioned: readonly Person[] = []

  constructor(parts: ComposerParts) {
    this.#parts = parts
    const label = `Message of ${parts.person.name} to Call pickup`
    this.#field = element('textarea', { rows: '1', maxlength: '12000', placeholder: 'Type a message' })
    this.#field.setAttribute('aria-label', label)
    this.#options = new Options(this.#field, (value) => {
      this.#take(value)
    })
    const suggest = button(
      '/',
      () => {
        this.#field.focus()
        this.#options.offer(this.#suggested(''))
      },
      { class: 'quiet', 'aria-label': `What ${parts.person.name} can say`, title: 'What one can say' },
    )
    const send = element('button', { type: 'submit', class: 'quiet' }, '➤')
    send.setAttribute('aria-label', `Send ${parts.person.name}’s message`)
    this.root = element('form', { class: 'composer' }, this.#options.list, suggest, this.#field, send)
    this.root.addEventListener('submit', (event) => {
      event.preventDefault()
      void this.#send()
    })
    this.#field.addEventListener('input', () => {
      this.#typed()
    })
    this.#field.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' && this.#field.value === '') this.#options.offer(this.#suggested(''))
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      void this.#send()
    })
  }

  #typed(): void {
    const { value } = this.#field
    const [, name] = mentionBeing.exec(value) ?? []
    if (name !== undefined) this.#options.offer(this.#people(name))
    // What is typed in one's own words is sent by Enter, so nothing suggested is chosen unasked.
    else this.#options.offer(value.trim().length < 2 ? [] : this.#suggested(value), false)
  }

  #people(name: string): readonly Option[] {
    return this.#parts
      .people()
      .filter((one) => one.name.toLowerCase().includes(name.toLowerCase()))
      .map((one) => ({ value: `@${one.id}`, title: one.name, detail: one.address }))
  }

  #suggested(typed: string): readonly Option[] {
    return this.#parts
      .suggestions()
      .filter(({ title }) => title.startsWith(typed.trim().toLowerCase()) && title !== typed.trim())
      .map(({ title, description }) => ({ value: title, title, detail: description }))
  }

  /** A suggestion stands in the field up to its first hole, where one types on. */
  #take(value: string): void {
    const mentioned = this.#parts.people().find(({ id }) => value === `@${id}`)
    if (mentioned) {
      this.#mentioned = [...this.#mentioned, mentioned]
      this.#field.value = this.#field.value.replace(mentionBeing, `@${mentioned.name} `)
    } else this.#field.value = value.includes('<') ? value.slice(0, value.indexOf('<')) : value
    this.#field.focus()
  }

  async #send(): Promise<void> {
    const { value } = this.#field
    if (value.trim() === '') return
    const { text, mentions } = withMentions(value, this.#mentioned)
    const mentioned = this.#mentioned
    this.#field.value = ''
    this.#mentioned = []
    this.#options.close()
    const problem = await ask('POST', `people/${this.#parts.person.id}/messages`, { text, mentions })
    this.#parts.said(problem)
    if (problem === null || this.#field.value !== '') return
    // What did not arrive stands there again.
    this.#field.value = value
    this.#mentioned = mentioned
  }
}

/** The text as Teams sends it: each mention that still stands in it as <at>name</at>. */
function withMentions(
  value: string,
  mentioned: readonly Person[],
): { text: string; mentions: readonly string[] } {
  const mentions: string[] = []
  const text = mentioned.reduce((words, { id, name }) => {
    if (!words.includes(`@${name}`)) return words
    mentions.push(id)
    return words.replace(`@${name}`, () => `<at>${name}</at>`)
  }, value)
  return { text, mentions }
}
