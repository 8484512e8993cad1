/** People and numbers as settings name them. */
import {
  isAddress,
  isGuest,
  isMeantAsAddress,
  isObjectId,
  type PersonId,
  plainAddress,
  readPhoneNumber,
} from '../core/person.ts'
import { type Target } from '../core/target.ts'
import { type Form, isCutShort, type Problem } from './form.ts'

/** Who is meant by a plain address or id; null when nobody is known by it. */
export type PersonOf = (named: string) => PersonId | null

/** Takes people by the name they are given. */
export const asNamed: PersonOf = (named) => named

/** The person a field names; null, with a problem, when it names nobody. */
export function readPerson(form: Form, field: string, personOf: PersonOf): PersonId | null {
  return personIn(form, field, form.value(field), personOf)
}

/** The people a field lists, in order. Somebody listed twice, with `sip:` or in other letters, is listed once. */
export function readPeople(form: Form, field: string, personOf: PersonOf): readonly PersonId[] {
  const people = form
    .list(field)
    .flatMap((value, index) => personIn(form, `${field}[${index}]`, value, personOf) ?? [])
  return [...new Set(people)]
}

function personIn(form: Form, field: string, value: unknown, personOf: PersonOf): PersonId | null {
  const named = typeof value === 'string' ? plainAddress(value) : ''
  const complain = (must: string, code?: Problem['code']) => form.complain(field, must, code, value)
  if (named === '' || isCutShort(value)) return complain('must name a person by address or object id')
  if (/^(\+|tel:)/.test(named)) return complain('must name a person, not a number', 'E_EXTERNAL')
  if (isGuest(named)) return complain(ofOwn, 'E_EXTERNAL')
  return (
    personOf(named) ?? complain(isImpossible(named) ? possible : 'must name somebody we know', 'E_NOT_FOUND')
  )
}

const possible =
  'must be an address that somebody can have: one @, no dots together or at the ends, and a domain like contoso.com'

function isImpossible(named: string): boolean {
  return isMeantAsAddress(named) && !isAddress(named)
}

const ofOwn = 'must name somebody of your own organization, not a guest'

/** A single target: an object id, an address, or a telephone number. */
export function readSingleTarget(form: Form, field: string, personOf: PersonOf): Target | null {
  const value = form.value(field)
  const named = typeof value === 'string' && !isCutShort(value) ? plainAddress(value) : ''
  // Somebody may have been kept under what is no address any more.
  if (isObjectId(named) || isMeantAsAddress(named)) {
    if (isGuest(named)) return form.complain(field, ofOwn, 'E_EXTERNAL')
    const person = personOf(named)
    if (person !== null) return { is: 'person', person }
    if (isImpossible(named)) return form.complain(field, possible, 'E_TARGET_FORMAT')
    return form.complain(field, `must name somebody we know`, 'E_NOT_FOUND')
  }
  const number = readPhoneNumber(named)
  if (number !== null) return { is: 'number', number }
  // Somebody of another channel than Teams may be known by an id that is neither.
  const known = personOf === asNamed ? null : personOf(named)
  if (known !== null) return { is: 'person', person: known }
  const forms = 'an object id, an address, or a number such as +12065551234, +12065551234;ext=12 or 1234'
  return form.complain(field, `must be ${forms}`, 'E_TARGET_FORMAT')
}
