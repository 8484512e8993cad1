/** What may stand behind the question mark of a request to the admin API. */
import { isWhole } from '../core/whole.ts'
import { type AdminReply, type Method, problem, type QueryName, type Route } from './api.ts'

/** The type of each name in JSON Schema, and what it means. */
export const queries: Readonly<Record<QueryName, readonly [type: QueryType, text: string]>> = {
  limit: ['integer', 'How many at most: 1 to 200, 50 unless said.'],
  after: ['string', 'Only what comes after this; for the next page, `next` of the page before.'],
  before: ['integer', 'Only lower numbers; for the next page, `next` of the page before.'],
  about: ['string', 'Only changes about this person, or about `policy:<name>`.'],
  dryRun: ['boolean', 'Tries everything and keeps nothing.'],
  quiet: ['boolean', 'Tells nobody about the changes.'],
}

type QueryType = 'integer' | 'string' | 'boolean'

/** The names a route understands. Whatever changes something can be asked to tell nobody. */
export function queriesOf({ method, query = [] }: Pick<Route, 'method' | 'query'>): readonly QueryName[] {
  return method === 'get' ? query : [...new Set<QueryName>([...query, 'quiet'])]
}

/** Whether a flag is set; PowerShell writes it True. */
export function isSet(query: URLSearchParams, name: 'dryRun' | 'quiet'): boolean {
  return query.get(name)?.toLowerCase() === 'true'
}

/** Refuses what is not understood, rather than doing in earnest what was meant as a dry run; null when all is well. */
export function queryProblem(
  route: { readonly method: Method; readonly query?: Route['query'] },
  given: URLSearchParams,
): AdminReply | null {
  const known = queriesOf(route)
  for (const [name, value] of given) {
    const found = known.find((one) => one === name)
    if (found === undefined) return badQuery(`${name} is not understood here`, known)
    const [type] = queries[found]
    if (!reads[type](value)) return badQuery(`${name} must be ${mustBe[type]}`, known)
  }
  return null
}

const reads: Readonly<Record<QueryType, (value: string) => boolean>> = {
  string: isWhole,
  boolean: (value) => /^(?:true|false)$/iu.test(value),
  integer: (value) => /^[1-9]\d{0,14}$/u.test(value),
}

const mustBe: Readonly<Record<QueryType, string>> = {
  string: 'a text without a NUL',
  boolean: 'true or false',
  integer: 'a whole number from 1 on',
}

function badQuery(what: string, known: readonly QueryName[]): AdminReply {
  const names =
    known.length === 0
      ? 'Nothing can be asked behind the question mark'
      : `What can be asked: ${known.join(', ')}`
  return problem(400, 'badQuery', `${what}. ${names}. Nothing was changed.`)
}
