/** Reads what people type: cut to size, split at blanks, compared word by word. No pattern here can backtrack. */
import { typedText } from '../draw/plain.ts'
import { entriesOf } from './listing.ts'

/** Longer messages are cut: enough for the addresses of a whole call group. In UTF-16 units. */
const mostCharacters = 4000

/** Words that may stand in front of what is asked without changing it. */
const courtesies = new Set(
  'please pls plz kindly can could would will you i id want like need to let lets show me open the a hi hello hey good morning afternoon evening bot'.split(
    ' ',
  ),
)

/** Nobody is more polite than this. */
const mostCourtesies = 12

/** Words that may stand behind it. */
const thanks = new Set(['please', 'pls', 'plz', 'thanks', 'thx', 'cheers', 'thank'])

const bullets = new Set(['-', '–', '*', '•', '·'])

/**
 * The words of a message, as typed. Tags round a mention and trailing punctuation are left out; a line break counts as
 * a comma, because people paste lists; "20s" is 20 s.
 */
export function wordsOf(text: string): readonly string[] {
  const isCut = text.length > mostCharacters && !/\s/u.test(text.charAt(mostCharacters))
  const lines = withoutTags(typedText(text.slice(0, mostCharacters)))
    .split(/[\n\r]/u)
    .map(wordsOfLine)
    .filter((words) => words.length > 0)
  const words = lines.flatMap((line, index) => (index < lines.length - 1 ? withComma(line) : line))
  return isCut ? words.slice(0, -1) : words
}

function wordsOfLine(line: string): readonly string[] {
  const words = line
    .split(/\s/u)
    .map(withoutEnding)
    .filter((word) => word !== '')
  const [first = '', ...rest] = words
  if (bullets.has(first)) return rest.flatMap(withoutUnit)
  const isSlash = first.length > 1 && first.startsWith('/')
  return (isSlash ? [first.slice(1), ...rest] : words).flatMap(withoutUnit)
}

function withComma(line: readonly string[]): readonly string[] {
  return [...line.slice(0, -1), `${line.at(-1) ?? ''},`]
}

/** "Bo?!" is Bo. */
function withoutEnding(word: string): string {
  return trimmedEnd(word, '?!.…。！？؟')
}

function withoutUnit(word: string): readonly string[] {
  const [, digits, unit] = /^(\d{1,3})(s|secs?|seconds?)$/iu.exec(word) ?? []
  return digits !== undefined && unit !== undefined ? [digits, unit] : [word]
}

function trimmedEnd(word: string, marks: string): string {
  let end = word.length
  while (end > 0 && marks.includes(word.charAt(end - 1))) end -= 1
  return word.slice(0, end)
}

/** A word as it is compared: lower case, of ordinary width, without quotes and a comma behind it. */
export function plainWord(word: string): string {
  const plain = word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[“”„‟"«»「」‘’'`´]/gu, '')
  return trimmedEnd(plain, ',;:')
}

/**
 * A phrase as words are compared with it: how it begins, how it ends where a person stands between, and whether a number
 * comes next.
 */
export type Phrase = {
  readonly first: readonly string[]
  readonly last: readonly string[] | null
  readonly isNumbered: boolean
}

export function readPhrase(phrase: string): Phrase {
  const [head = '', tail] = phrase.split(' <person> ')
  const [start = '', ...number] = head.split(' <seconds>')
  const plain = (part: string) => part.split(' ').map(plainWord)
  return { first: plain(start), last: tail === undefined ? null : plain(tail), isNumbered: number.length > 0 }
}

/**
 * What a phrase leaves over, or null when the words do not fit it. "add" leaves what follows it;
 * "take <person> out" leaves what stands between. `plain` are the words as they are compared.
 */
export function afterPhrase(
  words: readonly string[],
  { first, last, isNumbered }: Phrase,
  plain = words.map(plainWord),
): readonly string[] | null {
  if (!first.every((word, index) => plain[index] === word)) return null
  const rest = words.slice(first.length)
  if (isNumbered && !/^\d{1,3}$/u.test(plain[first.length] ?? '')) return null
  if (last === null) return rest
  const end = words.length - last.length
  const isFit = rest.length > last.length && last.every((word, index) => plain[end + index] === word)
  return isFit ? rest.slice(0, -last.length) : null
}

/** How many words in front are only courtesies: five in "can you please show me my group". */
export function courtesiesBefore(words: readonly string[]): number {
  const start = words.findIndex((word) => !courtesies.has(plainWord(word)))
  return Math.min(mostCourtesies, start < 0 ? words.length : start)
}

/** The words without thanks, smiles and commas behind them; the first word always stays. */
export function withoutThanks(words: readonly string[]): readonly string[] {
  const end = words.findLastIndex((word, index) => isSaid(word) && !isThanks(word, words[index - 1] ?? ''))
  const kept = words.slice(0, Math.max(1, end + 1))
  return kept.map((word, index) => (index === kept.length - 1 ? trimmedEnd(word, ',;:') : word))
}

function isThanks(word: string, before: string): boolean {
  return thanks.has(plainWord(word)) || (plainWord(word) === 'you' && plainWord(before) === 'thank')
}

/** Whether there is a letter or a digit in it. */
function isSaid(word: string): boolean {
  return /[\p{L}\p{N}]/u.test(word)
}

/** The people or things that these words list, as they are called. */
export function listed(words: readonly string[]): readonly string[] {
  return entriesOf(words.join(' ')).map(({ text }) => text)
}

/** Text without the tags of a mention that names nobody, and of a link. Other angle brackets stay: "Bo <bo@contoso.com>". */
function withoutTags(text: string): string {
  return text
    .split('<')
    .map((piece, index) => (index > 0 ? withoutTag(piece) : piece))
    .join('')
}

const textTags = new Set(['at', '/at', 'a', '/a'])

function withoutTag(piece: string): string {
  const end = piece.indexOf('>')
  const tag = piece.slice(0, end).toLowerCase()
  const [name = ''] = tag.split(' ')
  return end >= 0 && textTags.has(name) ? piece.slice(end + 1) : `<${piece}`
}
