/** What each hole of a phrase takes. */

/** One word as it was typed, as it is compared, and the word of the phrases it may be a slip for. */
export type AskedWord = { readonly typed: string; readonly plain: string; readonly near: string }

/** Words of a question that are no part of anybody's name. */
const noNames = new Set(
  (
    'me added put muted also can not everything all my our your the this that it its a an i you he she we they who what why when where how which whose is are am was were ' +
    'do does did has have had if not in on to of calls call phone group forwarding busy someone anyone everybody nobody ' +
    "somebody anybody everyone for from and with or at by 's there here voicemail settings first last"
  ).split(' '),
)

export const ordinals: ReadonlyMap<string, number | 'last'> = new Map<string, number | 'last'>([
  ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'].map(
    (word, index) => [word, index + 1] as const,
  ),
  ...['1st', '2nd', '3rd', '4th', '5th', '6th', '7th'].map((word, index) => [word, index + 1] as const),
  ...Array.from({ length: 25 }, (_, index) => [String(index + 1), index + 1] as const),
  ...['one', 'two', 'three', 'four', 'five'].map((word, index) => [word, index + 1] as const),
  ['last', 'last'],
  ['final', 'last'],
  ['top', 1],
  ['bottom', 'last'],
  ['next', 1],
])

const numberWords: ReadonlyMap<string, number> = new Map([
  ['five', 5],
  ['ten', 10],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['sixty', 60],
])

/** The number that a word stands for; null when it is none. */
export function numberIn(word: string): number | null {
  return /^\d{1,3}$/u.test(word) ? Number(word) : (numberWords.get(word) ?? null)
}

/** Whether these words can stand in the hole of this name. */
export function holeTakes(name: string, words: readonly AskedWord[]): boolean {
  const [first] = words
  switch (name) {
    case 'seconds':
      return words.length === 1 && first !== undefined && numberIn(first.plain) !== null
    case 'ordinal':
      return words.length === 1 && first !== undefined && ordinals.has(first.near)
    case 'place':
      return (
        words.length === 1 &&
        first !== undefined &&
        (ordinals.has(first.plain) || ['up', 'down'].includes(first.plain))
      )
    case 'word':
      return words.length === 1
    case 'target':
    case 'anything':
    case 'term':
    case 'other':
      return true
    default:
      return words.length <= 4 && words.every(({ plain }) => !noNames.has(plain))
  }
}
