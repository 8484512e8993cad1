/** Finds the command somebody typed: the longest phrase that fits wins, on word boundaries. */
import { distance } from 'fastest-levenshtein'
import { type Command } from '../command.ts'
import { afterPhrase, courtesiesBefore, type Phrase, plainWord, readPhrase, withoutThanks } from './words.ts'

export type Route = { readonly command: Command; readonly rest: readonly string[] }

/**
 * The command and what its phrase leaves over; null when nothing fits. What follows the courtesies comes first, so that
 * "hello, please add Bo" is about Bo.
 */
export function route(commands: readonly Command[], words: readonly string[]): Route | null {
  const said = withoutThanks(words)
  for (let start = courtesiesBefore(said); start >= 0; start -= 1) {
    const found = longestFit(commands, said.slice(start))
    if (found) return found
  }
  return null
}

/** What was probably meant: as the command's line in help has it, and the phrase where nothing else was typed. */
export type Near = { readonly title: string; readonly phrase: string; readonly isWhole: boolean }

/** The phrase most like what was typed, for "did you mean"; null when nothing is near. */
export function nearestPhrase(commands: readonly Command[], words: readonly string[]): Near | null {
  const typed = words
    .slice(courtesiesBefore(words))
    .slice(0, 5)
    .map((word) => plainWord(word).slice(0, 40))
  const near = commands
    .flatMap(({ title, phrases, alone }) => phrases.map((phrase) => ({ title, phrase, alone })))
    .filter(
      ({ phrase, alone }) => !phrase.includes('<') && !(alone?.includes(phrase) && typed.includes(phrase)),
    )
    .map(({ title, phrase }) => ({ title, phrase, away: away(typed, phrase) }))
    .sort((one, other) => one.away - other.away)[0]
  if (!near || near.away > mostAway(near.phrase)) return null
  const { phrase, title } = near
  const isWhole = slips(typed, phrase) <= mostAway(phrase)
  return { title: title.startsWith(`${phrase} <`) ? title : phrase, phrase, isWhole }
}

/** Short words are like many others: "ok" is not a slip for "hi". */
function mostAway({ length }: { readonly length: number }): number {
  if (length <= 4) return length <= 2 ? 0 : 1
  return Math.max(2, Math.floor(length / 3))
}

/** How far the beginning of what was typed is from a phrase; blanks too many or too few count little. */
function away(typed: readonly string[], phrase: string): number {
  const { length } = phrase.split(' ')
  const starts = [length - 1, length, length + 1].map((count) => typed.slice(0, count))
  return Math.min(...starts.map((start) => slips(start, phrase)), sharedWords(typed, phrase))
}

function slips(typed: readonly string[], phrase: string): number {
  const text = typed.join(' ')
  return isSwapped(text, phrase) ? 1 : distance(text, phrase)
}

/** The same letters in another order: the commonest slip of all. */
function isSwapped(typed: string, phrase: string): boolean {
  const letters = (text: string) => [...text].sort().join('')
  return typed !== phrase && typed.startsWith(phrase.charAt(0)) && letters(typed) === letters(phrase)
}

/** A phrase of one word that was typed counts as near, and one of which a whole word of at least four letters was. */
function sharedWords(typed: readonly string[], phrase: string): number {
  const words = phrase.split(' ')
  if (typed.includes(phrase)) return 1
  return typed.some((word) => word.length > 3 && words.includes(word)) ? 2 : Infinity
}

/** May stand even behind a phrase that stands alone: "not now, this call". */
const sayNothingMore = new Set(['the', 'this', 'that', 'it', 'call', 'now'])

function longestFit(commands: readonly Command[], words: readonly string[]): Route | null {
  const plain = words.map(plainWord)
  let best: (Route & { readonly length: number }) | null = null
  for (const command of commands) {
    for (const { phrase, length, isAlone } of phrasesOf(command)) {
      const rest = afterPhrase(words, phrase, plain)
      if (rest === null || length <= (best?.length ?? 0)) continue
      if (isAlone && !rest.every((word) => sayNothingMore.has(plainWord(word)))) continue
      best = { command, rest, length }
    }
  }
  return best
}

/** Every message is held against every phrase, so each is read once. */
type Read = { readonly phrase: Phrase; readonly length: number; readonly isAlone: boolean }
const known = new WeakMap<Command, readonly Read[]>()

function phrasesOf(command: Command): readonly Read[] {
  const read =
    known.get(command) ??
    command.phrases.map((phrase) => ({
      phrase: readPhrase(phrase),
      length: phrase.replace('<person> ', '').length,
      isAlone: command.alone?.includes(phrase) ?? false,
    }))
  known.set(command, read)
  return read
}
