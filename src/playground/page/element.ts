/** Makes elements of text and other elements. Nothing anybody is called or types is ever read as HTML. */

type Attributes = Readonly<Record<string, string | boolean | undefined>>

/** An element with these attributes (true: without a value; false and undefined: left out) and these children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: ReadonlyArray<Node | string>
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '')
    else if (typeof value === 'string') made.setAttribute(name, value)
  }
  made.append(...children)
  return made
}

/** A button that does something when it is pressed. */
export function button(title: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, title)
  made.addEventListener('click', press)
  return made
}

/** The element of the page's HTML with this id. */
export function found(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`the page has no #${id}`)
  return element
}

/** A field with its label above it. */
export function labelled(label: string, field: HTMLInputElement | HTMLSelectElement): HTMLLabelElement {
  return element('label', { class: 'field' }, element('span', {}, label), field)
}

/** "Ann Ek" is AE. */
export function initials(name: string): string {
  const words = name.split(' ').filter((word) => word !== '')
  const first = [...(words[0] ?? '')][0] ?? ''
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return `${first}${last}`.toUpperCase()
}
