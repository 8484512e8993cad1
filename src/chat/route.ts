/** Finds the command somebody typed: the longest phrase that fits wins, on word boundaries. */
import { distance } from 'fastest-levenshtein'
import { type Command } from './command.ts'
import { afterPhrase, plainWord, withoutCourtesies } from './words.ts'

export type Route = { readonly command: Command; readonly rest: readonly string[] }

/** The command and what follows its phrase; null when nothing fits. */
export function route(commands: readonly Command[], words: readonly string[]): Route | null {
  return longestFit(commands, words) ?? longestFit(commands, withoutCourtesies(words))
}

/** The phrase most like what was typed, for "did you mean"; null when nothing is near. */
export function nearestPhrase(commands: readonly Command[], words: readonly string[]): string | null {
  const typed = words.slice(0, 4).map(plainWord).join(' ').slice(0, 40)
  const phrases = commands.flatMap((command) => command.phrases)
  const near = phrases
    .map((phrase) => ({ phrase, away: Math.min(distance(typed, phrase), sharedWords(typed, phrase)) }))
    .sort((one, other) => one.away - other.away)[0]
  return near && near.away <= Math.max(2, Math.floor(near.phrase.length / 3)) ? near.phrase : null
}

/** A phrase of which a whole word of at least four letters was typed counts as near. */
function sharedWords(typed: string, phrase: string): number {
  const words = phrase.split(' ')
  return typed.split(' ').some((word) => word.length > 3 && words.includes(word)) ? 2 : Infinity
}

function longestFit(commands: readonly Command[], words: readonly string[]): Route | null {
  let best: (Route & { readonly length: number }) | null = null
  for (const command of commands) {
    for (const phrase of command.phrases) {
      const rest = afterPhrase(words, phrase)
      if (rest !== null && phrase.length > (best?.length ?? 0))
        best = { command, rest, length: phrase.length }
    }
  }
  return best
}
