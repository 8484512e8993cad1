/** Finds the people somebody lists, and tells "Smith, John", who is one, from "bo, cy" by who is known. */
import { type PersonId, readAddress } from '../../core/person.ts'
import { nameWords } from '../../switchboard/names.ts'
import { type Around, around, type Called, calledSo, isGivenName, type Speaker } from './called.ts'
import { type Entry, entriesOf } from './listing.ts'
import { bareName, findByIdentity, type Found, foundBy } from './people.ts'

/** More names than this in one message are not looked up: no group has room for them. */
const mostNames = 60

/** A mere name of a list, which may be half of somebody's, and who is called so. */
type Name = { readonly text: string; readonly called: Called; readonly isQuoted: boolean }
/** Names with commas between them of which two may be one person, and who is called as each two next to each other are. */
type Run = { readonly names: readonly Name[]; readonly pairs: readonly Called[] }

/** Whom a list of people names, each of them found, several, or refused; where only some can be meant, these go first. */
export async function findListed(
  turn: Speaker,
  words: readonly string[],
  meant: readonly PersonId[] = [],
): Promise<readonly Found[]> {
  const results: Found[] = []
  const whoIsAround = await around(turn, meant)
  let run: Run = { names: [], pairs: [] }
  const endRun = () => {
    results.push(...peopleOf(run))
    run = { names: [], pairs: [] }
  }
  for (const entry of await whole(turn, entriesOf(words.join(' ')).slice(0, mostNames), whoIsAround)) {
    const identified = await findByIdentity(turn, entry.text, meant)
    if (identified) {
      endRun()
      results.push(identified)
      continue
    }
    const text = bareName(entry.text)
    const name = { text, called: await calledSo(turn, text, whoIsAround), isQuoted: isQuoted(entry.text) }
    const last = run.names.at(-1)
    const mayBeOne = last && entry.isAfterComma && !last.isQuoted && !name.isQuoted
    const pair = mayBeOne && (await calledSo(turn, `${last.text} ${text}`, whoIsAround))
    if (!pair || (pair.people.length === 0 && areTwo(last, name))) endRun()
    else run = { ...run, pairs: [...run.pairs, pair] }
    run = { ...run, names: [...run.names, name] }
  }
  endRun()
  return results
}

/** The entries, with "Lindqvist, Bo <bo@contoso.com>" as the one it is. */
async function whole(
  turn: Speaker,
  entries: readonly Entry[],
  whoIsAround: Around,
): Promise<readonly Entry[]> {
  const joined: Entry[] = []
  for (const entry of entries) {
    const before = joined.at(-1)
    const isEnd = before && entry.isAfterComma && (await endsName(turn, before.text, entry.text, whoIsAround))
    if (isEnd) joined[joined.length - 1] = { ...before, text: `${before.text}, ${entry.text}` }
    else joined.push(entry)
  }
  return joined
}

/** Whether "Bo <bo@contoso.com>" is the rest of a name that began with this: with a surname, or with nobody's known name. */
async function endsName(turn: Speaker, before: string, text: string, whoIsAround: Around): Promise<boolean> {
  const given = givenBeside(text)
  if (given === '' || isQuoted(before)) return false
  if ((await findByIdentity(turn, before, whoIsAround.meant)) !== null) return false
  const called = await calledSo(turn, before, whoIsAround)
  if (called.isWhole || isGiven(before, called)) return false
  const isFullName = nameWords(given).length > 1
  return (
    !isFullName || (nameWords(before).length === 1 && !(await calledSo(turn, given, whoIsAround)).isWhole)
  )
}

/** What stands before an address in brackets; empty when nothing does, or there is no address. */
function givenBeside(text: string): string {
  const start = text.search(/[<([]/u)
  return start > 0 && readAddress(text) !== null ? text.slice(0, start).trim() : ''
}

function isQuoted(text: string): boolean {
  return bareName(text) !== text
}

/** Whether two names that nobody has together are two people for certain, and not a surname and a given name. */
function areTwo(before: Name, after: Name): boolean {
  if (before.called.isWhole) return true
  if (isGiven(before.text, before.called)) return after.called.people.length > 0
  return after.called.isWhole && nameWords(after.text).length > 1
}

/** Whether this names somebody known, and as a given name does. */
function isGiven(text: string, { people }: Called): boolean {
  return people.length > 0 && people.every(({ name }) => isGivenName(text, name))
}

/** One way to read a run: whom it names, and whether by their whole names. */
type Reading = { readonly ids: readonly PersonId[]; readonly isWhole: boolean }

/** The people of a run: those of its one reading that names known people. Otherwise nobody, for nobody is guessed. */
function peopleOf(run: Run): readonly Found[] {
  const [first, ...others] = run.names
  if (!first) return []
  if (others.length === 0) return [foundBy(first.text, first.called)]
  const readings = readingsOf(run)
  const wholes = readings.filter(({ isWhole }) => isWhole)
  const [reading, ...more] = wholes.length > 0 ? wholes : readings
  if (reading && more.length === 0) return reading.ids.map((id) => ({ is: 'found', id }))
  const isKnown = ({ people }: Called) => people.length > 0
  if (!run.pairs.some(isKnown) && !run.names.some(({ called }) => isKnown(called)))
    return run.names.map(({ text, called }) => foundBy(text, called))
  const given = run.names.map(({ text }) => text).join(', ')
  const [pair] = run.pairs
  if (!reading && pair && pair.people.length > 1 && run.pairs.length === 1)
    return [{ is: 'several', given, people: pair.people }]
  return [{ is: 'refused', refusal: { code: 'E_NOT_FOUND', given, isOneOrTwo: true } }]
}

/** The readings in which every name, or two together, is somebody known: alone only by a whole name. */
function readingsOf({ names, pairs }: Run): readonly Reading[] {
  let [behindNext, behind]: Array<readonly Reading[]> = [[], [{ ids: [], isWhole: true }]]
  for (let at = names.length - 1; at >= 0; at -= 1) {
    const [alone, pair] = [names[at]?.called, pairs[at]]
    const readings = [
      ...(alone?.isWhole ? before(alone, behind ?? []) : []),
      ...(pair ? before(pair, behindNext ?? []) : []),
    ]
    behindNext = behind
    behind = twoOfEach(readings)
  }
  return behind ?? []
}

function before({ people, isWhole }: Called, readings: readonly Reading[]): readonly Reading[] {
  const [one] = people
  if (!one || people.length > 1) return []
  return readings.map((reading) => ({
    ids: [...new Set([one.id, ...reading.ids])],
    isWhole: isWhole && reading.isWhole,
  }))
}

/** As many different readings as it takes to see that there is more than one. */
function twoOfEach(readings: readonly Reading[]): readonly Reading[] {
  const different = [
    ...new Map(readings.map((one) => [`${[...one.ids].sort().join(' ')} ${one.isWhole}`, one])).values(),
  ]
  return [true, false].flatMap((isWhole) => different.filter((one) => one.isWhole === isWhole).slice(0, 2))
}
