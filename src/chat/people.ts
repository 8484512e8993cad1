/** Finds whom somebody means: a mention, an address, an object id, or the name of a person the bot has met. */
import { isAddress, isObjectId, type PersonId, plainAddress, readPhoneNumber } from '../core/person.ts'
import { type Refusal } from '../core/refusal.ts'
import { type PersonRecord } from '../store/documents.ts'
import { plainName } from './plain.ts'
import { type Mention, type Turn } from './turn.ts'

export type Found =
  | { readonly is: 'found'; readonly id: PersonId }
  | { readonly is: 'several'; readonly given: string; readonly people: readonly PersonRecord[] }
  | { readonly is: 'refused'; readonly refusal: Refusal }

/** Whom the text names. People never met are kept under the address or object id that is given for them. */
export async function findPerson(turn: Turn, text: string): Promise<Found> {
  const given = withoutBrackets(text)
  const mention = turn.mentions.find(({ name }) => name.toLowerCase() === given.toLowerCase())
  if (mention) return mentioned(turn, mention)
  if (given.toLowerCase() === 'me') return found(turn.person.id)
  if (isAddress(plainAddress(given))) return byAddress(turn, plainAddress(given))
  if (isObjectId(given)) return found(await turn.directory.mention(given))
  const people = await byName(turn, given)
  const [first] = people
  if (first && people.length === 1) return found(first.id)
  if (first) return { is: 'several', given, people }
  return refused(readPhoneNumber(given) === null ? 'E_NOT_FOUND' : 'E_EXTERNAL', given)
}

/** Splits found people from refusals; the first name that fits several people is left for the person to choose. */
export function sorted(results: readonly Found[]) {
  return {
    ids: results.flatMap((result) => (result.is === 'found' ? [result.id] : [])),
    refusals: results.flatMap((result) => (result.is === 'refused' ? [result.refusal] : [])),
    several: results.find((result) => result.is === 'several'),
  }
}

/** The name people see for each id; read once for a whole card. */
export async function namesOf(
  turn: Pick<Turn, 'directory'>,
  ids: Iterable<PersonId>,
): Promise<(id: PersonId) => string> {
  const people = await turn.directory.people(ids)
  return (id) => shownName(people.get(id), id)
}

/** Somebody known only by an object id has no name yet. */
export function shownName(person: PersonRecord | undefined, id: PersonId): string {
  if (person && person.name !== id) return plainName(person.name)
  return isObjectId(id) ? 'Somebody new' : plainName(id)
}

/** Somebody as an entry of a list to choose from. */
export function choiceOf(person: PersonRecord): { readonly title: string; readonly value: PersonId } {
  const { id, address } = person
  const name = shownName(person, id)
  return {
    title: address === undefined || address === name ? name : `${name} (${plainName(address)})`,
    value: id,
  }
}

async function mentioned(turn: Turn, { id, name, objectId }: Mention): Promise<Found> {
  if (id.startsWith('19:')) return refused('E_KIND', name)
  return found(await turn.directory.mention(objectId ?? id, name))
}

async function byAddress(turn: Turn, address: string): Promise<Found> {
  if (address.includes('#ext#')) return refused('E_EXTERNAL', address)
  return found(await turn.directory.mention(address))
}

/** People whose name fits; the one whose whole name it is wins over those who only share a part of it. */
async function byName(turn: Turn, given: string): Promise<readonly PersonRecord[]> {
  if (given === '') return []
  const people = await turn.directory.named(given)
  const exact = people.filter(({ name }) => name.toLowerCase() === given.toLowerCase())
  return exact.length > 0 ? exact : people
}

/** "Bo <bo@contoso.com>" means the address. */
function withoutBrackets(text: string): string {
  const start = text.lastIndexOf('<')
  const end = text.lastIndexOf('>')
  return (start >= 0 && end > start ? text.slice(start + 1, end) : text).trim()
}

function found(id: PersonId): Found {
  return { is: 'found', id }
}

function refused(code: 'E_NOT_FOUND' | 'E_EXTERNAL' | 'E_KIND', given: string): Found {
  return { is: 'refused', refusal: { code, given } }
}
