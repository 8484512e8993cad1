/** The people of the page side by side; where there is room for one column only, a switch at the bottom says which. */
import { ask, chatOf, type Message, type Person } from './api.ts'
import { button, element, found, initials } from './element.ts'
import { offerPeople } from './people-picker.ts'
import { PersonColumn, type PersonParts } from './person.ts'

/** What the switch has besides people: the telephone network, and what happened. */
const network = 'network'

export class People {
  readonly #parts: Omit<PersonParts, 'people'>
  readonly #columns = new Map<string, PersonColumn>()
  readonly #tabs = new Map<string, HTMLButtonElement>()
  readonly #unread = new Map<string, number>()
  #people: readonly Person[] = []
  #shown = network
  readonly #looked: (person: string) => void

  constructor(parts: Omit<PersonParts, 'people'>, looked: (person: string) => void) {
    this.#parts = parts
    this.#looked = looked
    this.#addTab(network, 'Calls', '📞')
    this.#show(network)
    found('switch').addEventListener('keydown', (event) => {
      this.#key(event)
    })
  }

  all(): readonly Person[] {
    return this.#people
  }

  update(people: readonly Person[]): void {
    this.#people = people
    offerPeople(people)
    for (const person of people) {
      const column = this.#columns.get(person.id)
      if (column) column.update(person)
      else this.#add(person)
    }
  }

  /** Fetches every chat anew, one after the other, those in view first. */
  async fetch(): Promise<void> {
    const columns = [...this.#columns]
    for (const [, column] of columns) column.chat.wait()
    for (const [id, column] of columns) column.chat.show((await chatOf(id)) ?? [])
  }

  message(person: string, message: Message, isNew: boolean): void {
    this.#columns.get(person)?.chat.message(message, isNew)
    if (isNew && message.from === 'bot' && person !== this.#shown)
      this.#count(person, (this.#unread.get(person) ?? 0) + 1)
  }

  gone(person: string, id: string): void {
    this.#columns.get(person)?.chat.gone(id)
  }

  /** Brings somebody's newest message into view. */
  look(person: string): void {
    this.#show(person)
    const column = this.#columns.get(person)
    column?.root.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    column?.root.classList.add('looked-at')
    column?.root.addEventListener('animationend', () => {
      column.root.classList.remove('looked-at')
    })
    column?.chat.look()
  }

  #add(person: Person): void {
    const column = new PersonColumn(person, { ...this.#parts, people: () => this.#people })
    this.#columns.set(person.id, column)
    found('people').append(column.root)
    this.#addTab(person.id, person.name.split(' ')[0] ?? person.name, initials(person.name))
    for (const event of ['pointerdown', 'focusin'])
      column.root.addEventListener(event, () => {
        this.#looked(person.id)
      })
    this.#show(this.#shown)
    column.chat.wait()
    void chatOf(person.id).then((messages) => {
      column.chat.show(messages ?? [])
    })
  }

  #addTab(id: string, words: string, mark: string): void {
    const tab = button(
      '',
      () => {
        this.#show(id)
        if (id !== network) this.#looked(id)
      },
      { role: 'tab', id: `tab-${id}`, 'aria-controls': id === network ? network : `person-${id}` },
    )
    tab.append(element('span', { class: 'tab-mark', 'aria-hidden': 'true' }, mark), words)
    tab.append(element('span', { class: 'badge', hidden: true }))
    this.#tabs.set(id, tab)
    found('switch').append(tab)
  }

  #show(id: string): void {
    this.#shown = id
    this.#count(id, 0)
    for (const [name, tab] of this.#tabs) {
      tab.setAttribute('aria-selected', String(name === id))
      tab.tabIndex = name === id ? 0 : -1
    }
    document.body.dataset['shown'] = id === network ? network : 'person'
    for (const [name, column] of this.#columns) column.root.classList.toggle('shown', name === id)
  }

  #count(id: string, unread: number): void {
    this.#unread.set(id, unread)
    const badge = this.#tabs.get(id)?.querySelector<HTMLElement>('.badge')
    if (!badge) return
    badge.hidden = unread === 0
    badge.replaceChildren(String(unread), element('span', { class: 'unseen' }, ' new'))
  }

  /** Arrows walk from tab to tab, as in every list of tabs. */
  #key(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }
    const step = steps[event.key]
    if (step === undefined) return
    const ids = [...this.#tabs.keys()]
    const next = ids[(ids.indexOf(this.#shown) + step + ids.length) % ids.length] ?? network
    this.#show(next)
    this.#tabs.get(next)?.focus()
  }
}

/** The dialog in which somebody more comes to the page. */
export function personDialog(): void {
  const dialog = found('new-person') as HTMLDialogElement
  const name = element('input', { type: 'text', maxlength: '64', required: true, autocomplete: 'off' })
  const has = element('input', { type: 'checkbox', checked: true })
  const problem = element('p', { class: 'problem-line', role: 'alert' })
  const close = () => {
    dialog.close()
  }
  const form = element(
    'form',
    {},
    element('h2', { id: 'new-person-title' }, 'Add a person'),
    element('label', { class: 'field' }, element('span', {}, 'Name'), name),
    element('label', { class: 'check' }, has, 'Has installed the bot'),
    problem,
    element(
      'div',
      { class: 'dialog-buttons' },
      element('button', { type: 'submit', class: 'primary' }, 'Add'),
      button('Cancel', close),
    ),
  )
  dialog.append(form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void ask('POST', 'people', { name: name.value, isInstalled: has.checked }).then((words) => {
      problem.textContent = words ?? ''
      if (words === null) close()
    })
  })
  found('add-person').addEventListener('click', () => {
    name.value = ''
    problem.textContent = ''
    dialog.showModal()
  })
}
