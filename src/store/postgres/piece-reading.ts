/** Reads what is kept a piece at a time, each section in the order of its primary key. */
import { type QueryResultRow } from 'pg'
import { type Held, perPiece, type Piece } from '../archive.ts'
import { type KeptPut } from '../change.ts'
import { type Section } from '../documents.ts'
import { type AuditRow, type Effect, type HistoryRow } from '../store.ts'
import { type Query } from './database.ts'
import { type AlarmRow, timerOf } from './timers.ts'
import { type EffectRow } from './effect-table.ts'
import { read } from './text.ts'

type Reading<R extends QueryResultRow> = {
  readonly columns: string
  readonly from: string
  readonly key: ReadonlyArray<keyof R & string>
  readonly held: (rows: readonly R[]) => Held
}

type Membership = { readonly member: string; readonly owner: string }
type Numbered<T> = { readonly at: number; readonly number: number; readonly doc: T }

const documents: Reading<KeptPut> = {
  columns: 'kind, id, rev, doc',
  from: `(select * from document where kind <> 'move') as kept`,
  key: ['kind', 'id'],
  // What lies under a kind is of that kind.
  held: (rows) => ({ puts: rows.map((row) => ({ ...row, id: read(row.id) })) }),
}

const memberships: Reading<Membership> = {
  columns: 'member, owner',
  from: 'membership',
  key: ['member', 'owner'],
  held: (rows) => ({
    memberships: rows.map(({ owner, member }) => ({
      change: 'join',
      owner: read(owner),
      member: read(member),
    })),
  }),
}

const timers: Reading<Omit<AlarmRow, 'number' | 'failures'>> = {
  columns: 'key, due, within, event',
  from: '(select t.key, a.due, a.within, a.event from timer t join alarm a on a.number = t.alarm) as kept',
  key: ['key'],
  held: (rows) => ({ setTimers: rows.map(timerOf) }),
}

const effects: Reading<Omit<EffectRow, 'failures'>> = {
  columns: 'number, lane, priority, work',
  from: 'effect',
  key: ['number'],
  held: (rows) => ({
    effects: rows.map(({ number, lane, ...rest }) => {
      const effect: Effect = { lane: read(lane), ...rest }
      return { number, effect }
    }),
  }),
}

const history: Reading<Numbered<HistoryRow>> = {
  columns: 'at, number, doc',
  from: 'history',
  key: ['at', 'number'],
  held: (rows) => ({ history: rows.map(({ number, doc }) => ({ number, row: doc })) }),
}

const audit: Reading<Numbered<AuditRow>> = {
  columns: 'at, number, doc',
  from: 'audit',
  key: ['number'],
  held: (rows) => ({ audit: rows.map(({ number, doc }) => ({ number, row: doc })) }),
}

/** The next piece of a section after this key, or its first; null when there is no more. */
export function readPiece(query: Query, section: Section, after: string | null): Promise<Piece | null> {
  switch (section) {
    case 'documents':
      return readWith(query, section, documents, after)
    case 'memberships':
      return readWith(query, section, memberships, after)
    case 'timers':
      return readWith(query, section, timers, after)
    case 'effects':
      return readWith(query, section, effects, after)
    case 'history':
      return readWith(query, section, history, after)
    case 'audit':
      return readWith(query, section, audit, after)
  }
}

async function readWith<R extends QueryResultRow>(
  query: Query,
  section: Section,
  { columns, from, key, held }: Reading<R>,
  after: string | null,
): Promise<Piece | null> {
  const order = key.join(', ')
  const values: readonly unknown[] = after === null ? [] : (JSON.parse(after) as unknown[])
  const bound =
    values.length === 0 ? '' : `where (${order}) > (${values.map((_, index) => `$${index + 2}`).join(', ')})`
  const text = `select ${columns} from ${from} ${bound} order by ${order} limit $1`
  const rows = await query<R>('', text, [perPiece, ...values])
  const last = rows.at(-1)
  if (!last) return null
  return { held: held(rows), place: { section, key: JSON.stringify(key.map((column) => last[column])) } }
}
