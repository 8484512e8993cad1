/** What comes back from a card that was clicked; it is not trusted until it has been read. */

/** The data of a click: what the card carried, and what was filled in. */
export type CardInput = Readonly<Record<string, unknown>>

/** A text of a click's data; empty when it is missing or something else. */
export function textIn(given: CardInput, name: string): string {
  const value = given[name]
  return typeof value === 'string' ? value.slice(0, 4000) : ''
}
