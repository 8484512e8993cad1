/** Everything about people, policies and resource accounts, as JSON lines that an import reads back, or as a script of PowerShell. */
import { type PersonId } from '../core/person.ts'
import { type PersonRecord } from '../store/documents.ts'
import { every } from '../switchboard/every.ts'
import { type AdminParts } from './api.ts'
import { writePolicy } from './policy.ts'
import { type PowerShell, powerShellOf } from './power-shell.ts'
import { scriptOf } from './power-shell-script.ts'
import { quotedPerson } from './power-shell-values.ts'
import { writeCallingSettings } from './settings-sheet.ts'
import { peopleOn, sheetOf } from './user-settings.ts'
import { addressesOf } from './whom.ts'

/** Policies first, people in the order of their addresses, then whose calls resource accounts take: the same state is always the same text. */
export async function* exportLines(parts: AdminParts): AsyncGenerator<string> {
  for await (const { doc } of every(parts.store, 'policy')) yield line({ Policy: writePolicy(doc) })
  for (const id of await everybody(parts)) yield line(await personLine(parts, id))
  for await (const { id: Id, doc } of every(parts.store, 'resourceAccount')) {
    const addresses = await addressesOf(parts.directory, [doc.owner])
    yield line({ ResourceAccount: { Id, Owner: addresses(doc.owner) } })
  }
}

/** A script for Teams that makes the same settings there; whoever has none kept here stays as they are. */
export async function* exportPowerShell(parts: AdminParts): AsyncGenerator<string> {
  const people: PowerShell[] = []
  for (const id of await everybody(parts))
    if ((await parts.store.get('settings', id)) !== null) people.push(await powerShellFor(parts, id))
  yield* scriptOf(people)
}

async function powerShellFor({ settings, directory }: AdminParts, id: PersonId): Promise<PowerShell> {
  const sheet = await settings.settingsOf(id)
  const people = await directory.people([id, ...peopleOn(sheet)])
  const nameOf = (person: PersonId) => nameInTeams(people.get(person) ?? { id: person })
  return powerShellOf(nameOf(id), writeCallingSettings(sheet, nameOf))
}

/** The address of a person, or their object id where no address in Teams is like it. */
function nameInTeams({ id, address, objectId }: Pick<PersonRecord, 'id' | 'address' | 'objectId'>): string {
  const names = [address === undefined ? undefined : `sip:${address}`, objectId, id].filter(
    (name) => name !== undefined,
  )
  return names.find((name) => quotedPerson(name) !== null) ?? (address || id)
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

/** By address, and by id where no address is known. */
async function everybody({ store }: AdminParts): Promise<readonly PersonId[]> {
  const names: Array<readonly [name: string, id: PersonId]> = []
  const known = new Set<PersonId>()
  for await (const { id, doc } of every(store, 'person')) {
    names.push([doc.address ?? id, id])
    known.add(id)
  }
  for await (const { id } of every(store, 'settings')) if (!known.has(id)) names.push([id, id])
  return names.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, id]) => id)
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}
