/** Everything about people, policies and resource accounts, as JSON lines that an import reads back, or as a script of PowerShell. */
import { type PersonId } from '../core/person.ts'
import { type NamedPolicy, type PersonRecord } from '../store/documents.ts'
import { every } from '../switchboard/every.ts'
import { canBeNamed, nameLeadingTo, ownIdOf, stranger } from '../switchboard/identity.ts'
import { policyId } from '../switchboard/rights.ts'
import { walk } from '../walk.ts'
import { type AdminParts } from './api.ts'
import { writePolicy } from './policy.ts'
import { type PowerShell, powerShellOf } from './power-shell.ts'
import { scriptOf } from './power-shell-script.ts'
import { quotedPerson } from './power-shell-values.ts'
import { sipAddress, writeCallingSettings } from './settings-sheet.ts'
import { peopleOn, sheetOf } from './user-settings.ts'
import { addressesOf } from './whom.ts'

/** Policies first, people in the order of their addresses, then whose calls resource accounts take: the same state is always the same text. */
export async function* exportLines(parts: AdminParts): AsyncGenerator<string> {
  const policies: NamedPolicy[] = []
  for await (const { doc } of every(parts.store, 'policy')) policies.push(doc)
  for (const policy of sortedBy(policies, ({ name }) => policyId(name)))
    yield line({ Policy: writePolicy(policy) })
  for await (const id of walk(await everybody(parts)))
    if (await isStillThem(parts, id)) yield line(await personLine(parts, id))
  for await (const { id: Id } of every(parts.store, 'resourceAccount')) {
    const owner = await parts.accounts.ownerOf(Id)
    if (owner === null) continue
    const addresses = await addressesOf(parts.directory, [owner])
    yield line({ ResourceAccount: { Id, Owner: addresses(owner) } })
  }
}

/** A script for Teams that makes the same settings there; whoever has none kept here stays as they are. */
export async function* exportPowerShell(parts: AdminParts): AsyncGenerator<string> {
  const people: PowerShell[] = []
  for await (const id of walk(await everybody(parts)))
    if ((await isStillThem(parts, id)) && (await parts.store.get('settings', id)) !== null)
      people.push(await powerShellFor(parts, id))
  yield* scriptOf(people)
}

/** Whoever has turned out to be somebody else since everybody was listed is written down as that one alone. */
async function isStillThem({ directory }: AdminParts, id: PersonId): Promise<boolean> {
  const now = await directory.whoIs(id)
  return now === null || now === id
}

async function powerShellFor({ settings, directory }: AdminParts, id: PersonId): Promise<PowerShell> {
  const sheet = await settings.settingsOf(id)
  const people = await directory.people([id, ...peopleOn(sheet)])
  const nameOf = (person: PersonId) => nameInTeams(people.get(person) ?? stranger(person))
  return powerShellOf(sipAddress(nameOf(id)), writeCallingSettings(sheet, nameOf))
}

/** The address of a person, or their object id where no address in Teams is like it. */
function nameInTeams(person: PersonRecord): string {
  const names = [person.address, ownIdOf(person)].filter((name) => name !== undefined)
  return names.find((name) => quotedPerson(name) !== null) ?? nameLeadingTo(person)
}

/** Settings as Get-CsUserCallingSettings prints them, and what an admin decided about the person by hand. */
async function personLine(parts: AdminParts, id: PersonId): Promise<object> {
  const { Id, ...sheet } = await sheetOf(parts, id)
  const rights = (await parts.store.get('rights', id))?.doc ?? {}
  const { eligibility, policy } = rights
  const name = policy === undefined ? null : ((await parts.rights.policy(policy))?.name ?? null)
  return {
    ...sheet,
    ...(sheet.SipUri === null && sheet.ObjectId === null ? { Id } : {}),
    ...(eligibility ? { TeamsOnly: eligibility.teamsOnly, PhoneSystem: eligibility.phoneSystem } : {}),
    ...(name === null ? {} : { TeamsCallingPolicy: name }),
  }
}

/** By address, and by id where no address is known; everybody of whom anything is kept, under the id they have by now. */
async function everybody({ store, directory }: AdminParts): Promise<readonly PersonId[]> {
  const names = new Map<PersonId, string>()
  const add = async (id: PersonId) => {
    if (!names.has(id) && (await directory.whoIs(id)) === null) names.set(id, id)
  }
  for await (const { id, doc } of every(store, 'person'))
    if (canBeNamed(doc)) names.set(id, nameLeadingTo(doc))
  for await (const { id } of every(store, 'settings')) await add(id)
  for await (const { id } of every(store, 'rights')) await add(id)
  for await (const { doc } of every(store, 'resourceAccount')) await add(doc.owner)
  return sortedBy([...names], ([id, name]) => `${name} ${id}`).map(([id]) => id)
}

/** The order of letters everywhere, whatever store they come from. */
function sortedBy<T>(list: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const keyed = list.map((one) => [keyOf(one), one] as const)
  return keyed.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, one]) => one)
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}
