/** The index of people by the words of their names. */
import { type Person, type PersonId } from '../core/person.ts'
import { type Put, type Reader } from '../store/store.ts'
import { whoIs } from './who-is.ts'

/** How many people are remembered under one name, and in the list of people met last. */
const mostPerName = 25
/** The name under which the people met last are remembered; nobody can be called that. */
const metLast = '*'

/** People who are known by all words of this name, or were met last when it is empty. */
export async function idsNamed(read: Reader, name: string): Promise<ReadonlySet<PersonId>> {
  const words = indexed(name)
  const [first, ...rest] = await Promise.all(
    (words.length > 0 ? words : [metLast]).map((word) => peopleUnder(read, word)),
  )
  return new Set([...(first ?? [])].filter((id) => rest.every((people) => people.has(id))))
}

/** Somebody whose record has become another's is known as that one. */
async function peopleUnder(read: Reader, word: string): Promise<ReadonlySet<PersonId>> {
  const ids = (await read.get('named', word))?.doc.people ?? []
  const people = await Promise.all(ids.map((id) => whoIs(read, id)))
  return new Set(people.filter((id) => id !== null))
}

/** Puts that make somebody known by each word of their name, and the one met last. */
export async function underNames(read: Reader, person: Person): Promise<readonly Put[]> {
  const puts: Put[] = []
  for (const word of new Set([...indexed(person.name), metLast])) {
    const kept = await read.get('named', word)
    const before = kept?.doc.people ?? []
    const people = [person.id, ...before.filter((id) => id !== person.id)].slice(0, mostPerName)
    if (people.join() !== before.join())
      puts.push({ kind: 'named', id: word, expect: kept?.rev ?? 0, doc: { people } })
  }
  return puts
}

/** The words of a name as they are compared: "Bo Ek" and "Ek, Bo" are both bo and ek. */
export function nameWords(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split(/[\s,.;@]+/u)
    .filter((word) => word !== '' && word !== metLast)
}

/** The words under which a name is remembered. */
function indexed(name: string): readonly string[] {
  return nameWords(name).slice(0, 6)
}
