/**
 * How a question may be worded: "is <person> (in|on) [the] group". Round brackets hold alternatives, square ones what may be
 * left out, angle ones a hole for a person, an owner, a number. A name in braces stands for wording that many questions
 * share. Holes are short and nothing repeats, so that trying a phrase costs little whatever somebody typed.
 */
import { type AskedWord, holeTakes } from './hole-kinds.ts'

/** Where each hole begins and ends among the words. */
export type Spans = ReadonlyMap<string, readonly [from: number, to: number]>

type Piece =
  | { readonly is: 'word'; readonly word: string }
  | { readonly is: 'hole'; readonly name: string }
  | { readonly is: 'any'; readonly ways: readonly Pieces[] }
type Pieces = readonly Piece[]

export type Phrase = { readonly pieces: Pieces; readonly first: ReadonlySet<string> | null }

/** Longer ones are no names. */
const mostWordsInHole = 6

/** Wording that many questions share. */
const shared: ReadonlyMap<string, string> = new Map([
  ['whose', "(my|our|the|this|<owner>['s])"],
  ['group', '({whose} [own] [call|pickup|ring] (group|team|list)|the [call] group of <owner>)'],
  ['calls', '({whose} [incoming|phone] (calls|phone|line)|the calls of <owner>)'],
  ['one', '(anyone|anybody|someone|somebody|no one|nobody|noone|none|everyone|everybody|they|people)'],
  ['a call', '(that|this|the|my|our|a) [last|latest|previous|recent|most recent] [missed|phone] call'],
  [
    'picks up',
    '(pick|picks|picked|picking) [it] up|(answer|answers|answered|take|takes|took|taken|get|gets|got) [it|{a call}|the phone|the calls]',
  ],
  ['voicemail', '(voicemail|voice mail|mailbox|answering machine)'],
  [
    'change',
    '(change|changes|changed|edit|edited|touch|touched|modify|modified|alter|altered|update|updated)',
  ],
  ['settings', '{whose} [calling|call] (settings|setup|configuration|forwarding|group|rules)'],
])

/** A phrase as it is compared with words. */
export function readPhrase(phrase: string): Phrase {
  const text = spelledOut(phrase)
  const tokens = text.match(/<[a-z]+>|[()[\]|]|[^\s()[\]|<>]+/gu) ?? []
  const { ways } = readWays(tokens, 0)
  const pieces = ways.length === 1 ? (ways[0] ?? []) : [{ is: 'any' as const, ways }]
  return { pieces, first: firstOf(pieces) }
}

/** All words that stand in a phrase itself. */
export function wordsIn({ pieces }: Phrase): readonly string[] {
  return pieces.flatMap(wordsOfPiece)
}

function wordsOfPiece(piece: Piece): readonly string[] {
  if (piece.is === 'hole') return []
  return piece.is === 'word' ? [piece.word] : piece.ways.flatMap((way) => way.flatMap(wordsOfPiece))
}

/** Where the holes of a phrase are when it fits all of these words; null when it does not. */
export function fitting(words: readonly AskedWord[], { pieces, first }: Phrase): Spans | null {
  return beginning(words, { pieces, first }, (at) => at === words.length)
}

/** The same for a phrase that may end where `isEnd` says. */
export function beginning(
  words: readonly AskedWord[],
  { pieces, first }: Phrase,
  isEnd: (at: number) => boolean,
): Spans | null {
  const [start] = words
  if (!start || (first && !first.has(start.plain) && !first.has(start.near))) return null
  return fit(words, { at: 0, spans: new Map() }, pieces, isEnd)
}

type Reached = { readonly at: number; readonly spans: Spans }

function fit(
  words: readonly AskedWord[],
  { at, spans }: Reached,
  [piece, ...rest]: Pieces,
  isEnd: (at: number) => boolean,
): Spans | null {
  if (!piece) return isEnd(at) ? spans : null
  if (piece.is === 'any') {
    for (const way of piece.ways) {
      const found = fit(words, { at, spans }, [...way, ...rest], isEnd)
      if (found) return found
    }
    return null
  }
  if (piece.is === 'word') {
    const word = words[at]
    const isIt = word !== undefined && (word.plain === piece.word || word.near === piece.word)
    return isIt ? fit(words, { at: at + 1, spans }, rest, isEnd) : null
  }
  const most = Math.min(words.length, at + mostWordsInHole)
  for (let end = at + 1; end <= most; end += 1) {
    if (!holeTakes(piece.name, words.slice(at, end))) continue
    const found = fit(words, { at: end, spans: new Map([...spans, [piece.name, [at, end]]]) }, rest, isEnd)
    if (found) return found
  }
  return null
}

function spelledOut(phrase: string): string {
  return phrase.replace(/\{([a-z ]+)\}/gu, (_, name: string) => `(${spelledOut(shared.get(name) ?? name)})`)
}

/** Alternatives up to the bracket that closes them. */
function readWays(tokens: readonly string[], from: number): { ways: readonly Pieces[]; to: number } {
  const ways: Piece[][] = [[]]
  let at = from
  for (; at < tokens.length; at += 1) {
    const token = tokens[at] ?? ''
    if (token === ')' || token === ']') break
    if (token === '|') ways.push([])
    else if (token === '(' || token === '[') {
      const inner = readWays(tokens, at + 1)
      ways.at(-1)?.push({ is: 'any', ways: token === '[' ? [...inner.ways, []] : inner.ways })
      at = inner.to
    } else ways.at(-1)?.push(readPiece(token))
  }
  return { ways, to: at }
}

function readPiece(token: string): Piece {
  return token.startsWith('<')
    ? { is: 'hole', name: token.slice(1, -1) }
    : { is: 'word', word: token.replaceAll('_', ' ') }
}

/** The words with which it can begin; null when that can be anything. */
function firstOf([piece, ...rest]: Pieces): ReadonlySet<string> | null {
  if (!piece || piece.is === 'hole') return null
  if (piece.is === 'word') return new Set([piece.word])
  const firsts = piece.ways.map((way) => firstOf([...way, ...rest]))
  return firsts.includes(null) ? null : new Set(firsts.flatMap((first) => [...(first ?? [])]))
}
