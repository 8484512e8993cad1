/** Texts that can be kept and sent on: every letter whole, and no NUL, which PostgreSQL and addresses have no room for. */

const broken = /[\0\p{Surrogate}]/u
const brokenAll = /[\0\p{Surrogate}]+/gu

/** Whether a text can be kept and sent on. */
export function isWhole(text: string): boolean {
  return !broken.test(text)
}

/** The text without its halves of letters and its NULs. */
export function wholeText(text: string): string {
  return text.replace(brokenAll, '')
}

/** What is wrong with a text that is not whole, to be said after its name. */
export const notWhole = 'contains half a character, or a NUL. Send the whole text.'

/** A place is shown no longer than this. */
const longestPlace = 80

/**
 * The first place in a piece of JSON whose text, or name, is not whole: `caller.id`, `users[2]`. Null when all are. Fields of
 * these names may be cut: nobody is known by them.
 */
export function brokenIn(json: unknown, mayBeCut: readonly string[] = []): string | null {
  // Not by calling itself: JSON from outside may be nested deeper than a stack is high.
  const left: Array<readonly [place: string, value: unknown]> = [['', json]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [place, value] = next
    if (typeof value === 'string' && !isWhole(value)) return place.slice(0, longestPlace) || 'The body'
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inner] of Object.entries(value).reverse()) {
      const whole = wholeText(name)
      const inside = Array.isArray(value) ? `${place}[${name}]` : place === '' ? whole : `${place}.${whole}`
      if (!isWhole(name)) return inside.slice(0, longestPlace)
      if (!mayBeCut.includes(name)) left.push([inside, inner])
    }
  }
  return null
}
