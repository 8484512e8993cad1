/** Splits what somebody typed into the people or things it lists. */
import { readAddress } from '../../core/person.ts'

/** One of a list. After a comma it may still be the second half of "Lindqvist, Bo": who is known tells. */
export type Entry = { readonly text: string; readonly isAfterComma: boolean }

const joins = new Set(['and', '&', '+', 'plus'])
const commas = ',、،，'
const stops = ';；؛'
/** Quotes that open, and what closes them. */
const quotes = [
  { opens: '“”„‟"«»「', closes: '“”„‟"«»」' },
  { opens: "'‘‚", closes: "'’" },
]

/**
 * "Bo and Cy, Dee" is three; empty parts are left out. Quotes keep a name together: “Sales and Support”. Two addresses or
 * mentions next to each other are two, and an address in brackets belongs to the name in front of it.
 */
export function entriesOf(text: string): readonly Entry[] {
  const entries: Entry[] = []
  let pieces: Piece[] = []
  let isAfterComma = false
  const end = (count: number, byComma: boolean) => {
    const entry = pieces.slice(0, count)
    if (count > 0) entries.push({ text: entry.map((piece) => piece.text).join(' '), isAfterComma })
    // Of several separators in a row the strongest counts: "Bo, and Cy" are two.
    isAfterComma = byComma && (count > 0 || isAfterComma)
    pieces = pieces.slice(count)
  }
  for (const piece of piecesOf(text)) {
    if (piece.is === 'comma' || piece.is === 'stop') end(pieces.length, piece.is === 'comma')
    else {
      const complete = completeBefore(pieces, piece)
      if (complete > 0) end(complete, false)
      pieces.push(piece)
    }
  }
  end(pieces.length, false)
  return entries
}

type Piece = { readonly is: 'comma' | 'stop' | 'word' | 'quoted'; readonly text: string }

/** How many of the pieces name somebody completely before this one, so that somebody else begins behind them. */
function completeBefore(pieces: readonly Piece[], { is, text }: Piece): number {
  const last = pieces.at(-1)
  if (last === undefined) return 0
  const isBracketed = text.startsWith('<') || text.startsWith('(')
  const isOther = is === 'quoted' || isMention(text)
  const isComplete = last.text.endsWith('>') || isMention(last.text) || (last.is === 'quoted' && !isBracketed)
  if (isOther || isComplete) return pieces.length
  return text.includes('@') ? pieces.findIndex((before) => isOtherAddress(before.text, text)) + 1 : 0
}

function isOtherAddress(before: string, text: string): boolean {
  return before.includes('@') && readAddress(before) !== readAddress(text)
}

/** Mentions come as @1, @2, … from incoming.ts. */
function isMention(word: string): boolean {
  return /^@\d{1,2}$/u.test(word)
}

/** Words, quoted names, and what separates them. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  const quoted = quotes.map(({ opens, closes }) => ({ opens, closes, last: lastClosing(text, closes) }))
  for (let at = 0; at < text.length;) {
    const quote = quoted.find(({ opens, last }) => opens.includes(text.charAt(at)) && at < last)
    const end = quote ? quoteEnd(text, at, quote.closes) : wordEnd(text, at)
    const piece = text.slice(at, end)
    at = end
    if (piece.trim() !== '') pieces.push({ is: quote ? 'quoted' : kindOf(piece), text: piece })
  }
  return pieces
}

function kindOf(piece: string): Piece['is'] {
  if (commas.includes(piece)) return 'comma'
  return stops.includes(piece) || joins.has(piece.normalize('NFKC').toLowerCase()) ? 'stop' : 'word'
}

/** Where a word ends that begins here: before a blank, a separator, or an address in angle brackets. */
function wordEnd(text: string, start: number): number {
  let end = start + 1
  if (isBoundary(text.charAt(start))) return end
  while (end < text.length && !isBoundary(text.charAt(end)) && text.charAt(end) !== '<') end += 1
  return end
}

/** Where a quoted name ends that begins here. */
function quoteEnd(text: string, start: number, closes: string): number {
  let end = start + 1
  while (end < text.length && !isClosing(text, end, closes)) end += 1
  return end + 1
}

function lastClosing(text: string, closes: string): number {
  let at = text.length - 1
  while (at > 0 && !isClosing(text, at, closes)) at -= 1
  return at
}

function isClosing(text: string, at: number, closes: string): boolean {
  const next = text.charAt(at + 1)
  return closes.includes(text.charAt(at)) && (isBoundary(next) || next === '<')
}

/** Whether a word is over here: at the end, at a blank, or at a separator. */
function isBoundary(character: string): boolean {
  return character.trim() === '' || commas.includes(character) || stops.includes(character)
}
