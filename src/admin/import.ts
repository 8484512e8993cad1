/**
 * Reads settings of many people: what Get-CsUserCallingSettings | ConvertTo-Json prints, or our own export. A row that
 * cannot be kept is named with its line and the rest is done. In rounds, because rows name each other: who everybody is,
 * what their sheets say, what people may do, the sheets that could not be kept until then, how people want to be told by
 * the groups they are in, and at last whose calls resource accounts take. So a sheet is kept when it is allowed before the
 * import or after it: what a policy forbids today may have been set up yesterday, and comes back as it was.
 *
 * All of it is rehearsed first, and nothing kept: of a row that is refused there, nothing is done in earnest, and nobody whom
 * only such rows name becomes known.
 */
import { type Author } from '../switchboard/author.ts'
import { walk } from '../walk.ts'
import { type AdminParts } from './api.ts'
import { pretending } from './dry-run.ts'
import { type RowNote } from './import-report.ts'
import { ImportRun, type PersonRow, type SheetRow } from './import-run.ts'
import { notRows } from './import-text.ts'
import { type JsonValue, objectsOrNot } from './json-values.ts'
import { type Loss } from './losses.ts'

/** What an import tells while it goes on: how far it is, what was wrong, and how it ended. */
export type ImportTold =
  | { readonly is: 'progress'; readonly done: number; readonly of: number }
  | RowNote
  | Loss
  /** So many people of the file are known by address alone: nobody can be sure that they are who comes under it. */
  | { readonly is: 'notLinked'; readonly people: number }
  /** The settings of so many people were changed while a dry run looked at them: it may be otherwise by now. */
  | { readonly is: 'changedMeanwhile'; readonly people: number }
  | { readonly is: 'done'; readonly rows: number; readonly changed: number; readonly problems: number }

/** Rows between two words about how far it is. */
const rowsPerWord = 50
/** Each row is looked at this often in a run. */
const rounds = 4

/** Takes in a text of rows, and tells how it goes; a dry run keeps nothing, and tells what everybody would lose. */
export async function* importRows(
  parts: AdminParts,
  by: Author,
  text: string,
  isDryRun = false,
): AsyncGenerator<ImportTold> {
  const wrong = notRows(text)
  if (wrong !== null) {
    yield { is: 'problem', line: 1, code: 'E_FORMAT', message: wrong }
    yield { is: 'done', rows: 0, changed: 0, problems: 1 }
    return
  }
  const rows: JsonValue[] = []
  for await (const row of walk(objectsOrNot(text))) if (row !== null) rows.push(row)
  const told = new Telling(rows.length, isDryRun ? 1 : 2)
  const pretended = pretending(parts)
  const rehearsal = new ImportRun(pretended, by)
  yield* told.run(rehearsal, rows)
  const { refused } = rehearsal.report
  const run = isDryRun ? rehearsal : new ImportRun(parts, by)
  if (isDryRun) yield* rehearsal.losses()
  else
    yield* told.run(
      run,
      rows.filter(({ line }) => !refused.has(line)),
    )
  const people = await run.notLinked(told.people)
  if (people > 0) yield { is: 'notLinked', people }
  const changed = isDryRun ? await pretended.store.changedMeanwhile() : 0
  if (changed > 0) yield { is: 'changedMeanwhile', people: changed }
  const problems = new Set([...rehearsal.report.lines, ...run.report.lines]).size
  yield { is: 'done', rows: rows.length, changed: run.changed.size, problems }
}

/** What is told of one run or two: progress over all of it, and nothing twice. */
class Telling {
  readonly #rows: number
  readonly #runs: number
  readonly #told = new Set<string>()
  /** Whom the rows of the last run are about. */
  people: readonly PersonRow[] = []
  #done = 0
  #ended = 0

  constructor(rows: number, runs: number) {
    this.#rows = rows
    this.#runs = runs
  }

  async *run(run: ImportRun, rows: readonly JsonValue[]): AsyncGenerator<ImportTold> {
    const people: PersonRow[] = []
    const sheets: SheetRow[] = []
    const refused: SheetRow[] = []
    yield* this.#each(run, rows, async ({ line, text }) => {
      const person = await run.introduce(line, text)
      if (person) people.push(person)
    })
    yield* this.#each(run, people, async (row) => {
      const sheet = await run.read(row)
      if (sheet) sheets.push(sheet)
      if (sheet && !(await run.write(sheet))) refused.push(sheet)
    })
    await run.decidePolicies()
    yield* this.#each(run, people, (row) => run.decide(row))
    for await (const row of walk(refused)) await run.write(row, true)
    yield* this.#each(run, sheets, (row) => run.choose(row))
    await run.nameOwners()
    yield* this.#notes(run)
    this.people = people
    this.#ended += 1
    this.#done = this.#ended * this.#rows * rounds
    yield this.#progress()
  }

  async *#each<Row>(run: ImportRun, rows: readonly Row[], look: (row: Row) => Promise<unknown>) {
    for await (const row of walk(rows)) {
      await look(row)
      yield* this.#notes(run)
      if (++this.#done % rowsPerWord === 0) yield this.#progress()
    }
  }

  *#notes({ report }: ImportRun): Generator<RowNote> {
    for (const note of report.notes()) {
      const key = JSON.stringify(note)
      if (!this.#told.has(key)) yield note
      this.#told.add(key)
    }
  }

  #progress(): ImportTold {
    return { is: 'progress', done: Math.floor(this.#done / rounds / this.#runs), of: this.#rows }
  }
}
