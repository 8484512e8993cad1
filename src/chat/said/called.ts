/** Who is called by a name, or by a part of one: those the bot remembers under its words, and those near whoever asks. */
import { type CallingSettings } from '../../core/calling-settings.ts'
import { isMeantAsAddress, type PersonId, straightApostrophes } from '../../core/person.ts'
import { type PersonRecord } from '../../store/documents.ts'
import { nameWords } from '../../switchboard/names.ts'
import { type Turn } from '../turn.ts'

/** Who asks, and whom they mentioned: all it takes to know whom they mean. With settings, those near them are known, too. */
export type Speaker = Pick<Turn, 'person' | 'mentions' | 'directory'> & Partial<Pick<Turn, 'settings'>>

/** Those who fit all words that were typed; wholly, when these are all the words of their names. */
export type Called = { readonly people: readonly PersonRecord[]; readonly isWhole: boolean }

/** Those near whoever asks, and of all people those who can be meant first of all. */
export type Around = {
  readonly near: ReadonlyMap<PersonId, PersonRecord>
  readonly meant: readonly PersonId[]
}

const nobody: Called = { people: [], isWhole: false }
/** Further words of a name are not looked up: whoever fits the first ones must have the others in their name. */
const mostLookedUp = 10

/**
 * Who is called so. Where somebody among these fits, only they are meant. However many share a word of their name, those
 * near whoever asks are not forgotten.
 */
export async function calledSo(turn: Speaker, given: string, { near, meant }: Around): Promise<Called> {
  const words = [...new Set(nameWords(straight(given)))]
  if (words.length === 0 || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(given)) return nobody
  const remembered = await Promise.all(
    words.slice(0, mostLookedUp).map((word) => rememberedUnder(turn, word)),
  )
  const known = new Map([...remembered.flatMap((people) => [...people]), ...near])
  // A word is theirs when it is in their name, or when they are remembered under it by a former one.
  const fits = [...known.values()].filter((person) => {
    const { own, domain } = wordsOf(person)
    return words.every(
      (word, index) => own.includes(word) || (remembered[index]?.has(person.id) && !domain.includes(word)),
    )
  })
  const among = fits.filter(({ id }) => meant.includes(id))
  return narrowed(given, among.length > 0 ? among : fits)
}

/** The words somebody is called by. Of an address in place of a name the domain is not one: it is everybody's. */
function wordsOf({ name, address = name }: PersonRecord) {
  const [local = '', domain = ''] = isMeantAsAddress(address) ? address.split('@') : []
  return { own: nameWords(straight(isMeantAsAddress(name) ? local : name)), domain: nameWords(domain) }
}

/** Who is around whoever asks; read once for everybody they name. */
export async function around(turn: Speaker, meant: readonly PersonId[]): Promise<Around> {
  const { settings, person, directory } = turn
  const near = settings ? peopleIn(await settings.settingsOf(person.id)) : []
  return { near: await directory.people([...meant, ...near]), meant }
}

/** Whether all words that were typed are in this name. */
export function isPartOf(given: string, name: string): boolean {
  const own = nameWords(straight(name))
  const words = nameWords(straight(given))
  return words.length > 0 && words.every((word) => own.includes(word))
}

/** Whether the words that were typed are given names of somebody called so: "John" of "John Smith", and of "Smith, John". */
export function isGivenName(given: string, name: string): boolean {
  const [first = '', ...behindComma] = name.split('@')[0]?.split(',') ?? []
  if (behindComma.length > 0) return isPartOf(given, behindComma.join(' '))
  const words = nameWords(first)
  return isPartOf(given, (words.length > 1 ? words.slice(0, -1) : words).join(' '))
}

async function rememberedUnder(
  { directory }: Speaker,
  word: string,
): Promise<ReadonlyMap<PersonId, PersonRecord>> {
  // Telephones type O’Brien where the directory has O'Brien.
  const forms = [...new Set([word, word.replaceAll("'", '’')])]
  const people = await Promise.all(forms.map((form) => directory.named(form)))
  return new Map(people.flat().map((person) => [person.id, person]))
}

/** Everybody with whom these settings share calls. */
function peopleIn({ group, delegates, managers, memberships }: CallingSettings): readonly PersonId[] {
  const others = [...delegates.map(({ person }) => person), ...memberships.map(({ owner }) => owner)]
  return [...group.members, ...managers, ...others]
}

/** The one whose whole name it is wins over those who only share a part of it. */
function narrowed(given: string, people: readonly PersonRecord[]): Called {
  const exact = people.filter(({ name }) => straight(name) === straight(given))
  const whole = exact.length > 0 ? exact : people.filter(({ name }) => isPartOf(name, given))
  return whole.length > 0 ? { people: whole, isWhole: true } : { people, isWhole: false }
}

function straight(name: string): string {
  return straightApostrophes(name.normalize('NFC').toLowerCase())
}
