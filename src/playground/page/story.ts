/** What happened to the last call, line by line with times; closed until somebody opens it. */
import { type Office } from './api.ts'
import { button, element, found } from './element.ts'

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })

export class StoryPanel {
  readonly #title = element('p', { class: 'story-call' })
  readonly #lines = element('ol', { class: 'story-lines' })
  #drawn = ''

  constructor() {
    const panel = found('story')
    const close = button(
      '✕',
      () => {
        this.#open(false)
        found('show-story').focus()
      },
      { class: 'quiet', 'aria-label': 'Close what happened' },
    )
    const top = element(
      'div',
      { class: 'story-top' },
      element('h2', { id: 'story-title' }, 'What happened'),
      close,
    )
    // It scrolls, so a keyboard must be able to reach it.
    this.#lines.tabIndex = 0
    this.#lines.setAttribute('aria-label', 'What happened to the last call')
    panel.append(top, this.#title, this.#lines)
    found('show-story').addEventListener('click', () => {
      this.#open(panel.hidden !== false)
    })
    this.update(null)
  }

  update(story: Office['story']): void {
    const drawn = JSON.stringify(story)
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    this.#title.textContent = story?.title ?? 'No call has come in yet.'
    const rows = (story?.lines ?? []).map(({ at, words }) =>
      element(
        'li',
        {},
        element('time', { datetime: new Date(at).toISOString() }, clock.format(at)),
        ` ${words}`,
      ),
    )
    this.#lines.replaceChildren(...rows)
  }

  #open(isOpen: boolean): void {
    found('story').hidden = !isOpen
    found('show-story').setAttribute('aria-expanded', String(isOpen))
  }
}
