/**
 * Names and other words from outside, as they may be seen: one line, nothing that draws nothing, no tricks with direction.
 * What joins letters and emoji is part of how they are written, and stays where it joins something.
 */

/** Controls, formats, bidi marks, halves of letters, private letters, ends of lines, and what else draws nothing. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]+/gu

/** Joiners, variants, tags and fillers. They stand inside of words, so nothing takes their place. */
const inside =
  /[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u3164\ufe00-\ufe0f\uffa0\u{e0000}-\u{e0fff}]/u

/** Letters that never join: a joiner between them only makes one name look like another. */
const unjoined =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u
const joining = /[\p{L}\p{M}]/u
/** After one of these, a joiner says how the letter before it is drawn, also at the end of a word (RFC 5892, A.1 and A.2). */
const virama =
  /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0e3a\u0f84\u1039\u103a\u1714\u1734\u17d2\u1a60\u1b44\u1baa\u1bab\ua806\ua8c4\ua953\ua9c0\uaaf6\uabed]/u
const emoji = /\p{Extended_Pictographic}/u
/** Between two emoji that are one, the first may have been given a colour, or be marked as one that is drawn. */
const afterEmoji = /[\p{Emoji_Modifier}\ufe0f]/u
/** What is drawn in more than one way: emoji and other signs, digits of keys, some letters. */
const hasVariant = /[\p{Extended_Pictographic}\p{S}0-9#*\p{Script=Han}\p{Script=Myanmar}\p{Script=Phags_Pa}]/u

/** The text in one line of what can be seen. */
export function plainLine(text: string): string {
  return visible(text).replace(/\s+/gu, ' ').trim()
}

/** The text with a blank for whatever cannot be seen, but for what joins. */
export function visible(text: string): string {
  return text.replace(invisible, (run, at: number) => seenOf(run, text, at))
}

/** What of a run of invisible characters stays: one that joins its neighbours, or a variant and then one that joins. */
function seenOf(run: string, text: string, at: number): string {
  const before = lastOf(text.slice(Math.max(0, at - 4), at))
  const after = firstOf(text.slice(at + run.length, at + run.length + 2))
  const variant = variantIn(run, before)
  const rest = run.slice(variant.length)
  if (isJoiner(rest) && doesJoin(rest, before, after)) return variant + rest
  return variant + ([...rest].every((one) => inside.test(one)) ? '' : ' ')
}

function isJoiner(text: string): boolean {
  return text === '\u200c' || text === '\u200d'
}

function doesJoin(joiner: string, before: readonly string[], after: string): boolean {
  const [last = '', lastButOne = ''] = before
  if (virama.test(last)) return true
  const isJoined = (one: string) => joining.test(one) && !unjoined.test(one)
  if (isJoined(last) && isJoined(after)) return true
  const drawn = afterEmoji.test(last) ? lastButOne : last
  return joiner === '\u200d' && emoji.test(drawn) && emoji.test(after)
}

/** The variant that a run begins with, if what stands before it has variants. */
function variantIn(run: string, [last = '']: readonly string[]): string {
  const first = firstOf(run)
  const isOfHan = /[\u{e0100}-\u{e01ef}]/u.test(first) && /\p{Script=Han}/u.test(last)
  const isOfMongolian = /[\u180b-\u180d\u180f]/u.test(first) && /\p{Script=Mongolian}/u.test(last)
  const isVariant = /[\ufe00-\ufe0f]/u.test(first) && hasVariant.test(last)
  return isOfHan || isOfMongolian || isVariant ? first : ''
}

/** The last two characters, the last one first. */
function lastOf(text: string): readonly string[] {
  return [...text].reverse()
}

function firstOf(text: string): string {
  return [...text][0] ?? ''
}
