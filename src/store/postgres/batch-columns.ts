/** A batch as the arguments of `commit_batch`: one array for each column. */
import { type AuditRow, type Batch, type HistoryRow, type Put } from '../store.ts'
import { kept } from './text.ts'

/** The timer that decided a batch, as it was when it was asked. */
export type Fired = { readonly key: string; readonly alarm: number }

/** In the order of the function's parameters. */
export function batchColumns(batch: Batch, fired: Fired | null): readonly unknown[] {
  return [
    ...putColumns(lastOf(batch.puts, ({ kind, id }) => `${kind} ${id}`)),
    ...membershipColumns(batch),
    (batch.cancelTimers ?? []).map(kept),
    ...timerColumns(batch),
    ...effectColumns(batch),
    ...rowColumns(batch.history ?? []),
    ...auditColumns(batch.audit ?? []),
    fired && kept(fired.key),
    fired?.alarm ?? null,
  ]
}

function putColumns(puts: readonly Put[]): readonly unknown[] {
  return [
    puts.map(({ kind }) => kind),
    puts.map(({ id }) => kept(id)),
    puts.map(({ expect }) => expect),
    puts.map(({ doc }) => (doc === null ? null : JSON.stringify(doc))),
  ]
}

function membershipColumns({ memberships }: Batch): readonly unknown[] {
  const last = lastOf(memberships, ({ owner, member }) => JSON.stringify([owner, member]))
  const [joins, leaves] = (['join', 'leave'] as const).map((one) =>
    last.filter(({ change }) => change === one),
  )
  return [joins ?? [], leaves ?? []].flatMap((changes) => [
    changes.map(({ owner }) => kept(owner)),
    changes.map(({ member }) => kept(member)),
  ])
}

function timerColumns({ setTimers }: Batch): readonly unknown[] {
  const timers = lastOf(setTimers, ({ key }) => key)
  return [
    timers.map(({ key }) => kept(key)),
    timers.map(({ due }) => Math.ceil(due)),
    timers.map(({ within }) => (within === undefined ? null : Math.ceil(within))),
    timers.map(({ event }) => JSON.stringify(event)),
  ]
}

function effectColumns({ effects = [] }: Batch): readonly unknown[] {
  return [
    effects.map(({ lane }) => kept(lane)),
    effects.map(({ priority }) => priority),
    effects.map(({ work }) => JSON.stringify(work)),
  ]
}

/** Rows, and by the place of its row, from 1, everybody who may see it. */
function rowColumns(rows: readonly HistoryRow[]): readonly unknown[] {
  const seen = rows.flatMap(({ people }, index) => people.map((person) => ({ place: index + 1, person })))
  return [
    rows.map(({ at }) => Math.floor(at)),
    rows.map((row) => JSON.stringify(row)),
    seen.map(({ place }) => place),
    seen.map(({ person }) => kept(person)),
  ]
}

function auditColumns(rows: readonly AuditRow[]): readonly unknown[] {
  return [
    rows.map(({ at }) => Math.floor(at)),
    rows.map(({ about }) => kept(about)),
    rows.map((row) => JSON.stringify(row)),
  ]
}

/** Of several that mean the same thing the last one counts. */
function lastOf<T>(all: readonly T[] = [], key: (one: T) => string): readonly T[] {
  return [...new Map(all.map((one) => [key(one), one])).values()]
}
