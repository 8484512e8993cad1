/** Takes things in as another store kept them: documents with their revisions, effects and rows with their numbers. */
import { type Held } from '../archive.ts'
import { type KeptPut, type NumberedAudit, type NumberedEffect, type NumberedRow } from '../change.ts'
import { batchColumns } from './batch-columns.ts'
import { commitText } from './commit-text.ts'
import { type Query } from './database.ts'
import { kept } from './text.ts'

/** In a transaction. What is there already stays, except documents, which become as they are here. */
export async function restore(query: Query, held: Held): Promise<void> {
  const { puts = [], memberships = [], setTimers = [], effects = [], history = [], audit = [] } = held
  if (puts.length > 0) await restoreDocuments(query, puts)
  if (memberships.length + setTimers.length > 0)
    await query('', commitText, batchColumns({ memberships, setTimers }, null))
  if (effects.length > 0) await restoreEffects(query, effects)
  if (history.length > 0) await restoreHistory(query, history)
  if (audit.length > 0) await restoreAudit(query, audit)
}

async function restoreDocuments(query: Query, puts: readonly KeptPut[]): Promise<void> {
  const text = `insert into document (kind, id, rev, doc)
    select p.kind, p.id, p.rev, p.doc::json
      from unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) p (kind, id, rev, doc)
    on conflict (kind, id) do update set rev = excluded.rev, doc = excluded.doc`
  await query('', text, [
    puts.map(({ kind }) => kind),
    puts.map(({ id }) => kept(id)),
    puts.map(({ rev }) => rev),
    puts.map(({ doc }) => JSON.stringify(doc)),
  ])
}

async function restoreEffects(query: Query, effects: readonly NumberedEffect[]): Promise<void> {
  const text = `with added as (
      insert into effect (number, lane, priority, work) overriding system value
        select e.number, e.lane, e.priority, e.work::json
          from unnest($1::bigint[], $2::text[], $3::smallint[], $4::text[]) e (number, lane, priority, work)
        on conflict (number) do nothing returning number, lane, priority
    )
    insert into wake (lane, priority, first) select lane, min(priority), min(number) from added group by lane`
  await query('', text, [
    effects.map(({ number }) => number),
    effects.map(({ effect }) => kept(effect.lane)),
    effects.map(({ effect }) => effect.priority),
    effects.map(({ effect }) => JSON.stringify(effect.work)),
  ])
  await numberAfter(query, `pg_get_serial_sequence('effect', 'number')::regclass`, effects)
}

async function restoreHistory(query: Query, rows: readonly NumberedRow[]): Promise<void> {
  const ats = rows.map(({ row }) => Math.floor(row.at))
  const text = `insert into history (at, number, doc)
    select r.at, r.number, r.doc::json from unnest($1::bigint[], $2::bigint[], $3::text[]) r (at, number, doc)
    on conflict (at, number) do nothing`
  await query('', text, [ats, rows.map(({ number }) => number), rows.map(({ row }) => JSON.stringify(row))])
  const seen = rows.flatMap(({ number, row }) =>
    row.people.map((person) => ({ person, at: Math.floor(row.at), number })),
  )
  const seenText = `insert into seen (person, at, number)
    select * from unnest($1::text[], $2::bigint[], $3::bigint[]) on conflict (person, at, number) do nothing`
  await query('', seenText, [
    seen.map(({ person }) => kept(person)),
    seen.map(({ at }) => at),
    seen.map(({ number }) => number),
  ])
  await numberAfter(query, `'row_number'::regclass`, rows)
}

async function restoreAudit(query: Query, rows: readonly NumberedAudit[]): Promise<void> {
  const text = `insert into audit (number, at, about, doc)
    select r.number, r.at, r.about, r.doc::json
      from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) r (number, at, about, doc)
    on conflict (number) do nothing`
  await query('', text, [
    rows.map(({ number }) => number),
    rows.map(({ row }) => Math.floor(row.at)),
    rows.map(({ row }) => kept(row.about)),
    rows.map(({ row }) => JSON.stringify(row)),
  ])
  await numberAfter(query, `'row_number'::regclass`, rows)
}

/** What is added later gets higher numbers than these. */
async function numberAfter(
  query: Query,
  sequence: string,
  numbered: ReadonlyArray<{ readonly number: number }>,
): Promise<void> {
  const highest = numbered.reduce((most, { number }) => Math.max(most, number), 1)
  const text = `select setval(${sequence}, greatest($1::bigint, coalesce(pg_sequence_last_value(${sequence}), 1)))`
  await query('', text, [highest])
}
