/** One person of the page: who they are, how reachable, whether they have the bot, and their chat with it. */
import { ask, type Person, type Presence, type Suggestion } from './api.ts'
import { Chat } from './chat.ts'
import { Composer } from './composer.ts'
import { button, element, initials } from './element.ts'

export type PersonParts = {
  readonly people: () => readonly Person[]
  readonly suggestions: () => readonly Suggestion[]
}

const presences: ReadonlyArray<readonly [Presence, string]> = [
  ['available', 'Available'],
  ['inACall', 'In a call'],
  ['doNotDisturb', 'Do not disturb'],
  ['offline', 'Offline'],
]

export class PersonColumn {
  readonly root: HTMLElement
  readonly chat: Chat
  readonly #dot = element('span', { class: 'dot', 'aria-hidden': 'true' })
  readonly #presence = element('select', { class: 'presence' })
  readonly #install: HTMLButtonElement
  readonly #absent = element('div', { class: 'absent', hidden: true })
  #person: Person

  constructor(person: Person, parts: PersonParts) {
    this.#person = person
    this.chat = new Chat(person)
    this.#presence.append(...presences.map(([value, words]) => element('option', { value }, words)))
    this.#presence.setAttribute('aria-label', `Presence of ${person.name}`)
    this.#presence.addEventListener('change', () => {
      void this.#ask(ask('PUT', `people/${person.id}/presence`, { presence: this.#presence.value }))
    })
    this.#install = button('Remove the bot', () => void this.#toggle(), { class: 'quiet small' })
    const add = button('Install the bot', () => void this.#toggle(), { class: 'primary' })
    add.setAttribute('aria-label', `Install the bot for ${person.name}`)
    this.#absent.append(element('p', {}, `${person.name} does not have the bot.`), add)
    const names = element(
      'div',
      { class: 'names' },
      element('h2', { id: `name-${person.id}`, title: person.name }, person.name),
      element('p', { class: 'subtle', title: person.address }, person.address),
    )
    const avatar = element(
      'span',
      { class: 'avatar', 'aria-hidden': 'true' },
      initials(person.name),
      this.#dot,
    )
    const header = element('header', { class: 'person-top' }, avatar, names, this.#presence, this.#install)
    const said = (problem: string | null) => {
      this.chat.say(problem)
    }
    const composer = new Composer({ person, said, ...parts })
    this.root = element('section', { class: 'person', id: `person-${person.id}` })
    this.root.setAttribute('aria-labelledby', `name-${person.id}`)
    this.root.append(header, this.chat.root, this.#absent, composer.root)
    this.update(person)
  }

  update(person: Person): void {
    this.#person = person
    const { presence, isInstalled, name } = person
    this.#presence.value = presence
    this.#dot.dataset['presence'] = presence
    this.#install.hidden = !isInstalled
    this.#install.setAttribute('aria-label', `Remove the bot from ${name}`)
    this.#absent.hidden = isInstalled
    this.root.classList.toggle('without-bot', !isInstalled)
  }

  async #toggle(): Promise<void> {
    const { id, isInstalled } = this.#person
    await this.#ask(ask('PUT', `people/${id}/bot`, { isInstalled: !isInstalled }))
  }

  async #ask(asking: Promise<string | null>): Promise<void> {
    this.chat.say(await asking)
    this.update(this.#person)
  }
}
