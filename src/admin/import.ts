/**
 * Reads settings of many people: what Get-CsUserCallingSettings | ConvertTo-Json prints, or our own export. A row that
 * cannot be kept is named with its line and the rest is done. In rounds, because rows name each other: who everybody is,
 * each sheet whole, what people may do, the sheets that could not be kept until then, how people want to be told by the
 * groups they are in, and at last whose calls resource accounts take. So a sheet is kept when it is allowed before the
 * import or after it: what a policy forbids today may have been set up yesterday, and comes back as it was.
 */
import { type Author } from '../switchboard/author.ts'
import { type AdminParts } from './api.ts'
import { ImportRun, type PersonRow, type RowProblem } from './import-run.ts'
import { objectsIn } from './json-values.ts'

/** What an import tells while it goes on: how far it is, what was wrong, and how it ended. */
export type ImportTold =
  | { readonly is: 'progress'; readonly done: number; readonly of: number }
  | RowProblem
  | { readonly is: 'done'; readonly rows: number; readonly changed: number; readonly problems: number }

/** Rows between two words about how far it is. */
const rowsPerWord = 50
/** Each row is looked at this often. */
const rounds = 4

/** Takes in a text of rows, and tells how it goes. */
export async function* importRows(parts: AdminParts, by: Author, text: string): AsyncGenerator<ImportTold> {
  const rows = [...objectsIn(text.replace(/^\uFEFF/u, ''))]
  const run = new ImportRun(parts, by)
  if (rows.length === 0 && !/^\uFEFF?[\s[\]]*$/u.test(text)) run.nothingIn()
  let done = 0
  const progress = (): ImportTold => ({ is: 'progress', done: Math.floor(done / rounds), of: rows.length })
  const people: PersonRow[] = []
  const refused: PersonRow[] = []
  const each = async function* <Row>(list: readonly Row[], look: (row: Row) => Promise<unknown>) {
    for (const row of list) {
      await look(row)
      yield* run.problems()
      if (++done % rowsPerWord === 0) yield progress()
    }
  }
  yield* each(rows, async ({ line, text: json }) => {
    const person = await run.introduce(line, json)
    if (person) people.push(person)
  })
  yield* each(people, async (row) => {
    if (!(await run.write(row))) refused.push(row)
  })
  await run.decidePolicies()
  yield* each(people, (row) => run.decide(row))
  for (const row of refused) await run.write(row, true)
  yield* each(people, (row) => run.choose(row))
  await run.nameOwners()
  yield* run.problems()
  done = rows.length * rounds
  yield progress()
  yield { is: 'done', rows: rows.length, changed: run.changed.size, problems: run.lines.size }
}
