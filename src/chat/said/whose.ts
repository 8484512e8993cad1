/** Whose calls or group somebody means: "ann", "ann's calls", "the group of ann". */
import { type PersonId } from '../../core/person.ts'
import { type Speaker } from './called.ts'
import { findAmong, type Found } from './people.ts'
import { plainWord } from './words.ts'

/** Words round a name that say nothing more. */
const sayNothing = new Set(['calls', 'call', 'group', 'groups', 'for', 'of', 'from', 'to', 'the', 'only'])

/** The name that is left of these words; empty when there is none. */
export function whose(words: readonly string[]): string {
  return words
    .filter((word) => !sayNothing.has(plainWord(word)))
    .join(' ')
    .replace(/ ?['’]s$/u, '')
}

/** Whom the name means, first of all one of these. Hurried people leave the apostrophe out: "anns". */
export async function findOwner(turn: Speaker, name: string, among: readonly PersonId[]): Promise<Found> {
  const found = await findAmong(turn, name, among)
  const isUnknown = found.is === 'refused' && found.refusal.code === 'E_NOT_FOUND'
  if (!isUnknown || !/.s$/iu.test(name)) return found
  const owner = await findAmong(turn, name.slice(0, -1), among)
  return owner.is === 'refused' ? found : owner
}
