/** Offices in folders of their own, without a server, and imports into them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AdminParts } from '../../src/admin/api.ts'
import { exportLines } from '../../src/admin/export.ts'
import { type ImportTold, importRows } from '../../src/admin/import.ts'
import { toldText } from '../../src/chat/draw/refusal.ts'
import { realClock } from '../../src/clock.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { type Author } from '../../src/switchboard/author.ts'
import { desksOver } from '../../src/switchboard/desks.ts'

export const terminal: Author = { person: null, door: 'terminal', isQuiet: true }

export type Offices = {
  readonly open: () => Promise<AdminParts>
  readonly close: () => Promise<void>
}

/** Offices that are opened one by one and closed together. */
export function newOffices(): Offices {
  const opened: Array<() => Promise<void>> = []
  return {
    open: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'transfer-'))
      const store = await openEmbedded({ folder })
      opened.push(async () => {
        await store.close()
        await rm(folder, { recursive: true })
      })
      let ids = 0
      const desks = desksOver(
        store,
        () => realClock.now(),
        () => `run${++ids}`,
      )
      return { ...desks, inWords: toldText }
    },
    close: async () => {
      for (const close of opened.splice(0)) await close()
    },
  }
}

export async function imported(
  parts: AdminParts,
  text: string,
  isDryRun = false,
): Promise<readonly ImportTold[]> {
  const told: ImportTold[] = []
  for await (const one of importRows(parts, terminal, text, isDryRun)) told.push(one)
  return told
}

/** Rows as JSON lines, taken in. */
export function importedRows(parts: AdminParts, ...rows: readonly object[]): Promise<readonly ImportTold[]> {
  return imported(parts, rows.map((row) => JSON.stringify(row)).join('\n'))
}

export async function exported(parts: AdminParts): Promise<string> {
  let text = ''
  for await (const line of exportLines(parts)) text += line
  return text
}

export function problems(told: readonly ImportTold[]) {
  return told.flatMap((one) => (one.is === 'problem' ? [one] : []))
}

/** Each problem as one text: its line, its words. */
export function problemLines(told: readonly ImportTold[]): readonly string[] {
  return problems(told).map(({ line, message }) => `${line}: ${message}`)
}
