/** Reads what people type: cut to size, split at blanks, compared word by word. No pattern here can backtrack. */

/** Longer messages are cut: nothing that makes sense to this bot is longer. In UTF-16 units. */
const mostCharacters = 1000

/** Words that may stand in front of what is asked without changing it. */
const courtesies = new Set(['please', 'can', 'could', 'you', 'show', 'me', 'open', 'the', 'a'])

/** The words of a message, as typed; mentions of the bot itself and trailing punctuation are left out. */
export function wordsOf(text: string): readonly string[] {
  return withoutTags(text.slice(0, mostCharacters))
    .split(/\s/u)
    .map(withoutEnding)
    .filter((word) => word !== '')
}

/** "Bo?!" is Bo. */
function withoutEnding(word: string): string {
  let end = word.length
  while (end > 0 && '?!.…'.includes(word.charAt(end - 1))) end -= 1
  return word.slice(0, end)
}

/** A word as it is compared: lower case, without typographic quotes. */
export function plainWord(word: string): string {
  return word.toLowerCase().replace(/[“”"‘’']/gu, '')
}

/** What follows a phrase at the start of the words, or null when they do not start with it. */
export function afterPhrase(words: readonly string[], phrase: string): readonly string[] | null {
  const expected = phrase.split(' ')
  const starts = expected.every((word, index) => plainWord(words[index] ?? '') === plainWord(word))
  return starts ? words.slice(expected.length) : null
}

/** The words without courtesies in front: "can you please show me my group" is "my group". */
export function withoutCourtesies(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !courtesies.has(plainWord(word)))
  return start < 0 ? words : words.slice(start)
}

/** Splits a list of people or things: "Bo and Cy, Dee" is three; empty parts are left out. */
export function listed(words: readonly string[]): readonly string[] {
  const parts: string[][] = [[]]
  for (const word of words) {
    if (isJoin(word)) parts.push([])
    else takeWord(parts, word)
  }
  return parts.map((part) => part.join(' ').trim()).filter((part) => part !== '')
}

function isJoin(word: string): boolean {
  return ['and', '&', '+', ',', ';'].includes(word.toLowerCase())
}

function takeWord(parts: string[][], word: string): void {
  const pieces = word.split(/[,;]/u)
  pieces.forEach((piece, index) => {
    if (index > 0) parts.push([])
    if (piece !== '') parts.at(-1)?.push(piece)
  })
}

/** Text without the tags round a mention; Teams writes "<at>Bo</at>". Other angle brackets stay: "Bo <bo@contoso.com>". */
function withoutTags(text: string): string {
  return text
    .split('<')
    .map((piece, index) => (index > 0 ? withoutTag(piece) : piece))
    .join('')
}

function withoutTag(piece: string): string {
  const end = piece.indexOf('>')
  const tag = piece.slice(0, end).toLowerCase()
  const isMention = end >= 0 && (tag === 'at' || tag === '/at' || tag.startsWith('at '))
  return isMention ? piece.slice(end + 1) : `<${piece}`
}
