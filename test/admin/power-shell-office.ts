/** The script for Teams of an office whose people have these sheets. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AdminParts } from '../../src/admin/api.ts'
import { exportPowerShell } from '../../src/admin/export.ts'
import { realClock } from '../../src/clock.ts'
import { type CallGroup } from '../../src/core/call-group.ts'
import { type CallingSettings, neverConfigured } from '../../src/core/calling-settings.ts'
import { type Delegate, type DelegatePermission } from '../../src/core/delegate.ts'
import { type PersonId } from '../../src/core/person.ts'
import { type PersonRecord } from '../../src/store/documents.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { desksOver } from '../../src/switchboard/desks.ts'

/** Opens an office for as long as something is done in it. */
export async function inOffice<T>(run: (parts: AdminParts) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'script-'))
  const store = await openEmbedded({ folder })
  const now = () => realClock.now()
  try {
    return await run({ ...desksOver(store, now, () => 'run'), inWords: ({ code }) => code })
  } finally {
    await store.close()
    await rm(folder, { recursive: true })
  }
}

/** Everything that an export gives. */
export async function exportedScript(parts: AdminParts): Promise<string> {
  let text = ''
  for await (const piece of exportPowerShell(parts)) text += piece
  return text
}

/** The script for people with these sheets; whoever is not described is known by address. */
export function script(
  sheets: Readonly<Record<PersonId, Partial<CallingSettings>>>,
  people: readonly PersonRecord[] = [],
): Promise<string> {
  return inOffice(async (parts) => {
    const { store, directory } = parts
    for (const doc of people) await store.commit({ puts: [{ kind: 'person', id: doc.id, expect: 0, doc }] })
    for (const [id, sheet] of Object.entries(sheets)) {
      if (!people.some((person) => person.id === id)) await directory.mention(id)
      const doc = { ...neverConfigured, ...sheet }
      await store.commit({ puts: [{ kind: 'settings', id, expect: 0, doc }] })
    }
    return exportedScript(parts)
  })
}

export function group(...members: readonly PersonId[]): CallGroup {
  return { members, order: 'simultaneous' }
}

export function delegate(person: PersonId, ...may: readonly DelegatePermission[]): Delegate {
  return { person, may }
}
