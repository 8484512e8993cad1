/** Names and other words from outside, made fit to be shown: one line, no tricks with direction, not too long. */
import { plainLine, visible } from '../../core/plain.ts'

/** Names longer than this many characters are cut with an ellipsis. */
const longestName = 64

/** A name as it is shown: never empty, 64 characters at most. */
export function plainName(name: string): string {
  return shortened(plainText(name), longestName) || 'Somebody'
}

/** Any text of one line without invisible characters. */
export function plainText(text: string): string {
  return plainLine(text.slice(0, 4000))
}

/** Direction marks, blanks without width, soft hyphens and half letters: they come with pasted text, and nobody means them. */
const unmeant = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\p{Cs}]+/gu

/** Text as somebody meant to type it: letters in one form, no stray marks, controls as blanks; lines stay lines. */
export function typedText(text: string): string {
  return text
    .replace(unmeant, '')
    .replace(/[\u2028\u2029\u0085]/gu, '\n')
    .replace(/[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]/gu, ' ')
    .normalize('NFC')
}

/** A value whose texts, however deep, have blanks for characters that nobody can see. */
export function withoutInvisible(value: unknown): unknown {
  if (typeof value === 'string') return visible(value)
  if (Array.isArray(value)) return value.map(withoutInvisible)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutInvisible(inner)]))
}

function shortened(text: string, most: number): string {
  const characters = [...text]
  // What joined the first that is cut off joins nothing any more.
  return characters.length > most ? `${visible(characters.slice(0, most - 1).join(''))}…` : text
}
