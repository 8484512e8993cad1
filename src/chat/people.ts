/** Finds whom somebody means: a mention, an address, an object id, or the name of a person the bot has met. */
import { isAddress, isObjectId, type PersonId, plainAddress, readPhoneNumber } from '../core/person.ts'
import { type Refusal } from '../core/refusal.ts'
import { type PersonRecord } from '../store/documents.ts'
import { plainName, typedText } from './plain.ts'
import { type Mention, type Turn } from './turn.ts'

export type Found =
  | { readonly is: 'found'; readonly id: PersonId }
  | { readonly is: 'several'; readonly given: string; readonly people: readonly PersonRecord[] }
  | { readonly is: 'refused'; readonly refusal: Refusal }

/** Who asks, and whom they mentioned: all it takes to know whom they mean. */
export type Speaker = Pick<Turn, 'person' | 'mentions' | 'directory'>

/** Whom the text names. People never met are kept under the address or object id that is given for them. */
export async function findPerson(turn: Speaker, text: string): Promise<Found> {
  const mention = mentionOf(turn, text.trim())
  if (mention) return mentioned(turn, mention)
  const given = bareName(text)
  if (['me', 'myself'].includes(given.toLowerCase())) return found(turn.person.id)
  if (isAddress(plainAddress(given))) return byAddress(turn, plainAddress(given))
  if (isObjectId(given)) return found(await turn.directory.mention(given))
  const people = await byName(turn, given)
  const [first] = people
  if (first && people.length === 1) return found(first.id)
  if (first) return { is: 'several', given, people }
  return refused(readPhoneNumber(given) === null ? 'E_NOT_FOUND' : 'E_EXTERNAL', given)
}

/** Whom the text names, where only some people can be meant: of several with a name, the one who is among these. */
export async function findAmong(turn: Speaker, text: string, meant: readonly PersonId[]): Promise<Found> {
  const result = await findPerson(turn, text)
  if (result.is !== 'several') return result
  const people = result.people.filter(({ id }) => meant.includes(id))
  const [only] = people
  if (only && people.length === 1) return found(only.id)
  return people.length > 0 ? { ...result, people } : result
}

/** Mentions stand as @1, @2, … in the text. */
function mentionOf({ mentions }: Speaker, given: string): Mention | undefined {
  const [, number] = /^@([1-9]\d?)$/u.exec(given) ?? []
  return number === undefined ? undefined : mentions[Number(number) - 1]
}

/** Splits found people from refusals; names that fit several people are left for the person to choose, one by one. */
export function sorted(results: readonly Found[]) {
  const [several, ...unclear] = results.filter((result) => result.is === 'several')
  return {
    ids: results.flatMap((result) => (result.is === 'found' ? [result.id] : [])),
    refusals: results.flatMap((result) => (result.is === 'refused' ? [result.refusal] : [])),
    several,
    unclear: unclear.map(({ given }) => given),
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

async function mentioned(turn: Speaker, { id, name, objectId }: Mention): Promise<Found> {
  if (id.startsWith('19:')) return refused('E_KIND', name)
  return found(await turn.directory.mention(objectId ?? id, name))
}

async function byAddress(turn: Speaker, address: string): Promise<Found> {
  if (address.includes('#ext#')) return refused('E_EXTERNAL', address)
  return found(await turn.directory.mention(address))
}

/** People whose name fits; the one whose whole name it is wins over those who only share a part of it. */
async function byName(turn: Speaker, given: string): Promise<readonly PersonRecord[]> {
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(given)) return []
  const people = await namedEitherWay(turn, given)
  const exact = people.filter(({ name }) => straight(name) === straight(given))
  return exact.length > 0 ? exact : people
}

/** Telephones type O’Brien where the directory has O'Brien. */
async function namedEitherWay({ directory }: Speaker, given: string): Promise<readonly PersonRecord[]> {
  const people = await directory.named(given)
  if (people.length > 0 || !/['’]/u.test(given)) return people
  return directory.named(given.includes('’') ? given.replaceAll('’', "'") : given.replaceAll("'", '’'))
}

function straight(name: string): string {
  return name.normalize('NFC').toLowerCase().replaceAll('’', "'")
}

/** "Bo <bo@contoso.com>" means the address; quotes, brackets and an @ round a name are not part of it. */
function bareName(text: string): string {
  const typed = typedText(text)
  const start = typed.lastIndexOf('<')
  const end = typed.lastIndexOf('>')
  const inner = (start >= 0 && end > start ? typed.slice(start + 1, end) : typed).trim()
  const bare = inner.startsWith('@') ? inner.slice(1) : inner
  return isWrapped(bare) ? bare.slice(1, -1).trim() : bare
}

function isWrapped(text: string): boolean {
  return text.length > 2 && '"“”„«»「([{'.includes(text.charAt(0)) && '"“”«»」)]}'.includes(text.slice(-1))
}

function found(id: PersonId): Found {
  return { is: 'found', id }
}

function refused(code: 'E_NOT_FOUND' | 'E_EXTERNAL' | 'E_KIND', given: string): Found {
  return { is: 'refused', refusal: { code, given } }
}
