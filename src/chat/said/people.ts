/** Finds whom somebody means: a mention, an address, an object id, or the name of a person the bot has met. */
import {
  isAddress,
  isGuest,
  isObjectId,
  type PersonId,
  plainAddress,
  readAddress,
  readPhoneNumber,
} from '../../core/person.ts'
import { impossibleAddress, type Refusal } from '../../core/refusal.ts'
import { type PersonRecord } from '../../store/documents.ts'
import { plainName, typedText } from '../draw/plain.ts'
import { type Mention, type Turn } from '../turn.ts'
import { around, type Called, calledSo, type Speaker } from './called.ts'

export type Found =
  | { readonly is: 'found'; readonly id: PersonId }
  | { readonly is: 'several'; readonly given: string; readonly people: readonly PersonRecord[] }
  | { readonly is: 'refused'; readonly refusal: Refusal }

/** Whom the text names. People never met are kept under the address or object id that is given for them. */
export async function findPerson(turn: Speaker, text: string): Promise<Found> {
  return findAmong(turn, text, [])
}

/** Whom the text names, where only some people can be meant: the one of these who fits, and others when none of them does. */
export async function findAmong(turn: Speaker, text: string, meant: readonly PersonId[]): Promise<Found> {
  const named = await findByIdentity(turn, text, meant)
  if (named) return named
  const given = bareName(text)
  return foundBy(given, await calledSo(turn, given, await around(turn, meant)))
}

/** Who is called so, as the one found, several, or nobody. */
export function foundBy(given: string, { people }: Called): Found {
  const [first] = people
  if (first && people.length === 1) return found(first.id)
  if (first) return { is: 'several', given, people }
  return refused(readPhoneNumber(given) === null ? 'E_NOT_FOUND' : 'E_EXTERNAL', given)
}

/** Whom the text names by more than a name: a mention, an address, an object id, oneself. Null when it is a name. */
export async function findByIdentity(
  turn: Speaker,
  text: string,
  meant: readonly PersonId[] = [],
): Promise<Found | null> {
  const mention = mentionOf(turn, text.trim())
  if (mention) return mentioned(turn, mention)
  const given = bareName(text)
  if (['me', 'myself'].includes(given.toLowerCase())) return found(turn.person.id)
  const isImpossible = given.includes('@') && !/\s/u.test(given) && !isAddress(plainAddress(given))
  const kept = isImpossible ? await keptAs(turn, given, meant) : null
  if (kept !== null) return found(kept)
  const address = readAddress(typedText(text))
  if (address !== null) return byAddress(turn, address)
  if (isObjectId(given)) return found(await turn.directory.mention(given))
  return isImpossible ? { is: 'refused', refusal: impossibleAddress(plainAddress(given)) } : null
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
  if (isGuest(address)) return refused('E_EXTERNAL', address)
  return found(await turn.directory.mention(address))
}

/** Whom a card names: somebody known by their id, or who is chosen in a people picker by object id or address. */
export async function findPicked(turn: Speaker, id: string): Promise<Found> {
  const known = isGuest(id) ? null : await turn.directory.whoIs(plainAddress(id))
  return known === null ? findPerson(turn, id) : found(known)
}

/** Who was kept under this before it was no address any more: one of these, or somebody who has written. */
async function keptAs(
  { directory }: Speaker,
  given: string,
  meant: readonly PersonId[],
): Promise<PersonId | null> {
  const id = await directory.find(given)
  if (id === null || meant.includes(id)) return id
  return (await directory.person(id)).reach === undefined ? null : id
}

/** Quotes, brackets and an @ round a name are not part of it; what stands in angle brackets says more than what is before. */
export function bareName(text: string): string {
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
