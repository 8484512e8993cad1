/** The commands of an admin: settings of one person or of all, clean-up, and who changed what. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Failed } from './failed.ts'
import { fieldsIn } from './fields.ts'
import { fieldIn, listIn } from './json.ts'
import { type Office } from './office.ts'
import { line, note, print, unlessNobodyReadsOn } from './output.ts'
import { Progress } from './progress.ts'
import { textFrom } from './text-file.ts'

const settingsOf = (person: string) => `/users/${encodeURIComponent(person)}/calling-settings`

/** Prints one person's settings. */
export async function get(office: Office, person: string): Promise<number> {
  print(await office.ask('GET', settingsOf(person)))
  return 0
}

/** Writes one parameter group, from words, or from JSON on standard input when there are none. */
export async function set(office: Office, person: string, words: readonly string[]): Promise<number> {
  const body = words.length > 0 ? fieldsIn(words) : json(await textFrom('-'))
  const reply = await office.ask('PATCH', settingsOf(person), body)
  print(reply)
  for (const warning of listIn(reply, 'Warnings')) note(`Mind: ${String(fieldIn(warning, 'message'))}`)
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

/**
 * Reads a file of settings, `-` for standard input. Rows with problems are named, and in a dry run what everybody would
 * lose; the code is 1 when there were problems.
 */
export async function importAll(
  office: Office,
  file: string,
  { dryRun = false, quiet = false }: { dryRun?: boolean; quiet?: boolean },
): Promise<number> {
  const given = await textFrom(file)
  const progress = new Progress(process.stderr)
  const query = new URLSearchParams({ dryRun: String(dryRun), quiet: String(quiet) })
  let end: unknown = null
  for await (const answer of office.lines('POST', `/import?${query.toString()}`, given)) {
    const told = json(answer)
    if (fieldIn(told, 'is') === 'progress') {
      progress.show(Number(fieldIn(told, 'done')), Number(fieldIn(told, 'of')))
      continue
    }
    progress.clear()
    if (fieldIn(told, 'is') === 'done') end = told
    else say(told)
  }
  if (end === null)
    throw new Failed('The import broke off. Run it again: what is kept already stays as it is.')
  return summed(end, dryRun) === 0 ? 0 : 1
}

/** What an import says of a row: problems and warnings beside the result, what would be lost as a part of it. */
function say(told: unknown): void {
  const [is, at, code] = ['is', 'line', 'code'].map((name) => String(fieldIn(told, name)))
  const message = String(fieldIn(told, 'message'))
  if (is === 'notLinked') note(notLinkedWords(Number(fieldIn(told, 'people'))))
  if (is === 'changedMeanwhile') note(changedWords(Number(fieldIn(told, 'people'))))
  if (is === 'problem') note(`line ${at}: ${message} (${code})`)
  if (is === 'warning') note(`Mind, line ${at}: ${message}`)
  if (is === 'loss')
    line(
      `line ${at}: ${String(fieldIn(told, 'person'))} would lose ${listIn(told, 'lost').map(String).join('; ')}.`,
    )
}

/** What an admin can do about people of whom no object id is known. */
function notLinkedWords(people: number): string {
  const are = people === 1 ? '1 person is' : `${people} people are`
  return `Mind: ${are} known by address alone and not linked to Teams yet. They are when they open the bot, or when a row has their ObjectId.`
}

/** What an admin can do when others went on changing settings during a dry run. */
function changedWords(people: number): string {
  const whose = people === 1 ? '1 person' : `${people} people`
  return `Note: others changed the settings of ${whose} during this dry run. Run it again to be sure.`
}

function summed(told: unknown, dryRun: boolean): number {
  const [rows = 0, changed = 0, problems = 0] = ['rows', 'changed', 'problems'].map((name) =>
    Number(fieldIn(told, name)),
  )
  const would = dryRun ? 'would be changed; nothing was kept' : 'changed'
  const people = counted(changed, 'person', 'people')
  line(`${counted(rows, 'row')}, ${people} ${would}, ${counted(problems, 'row')} with problems.`)
  return problems
}

function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`
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
  for (const one of swept) line(sweptLine(one))
  if (swept.length === 0) note('Nothing needs cleaning up.')
  else outcome(apply, fieldIn(reply, 'undo'))
  return 0
}

/** Says what letting go of somebody who has left would do, and does it with --apply. */
export async function left(
  office: Office,
  person: string,
  { apply = false }: { apply?: boolean },
): Promise<number> {
  const swept = await office.ask('DELETE', `/users/${encodeURIComponent(person)}?dryRun=${String(!apply)}`)
  if (listIn(swept, 'Concerned').length === 0)
    note('They share no calls with anyone, so there is nothing to clean up.')
  else {
    line(sweptLine(swept))
    outcome(apply, fieldIn(swept, 'Undo'))
  }
  return 0
}

function sweptLine(swept: unknown): string {
  const others = listIn(swept, 'Concerned').map(String)
  const concerned = others.length === 0 ? '' : `; concerned: ${others.join(', ')}`
  return `${String(fieldIn(swept, 'User'))}: ${reasons.get(fieldIn(swept, 'Why')) ?? ''}${concerned}`
}

const reasons: ReadonlyMap<unknown, string> = new Map([
  ['notEligible', 'not in Teams Only mode, or without a Phone System licence'],
  ['callGroupsOff', 'call groups are turned off'],
  ['left', 'has left'],
])

function outcome(apply: boolean, undoId: unknown): void {
  note(
    apply
      ? `Done. Undo it within 30 days: pickup-admin undo ${String(undoId)}`
      : 'Nothing was changed. Run it again with --apply to do it.',
  )
}

/** Takes back a clean-up; without its id, lists those that can be taken back, one person a line. */
export async function undo(office: Office, id: string | undefined): Promise<number> {
  if (id === undefined) return undoable(office)
  const reply = await office.ask('POST', `/undo/${encodeURIComponent(id)}`)
  const people = listIn(reply, 'undone').map(String)
  const left = listIn(reply, 'notRestored')
  line(people.length === 0 ? 'That was already undone.' : `Undone for ${people.join(', ')}.`)
  for (const one of left) note(`Not restored: ${String(fieldIn(one, 'message'))}`)
  return left.length === 0 ? 0 : 1
}

async function undoable(office: Office): Promise<number> {
  for (let after = ''; ;) {
    const page = await office.ask('GET', `/undo?limit=200&after=${encodeURIComponent(after)}`)
    for (const one of listIn(page, 'value').filter((each) => fieldIn(each, 'Undone') !== true))
      line(`${String(fieldIn(one, 'Undo'))}  ${String(fieldIn(one, 'At'))}  ${String(fieldIn(one, 'User'))}`)
    const next = fieldIn(page, 'next')
    if (typeof next !== 'string') return 0
    after = next
  }
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
