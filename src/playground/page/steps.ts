/** The four steps of the first minute: each has one button, can be done by hand as well, and is ticked off once it happened. */
import { ask, type Office, type StepName } from './api.ts'
import { button, element, found } from './element.ts'

type Step = {
  readonly name: StepName
  readonly title: string
  readonly detail: string
  readonly button: string
}

const steps: readonly Step[] = [
  { name: 'share', title: 'Share Ann’s calls', detail: 'with Bo and Cy', button: 'Share' },
  { name: 'call', title: 'Let somebody call', detail: 'it rings at all three', button: 'Call Ann' },
  { name: 'pickUp', title: 'Pick up as Bo', detail: 'on Bo’s card', button: 'Pick up' },
  { name: 'look', title: 'See what Cy sees', detail: 'who has the call', button: 'Look' },
]

export class StepsBar {
  readonly #rows = new Map<
    StepName,
    { readonly row: HTMLLIElement; readonly press: HTMLButtonElement; readonly mark: HTMLElement }
  >()
  readonly #problem = element('p', { class: 'steps-problem', role: 'alert' })
  readonly #look: () => void
  #done: readonly StepName[] = []

  /** `look` brings what Cy sees into view. */
  constructor(look: () => void) {
    this.#look = look
    const list = element('ol', { class: 'steps-list' })
    for (const [at, step] of steps.entries()) list.append(this.#row(step, at + 1))
    const close = button('✕', () => void ask('DELETE', 'steps'), {
      class: 'quiet',
      title: 'Close these steps',
    })
    close.setAttribute('aria-label', 'Close these steps')
    found('steps').append(list, close, this.#problem)
  }

  update({ isClosed, done }: Office['steps']): void {
    const before = this.#next()
    const isHere = found('steps').contains(document.activeElement)
    found('steps').hidden = isClosed
    this.#done = done
    const next = this.#next()
    found('steps').classList.toggle('all-done', next === undefined)
    for (const [at, { name, button: title }] of steps.entries()) {
      const row = this.#rows.get(name)
      if (!row) continue
      const isDone = done.includes(name)
      row.row.classList.toggle('done', isDone)
      row.row.classList.toggle('next', name === next)
      row.mark.textContent = isDone ? '✓' : String(at + 1)
      row.press.disabled = !isDone && name !== next
      row.press.classList.toggle('primary', name === next)
      // Whoever let the call go by can let another come in.
      const isAgain = isDone && name === 'call' && next === 'pickUp'
      row.press.classList.toggle('done-words', isDone && !isAgain)
      row.press.disabled ||= isDone && !isAgain
      row.press.textContent = isAgain ? 'Call again' : isDone ? 'Done' : title
    }
    // Whoever walks by keyboard goes on with the step that is next.
    if (isHere && next !== before && next !== undefined) this.#rows.get(next)?.press.focus()
  }

  isNext(name: StepName): boolean {
    return this.#next() === name
  }

  #next(): StepName | undefined {
    return steps.find(({ name }) => !this.#done.includes(name))?.name
  }

  #row({ name, title, detail, button: words }: Step, number: number): HTMLLIElement {
    const press = button(words, () => void this.#do(name))
    press.setAttribute('aria-describedby', `step-${name}`)
    const mark = element('span', { class: 'step-mark', 'aria-hidden': 'true' }, String(number))
    const text = element('div', { class: 'step-words', id: `step-${name}` })
    text.append(element('strong', {}, title), element('span', { class: 'subtle' }, detail))
    const row = element('li', { class: 'step' }, mark, text, press)
    this.#rows.set(name, { row, press, mark })
    return row
  }

  async #do(name: StepName): Promise<void> {
    const problem = await ask('POST', `steps/${name}`)
    this.#problem.textContent = problem ?? ''
    if (name === 'look' && problem === null) this.#look()
  }
}
