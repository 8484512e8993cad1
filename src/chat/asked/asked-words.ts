/** The words of a message as a question is read from them: short forms in full, and without what says nothing. */
import { distance } from 'fastest-levenshtein'
import { plainWord, wordsOf } from '../said/words.ts'
import { type AskedWord } from './hole-kinds.ts'

/** Nobody asks at greater length; and no question is looked for in more. */
const mostWords = 24
/** Shorter words are too like each other to be taken for slips. */
const shortestSlip = 5

/** Short forms, as they are compared, and in full. */
const inFull: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      whats: 'what is',
      whos: 'who is',
      wheres: 'where is',
      hows: 'how is',
      whens: 'when is',
      whys: 'why is',
    },
    ...{
      im: 'i am',
      ive: 'i have',
      its: 'it is',
      thats: 'that is',
      hes: 'he is',
      shes: 'she is',
      theyre: 'they are',
    },
    ...{
      dont: 'do not',
      doesnt: 'does not',
      didnt: 'did not',
      isnt: 'is not',
      arent: 'are not',
      wasnt: 'was not',
    },
    ...{
      hasnt: 'has not',
      havent: 'have not',
      wont: 'will not',
      cant: 'can not',
      cannot: 'can not',
      whod: 'who did',
    },
    ...{
      couldnt: 'could not',
      wouldnt: 'would not',
      shouldnt: 'should not',
      theres: 'there is',
      youre: 'you are',
    },
    ...{
      dose: 'does',
      dos: 'does',
      teh: 'the',
      waht: 'what',
      whta: 'what',
      hwo: 'who',
      woh: 'who',
      cna: 'can',
      cal: 'call',
      cals: 'calls',
      y: 'why',
      u: 'you',
      ur: 'your',
      r: 'are',
      wich: 'which',
      wot: 'what',
      wat: 'what',
      wen: 'when',
      hw: 'how',
    },
    ...{
      grp: 'group',
      vm: 'voicemail',
      vmail: 'voicemail',
      fwd: 'forward',
      ppl: 'people',
      ans: 'answer',
      sec: 'seconds',
    },
    ...{
      secs: 'seconds',
      second: 'second',
      s: 'seconds',
      mins: 'minutes',
      fone: 'phone',
      tel: 'phone',
      mobile: 'phone',
    },
    ...{
      pickup: 'pick up',
      pickedup: 'picked up',
      forwards: 'forward',
      diverted: 'forwarded',
      divert: 'forward',
    },
  }),
)

/** Words that may stand anywhere in a question without changing it. */
const sayNothing = new Set(
  (
    'please pls plz thanks thx just really actually currently exactly still anyway again even then hmm um uh already ' +
    'yet ever now btw lol though tho'
  ).split(' '),
)

/** What may stand in front of a question. */
const inFront: ReadonlyArray<readonly string[]> = [
  'can you tell me',
  'could you tell me',
  'could you please tell me',
  'would you tell me',
  'will you tell me',
  'can you say',
  'can you explain',
  'do you know',
  'tell me',
  'explain',
  'explain to me',
  'let me know',
  'remind me',
  'i want to know',
  'i would like to know',
  'id like to know',
  'i wonder',
  'i was wondering',
  'i need to know',
  'quick question',
  'question',
  'answer',
  'answer me',
  'excuse me',
  'sorry',
  'and',
  'but',
  'so',
  'show me',
  'any idea',
  ...[
    'right',
    'well',
    'hey',
    'hi',
    'hello',
    'ok',
    'okay',
    'oh',
    'bot',
    'hey bot',
    'hi bot',
    'good morning',
    'listen',
  ],
].map((phrase) => phrase.split(' '))

export type AskedText = { readonly words: readonly AskedWord[]; readonly isMarked: boolean }

/** The words of a text, spelled as in this vocabulary where that is near; null when no question can be in it. */
export function readAsked(text: string, vocabulary: Vocabulary): AskedText | null {
  const typed = wordsOf(text)
  if (typed.length === 0 || typed.length > mostWords) return null
  const words = typed.flatMap(asWritten).filter(({ plain }) => plain !== '' && !sayNothing.has(plain))
  const kept = withoutFront(words.map((word) => ({ ...word, near: vocabulary.nearTo(word.plain) })))
  return kept.length === 0 || kept.length > mostWords
    ? null
    : { words: kept, isMarked: /\?\s*$/u.test(text.slice(-20)) }
}

type Written = Omit<AskedWord, 'near'>

/** "Ann's" is Ann and what she has; "who's" is two words, too. */
function asWritten(typed: string): readonly Written[] {
  const word = withoutComma(typed)
  const plain = plainWord(word)
  const full = Object.hasOwn(Object.prototype, plain) ? undefined : inFull.get(plain)
  if (full !== undefined) return full.split(' ').map((one) => ({ typed: one, plain: one }))
  if (/.['’`´]s$/u.test(word)) {
    const name = word.slice(0, -2)
    return [
      { typed: name, plain: plainWord(name) },
      { typed: "'s", plain: "'s" },
    ]
  }
  return [{ typed: word, plain: /^['’`´]s$/u.test(word) ? "'s" : plain }]
}

function withoutComma(word: string): string {
  return /[,;:]$/u.test(word) ? word.slice(0, -1) : word
}

function withoutFront(words: readonly AskedWord[]): readonly AskedWord[] {
  const front = inFront
    .filter(
      (phrase) => phrase.length < words.length && phrase.every((word, index) => words[index]?.plain === word),
    )
    .reduce((most, { length }) => Math.max(most, length), 0)
  return front === 0 ? words : withoutFront(words.slice(front))
}

/** The words of all phrases, by their first letter, so that a slip is told from a name. */
export class Vocabulary {
  readonly #words: ReadonlySet<string>
  readonly #byLetter: ReadonlyMap<string, readonly string[]>

  constructor(words: Iterable<string>) {
    this.#words = new Set(words)
    const long = [...this.#words].filter(({ length }) => length >= shortestSlip - 1)
    const letters = [...new Set(long.map((word) => word.charAt(0)))]
    this.#byLetter = new Map(
      letters.map((letter) => [letter, long.filter((word) => word.startsWith(letter))]),
    )
  }

  /** The word that this one is most likely a slip for: itself when it is known, or like no other. */
  nearTo(word: string): string {
    if (word.length < shortestSlip || word.length > 20 || this.#words.has(word)) return word
    const alike = this.#byLetter.get(word.charAt(0)) ?? []
    return alike.find((one) => Math.abs(one.length - word.length) <= 1 && isSlip(word, one)) ?? word
  }
}

/** One letter too many, too few or wrong, or two that changed places. */
function isSlip(word: string, meant: string): boolean {
  const away = distance(word, meant)
  if (away <= 1) return true
  const sorted = (text: string) => [...text].sort().join('')
  return away === 2 && word.length === meant.length && sorted(word) === sorted(meant)
}
