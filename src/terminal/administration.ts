/** The commands of an admin: settings of one person or of all, clean-up, and who changed what. */
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { Failed } from './failed.ts'
import { fieldsIn } from './fields.ts'
import { type Office } from './office.ts'
import { line, note, print, unlessNobodyReadsOn } from './output.ts'
import { Progress } from './progress.ts'

const settingsOf = (person: string) => `/users/${encodeURIComponent(person)}/calling-settings`

/** Prints one person's settings. */
export async function get(office: Office, person: string): Promise<number> {
  print(await office.ask('GET', settingsOf(person)))
  return 0
}

/** Writes one parameter group, from words, or from JSON on standard input when there are none. */
export async function set(office: Office, person: string, words: readonly string[]): Promise<number> {
  const body = words.length > 0 ? fieldsIn(words) : json(await text(process.stdin))
  const reply = await office.ask('PATCH', settingsOf(person), body)
  print(reply)
  for (const warning of listIn(reply, 'Warnings')) note(`Mind: ${String(field(warning, 'message'))}`)
  return 0
}

/** Writes everything to a file, or to standard output. */
export async function exportAll(
  office: Office,
  { ps1, out }: { ps1?: boolean; out?: string },
): Promise<number> {
  const path = ps1 ? '/export.ps1' : '/export'
  const target = out === undefined ? process.stdout : createWriteStream(out)
  await pipeline(office.lines('GET', path), target, { end: out !== undefined }).catch(unlessNobodyReadsOn)
  if (out !== undefined) note(`Wrote ${out}.`)
  return 0
}

/** Reads a file of settings, `-` for standard input. Rows with problems are named; the code is 1 when there were any. */
export async function importAll(
  office: Office,
  file: string,
  { dryRun, quiet }: { dryRun?: boolean; quiet?: boolean },
): Promise<number> {
  const given = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8').catch(notRead(file))
  const progress = new Progress(process.stderr)
  const query = new URLSearchParams({ dryRun: String(dryRun ?? false), quiet: String(quiet ?? false) })
  let problems = 0
  for await (const answer of office.lines('POST', `/import?${query.toString()}`, given)) {
    const told = json(answer)
    const is = field(told, 'is')
    if (is === 'progress') progress.show(Number(field(told, 'done')), Number(field(told, 'of')))
    if (is !== 'problem' && is !== 'done') continue
    progress.clear()
    if (is === 'problem')
      note(
        `line ${String(field(told, 'line'))}: ${String(field(told, 'message'))} (${String(field(told, 'code'))})`,
      )
    else problems = summed(told, dryRun ?? false)
  }
  return problems === 0 ? 0 : 1
}

function summed(told: unknown, dryRun: boolean): number {
  const [rows, changed, problems] = ['rows', 'changed', 'problems'].map((name) => Number(field(told, name)))
  const would = dryRun ? 'would be changed; nothing was kept' : 'changed'
  line(`${rows} rows, ${changed} people ${would}, ${problems} rows with problems.`)
  return problems ?? 0
}

/** Says what cleaning up would do, and does it with --apply. */
export async function sweep(
  office: Office,
  people: readonly string[],
  { apply = false }: { apply?: boolean },
): Promise<number> {
  const users = people.length > 0 ? { users: people } : {}
  const reply = await office.ask('POST', '/sweep', { apply, ...users })
  const swept = listIn(reply, 'value')
  for (const one of swept) {
    const others = listIn(one, 'Concerned').map(String)
    const concerned = others.length === 0 ? '' : `; concerned: ${others.join(', ')}`
    line(`${String(field(one, 'User'))}: ${reasonOf(field(one, 'Why'))}${concerned}`)
  }
  if (swept.length === 0) note('Nothing is stale.')
  else if (apply) note(`Done. Take it back within 30 days: pickup-admin undo ${String(field(reply, 'undo'))}`)
  else note('Nothing was changed. Run it again with --apply to do it.')
  return 0
}

function reasonOf(why: unknown): string {
  return why === 'notEligible'
    ? 'not in Teams Only mode, or without a Phone System licence'
    : 'call groups are turned off'
}

/** Takes back a clean-up. */
export async function undo(office: Office, id: string): Promise<number> {
  const reply = await office.ask('POST', `/undo/${encodeURIComponent(id)}`)
  const people = listIn(reply, 'undone').map(String)
  const left = listIn(reply, 'notRestored')
  line(people.length === 0 ? 'That was taken back already.' : `Taken back for ${people.join(', ')}.`)
  for (const one of left) note(`Not restored: ${String(field(one, 'message'))}`)
  return left.length === 0 ? 0 : 1
}

/** Prints who changed what, the newest first, a JSON object a line. */
export async function audit(
  office: Office,
  person: string | undefined,
  { limit }: { limit: string },
): Promise<number> {
  const query = new URLSearchParams({ limit, ...(person === undefined ? {} : { about: person }) })
  const reply = await office.ask('GET', `/audit?${query.toString()}`)
  for (const row of listIn(reply, 'value')) line(`${JSON.stringify(row)}`)
  return 0
}

function json(given: string): unknown {
  try {
    return JSON.parse(given)
  } catch {
    throw new Failed('That is not JSON.')
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = field(value, name)
  return Array.isArray(list) ? list : []
}

function notRead(file: string) {
  return (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Failed(`${file} cannot be read (${code}).`)
  }
}
