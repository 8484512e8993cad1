/** Whom requests mean: people by address or id, those included whom the bot has not met yet. */
import {
  isAddress,
  isGuest,
  isObjectId,
  type PersonId,
  plainAddress,
  straightApostrophes,
} from '../core/person.ts'
import { type PersonRecord } from '../store/documents.ts'
import { type Directory } from '../switchboard/directory.ts'
import { nameLeadingTo, objectIdIn, ownIdOf, stranger } from '../switchboard/identity.ts'
import { foundOfEach } from '../walk.ts'
import { listIn } from './form.ts'
import { type PersonOf } from './people-named.ts'

/** The fields of a sheet that name people. */
const single = ['Id', 'ForwardingTarget', 'UnansweredTarget']
const lists = ['CallGroupTargets', 'Delegates', 'Delegators', 'GroupMembershipDetails']
const keys = ['Id', 'CallGroupOwnerId']

export type Whom = {
  readonly personOf: PersonOf
  /** Keeps those who were named and whom the bot has not met; of these people only, where some are given. */
  readonly keepNew: (people?: readonly PersonId[]) => Promise<void>
}

/** Everybody a piece of JSON may name, looked up beforehand. */
export async function whomNamed(
  directory: Directory,
  json: unknown,
  ...more: readonly string[]
): Promise<Whom> {
  const names = [...new Set([...namesIn(json), ...more].map(plainAddress))]
  const known = new Map<string, PersonId>()
  await foundOfEach(names, async (name) => {
    const id = await knownBy(directory, name)
    if (id !== null) known.set(name, id)
  })
  // Only whoever was looked up can be called new.
  const unknown = new Set(names.filter((name) => !known.has(name)))
  const newAs = (name: string) => (unknown.has(name) ? newPerson(straightApostrophes(name)) : null)
  const fresh = new Set(names.map(newAs).filter((person) => person !== null))
  return {
    personOf: (name) => known.get(name) ?? newAs(name),
    keepNew: async (people = [...fresh]) => {
      for (const person of people) if (fresh.has(person)) await directory.mention(person)
    },
  }
}

/** Whoever the bot knows by this address or id; a curly apostrophe stands for the one of the keyboard. */
export async function knownBy(directory: Directory, name: string): Promise<PersonId | null> {
  return (await directory.find(name)) ?? directory.find(straightApostrophes(name))
}

/** Under what somebody new is kept who is named so; null when nobody can be. */
function newPerson(name: string): PersonId | null {
  return !isGuest(name) && (isAddress(name) || isObjectId(name)) ? name : null
}

function namesIn(json: unknown): readonly string[] {
  if (typeof json !== 'object' || json === null) return []
  const fields = new Map<string, unknown>(Object.entries(json))
  const listed = lists.flatMap((field) => {
    return listIn(fields.get(field))
  })
  return [...single.map((field) => fields.get(field)), ...listed.flatMap(namesOf)].filter(
    (name) => typeof name === 'string',
  )
}

function namesOf(entry: unknown): readonly unknown[] {
  if (typeof entry !== 'object' || entry === null) return [entry]
  const fields = new Map<string, unknown>(Object.entries(entry))
  return keys.map((key) => fields.get(key))
}

/** People by the names they have outside. */
export async function addressesOf(
  directory: Directory,
  ids: Iterable<PersonId>,
): Promise<(person: PersonId) => string> {
  const people = await directory.people(ids)
  return (id) => nameLeadingTo(people.get(id) ?? stranger(id))
}

/** Somebody as lists show them: by names that lead back to them alone; a name of blanks is none. */
export function identityOf(person: PersonRecord) {
  const { name, address } = person
  return {
    Id: ownIdOf(person) ?? nameLeadingTo(person),
    ObjectId: objectIdIn(person) ?? null,
    SipUri: address === undefined ? null : `sip:${address}`,
    DisplayName: name.trim() === '' ? nameLeadingTo(person) : name,
  }
}
