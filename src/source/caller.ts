/** Callers as sources tell of them: what stands in place of a number, a name or an id, and is none. */
import { type Caller } from '../core/lane.ts'
import { plainAddress, readPhoneNumber } from '../core/person.ts'
import { plainLine } from '../core/plain.ts'

/** What telephone systems write for somebody who withholds their number, alone or before an @ (RFC 3323, RFC 3325). */
const withheld: readonly string[] = [
  'anonymous',
  'blocked',
  'null',
  'private',
  'restricted',
  'unavailable',
  'undefined',
  'unknown',
  'withheld',
]

/** What a source says of a caller, the name as it may be seen; a number, a name or an id that says only that there is none is left out. */
export function callerTold(
  kind: Caller['kind'],
  told: { readonly number?: string; readonly name?: string; readonly id?: string },
): Caller {
  const [number, name, id] = [wordFor(told.number), wordFor(plainLine(told.name ?? '')), wordFor(told.id)]
  return {
    kind,
    ...(name === '' ? {} : { name }),
    ...(number === '' ? {} : { number: readPhoneNumber(number) ?? number }),
    ...(id === '' ? {} : { id: plainAddress(id) }),
  }
}

/** The word itself; empty when it stands for somebody who withholds it. */
function wordFor(told = ''): string {
  const [word = ''] = plainAddress(told)
    .replace(/^(?:tel|sips):/u, '')
    .split(/[@;]/u)
  return withheld.includes(word.replace(/^\+/u, '').trim()) ? '' : told.trim()
}
