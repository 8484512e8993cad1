/** Everything about people, policies and resource accounts, as JSON lines that an import reads back, or as lines of PowerShell. */
import { type PersonId } from '../core/person.ts'
import { every } from '../switchboard/every.ts'
import { type AdminParts } from './api.ts'
import { writePolicy } from './policy.ts'
import { powerShellOf } from './power-shell.ts'
import { sheetOf } from './user-settings.ts'
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

/** Lines of Set-CsUserCallingSettings that make the same state in Teams, groups before the rules that lead to them. */
export async function* exportPowerShell(parts: AdminParts): AsyncGenerator<string> {
  yield powerShellHead
  const people = await everybody(parts)
  const commands: string[] = []
  for (const id of people) {
    const { lists, rules, choices } = powerShellOf(await sheetOf(parts, id))
    for (const command of lists) yield `${command}\n`
    commands.push(...rules, ...choices)
  }
  for (const command of commands) yield `${command}\n`
}

const powerShellHead = `# Run after Connect-MicrosoftTeams. What was never set is left as it is in Teams.
# Lines can be run again; New-CsUserCallingDelegate then says that the delegate is there already.
`

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
