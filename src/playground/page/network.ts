/** The telephone network: lets somebody call, and shows each live call with what is ahead of it. */
import { ask, type Call, type Office, type Person } from './api.ts'
import { button, element, found, labelled } from './element.ts'

const failings: ReadonlyArray<readonly [string, string]> = [
  ['never', 'Hand-over works'],
  ['once', 'Fails once'],
  ['always', 'Always fails'],
]

export class Network {
  readonly #to = element('select', {})
  readonly #live = element('ul', { class: 'live' })
  readonly #idle = element(
    'p',
    { class: 'idle' },
    'No calls now. A caller who rings appears here, with what happens next.',
  )
  readonly #problem = element('p', { class: 'problem-line', role: 'alert' })
  readonly #rows = new Map<string, { readonly row: HTMLLIElement; readonly drawn: string }>()

  constructor() {
    found('network').append(this.#form(), element('div', { class: 'calls' }, this.#idle, this.#live))
  }

  /** Pretend calls are off: nobody can ring. */
  canCall(can: boolean): void {
    for (const field of found('network').querySelectorAll<HTMLInputElement>(
      'form input, form select, form button',
    ))
      field.disabled = !can
    if (!can) this.#problem.textContent = 'Pretend calls are off: CALL_SOURCES has no simulated.'
  }

  update({ people, calls, talks, now }: Office): void {
    this.#offer(people)
    const rows = [
      ...calls.map((call) => this.#rowOf(call.id, JSON.stringify(call), () => callRow(call, now))),
      ...talks.map((talk) => this.#rowOf(`talk ${talk.id}`, talk.words, () => talkRow(talk))),
    ]
    const ids = new Set([...calls.map(({ id }) => id), ...talks.map(({ id }) => `talk ${id}`)])
    for (const id of [...this.#rows.keys()]) if (!ids.has(id)) this.#rows.delete(id)
    const shown = [...this.#live.children]
    if (rows.length !== shown.length || rows.some((row, at) => row !== shown[at]))
      this.#live.replaceChildren(...rows)
    this.#idle.hidden = rows.length > 0
  }

  /** A row is drawn anew only when it says something else, and keeps the keyboard where it was. */
  #rowOf(id: string, drawn: string, draw: () => HTMLLIElement): HTMLLIElement {
    const known = this.#rows.get(id)
    if (known?.drawn === drawn) return known.row
    const focused = document.activeElement?.getAttribute('aria-label')
    const hadFocus = known?.row.contains(document.activeElement) === true
    const row = draw()
    this.#rows.set(id, { row, drawn })
    if (hadFocus)
      queueMicrotask(() => {
        row.querySelector<HTMLElement>(`[aria-label="${CSS.escape(focused ?? '')}"]`)?.focus()
      })
    return row
  }

  #form(): HTMLFormElement {
    const name = element('input', {
      type: 'text',
      value: 'Contoso Logistics',
      maxlength: '64',
      autocomplete: 'off',
    })
    const number = element('input', {
      type: 'tel',
      value: '+44 20 7946 0018',
      maxlength: '40',
      autocomplete: 'off',
    })
    const withheld = element('input', { type: 'checkbox' })
    withheld.addEventListener('change', () => {
      name.disabled = number.disabled = withheld.checked
    })
    const form = element(
      'form',
      { class: 'ring' },
      labelled('Who calls', name),
      labelled('From number', number),
      element('label', { class: 'check' }, withheld, 'Withheld'),
      labelled('Whom', this.#to),
      element('button', { type: 'submit', class: 'primary' }, 'Ring'),
      this.#problem,
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const asked = {
        name: name.value,
        number: number.value,
        isWithheld: withheld.checked,
        to: this.#to.value,
      }
      void ask('POST', 'calls', asked).then((problem) => {
        this.#problem.textContent = problem ?? ''
      })
    })
    return form
  }

  #offer(people: readonly Person[]): void {
    const offered = [...this.#to.options].map(({ value }) => value)
    if (people.length === offered.length && people.every(({ id }, at) => id === offered[at])) return
    const { value } = this.#to
    this.#to.replaceChildren(...people.map(({ id, name }) => element('option', { value: id }, name)))
    if (people.some(({ id }) => id === value)) this.#to.value = value
  }
}

function callRow(call: Call, now: number): HTMLLIElement {
  const { id, caller, owner, words, parts, end, mayHangUp } = call
  const title = element('p', { class: 'call-title' }, element('strong', {}, `${caller} for ${owner}`))
  const tools = element('div', { class: 'call-tools' })
  if (mayHangUp) {
    const hangUp = button('Caller hangs up', () => void ask('DELETE', `calls/${encodeURIComponent(id)}`))
    hangUp.setAttribute('aria-label', `Caller hangs up: ${caller}`)
    tools.append(handOver(call), hangUp)
  }
  const timeline = element('ol', { class: 'timeline' })
  timeline.setAttribute('aria-label', `What is ahead of this call. ${words}`)
  timeline.append(...parts.map((part, at) => partOf(part, at === 0, now)))
  if (call.is === 'connecting') timeline.append(element('li', { class: 'part connecting' }, words))
  else timeline.append(element('li', { class: 'end' }, `then ${end.charAt(0).toLowerCase()}${end.slice(1)}`))
  return element('li', { class: 'call' }, title, tools, timeline)
}

/** How the hand-over goes when somebody picks up. */
function handOver({ id, caller, fails }: Call): HTMLSelectElement {
  const select = element(
    'select',
    {},
    ...failings.map(([value, words]) => element('option', { value }, words)),
  )
  select.value = fails
  select.setAttribute('aria-label', `The hand-over of ${caller}`)
  select.addEventListener('change', () => {
    void ask('PUT', `calls/${encodeURIComponent(id)}/hand-over`, { fails: select.value })
  })
  return select
}

type Part = Call['parts'][number]

/** As wide as it is long; the one that rings now fills up until its time is over. */
function partOf({ who, from, until }: Part, isNow: boolean, now: number): HTMLLIElement {
  const seconds = Math.round((until - from) / 1000)
  const part = element('li', { class: isNow ? 'part now' : 'part' })
  part.style.flexGrow = String(Math.max(1, seconds))
  part.append(
    element('span', { class: 'part-who' }, who),
    element('span', { class: 'part-time' }, ` ${seconds} s`),
  )
  if (!isNow) return part
  part.append(element('span', { class: 'unseen' }, ' rings now'))
  const gone = element('span', { class: 'gone', 'aria-hidden': 'true' })
  gone.style.animationDuration = `${until - from}ms`
  gone.style.animationDelay = `${from - now}ms`
  part.append(gone)
  return part
}

function talkRow({ id, words }: Office['talks'][number]): HTMLLIElement {
  const finish = button('They finish talking', () => void ask('DELETE', `talks/${encodeURIComponent(id)}`))
  finish.setAttribute('aria-label', `They finish talking: ${words}`)
  return element('li', { class: 'call talk' }, element('p', { class: 'call-title' }, words), finish)
}
