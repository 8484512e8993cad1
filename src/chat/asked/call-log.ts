/** The log as questions need it: the calls that whoever asks may see, and each of them in a sentence. */
import { type Call } from '../../core/call.ts'
import { type PersonId } from '../../core/person.ts'
import { type HistoryRow } from '../../store/store.ts'
import { outcomeWords } from '../calls/log.ts'
import { plainName } from '../draw/plain.ts'
import { dayAndTime, type NameOf, span } from '../draw/sentences.ts'
import { isPartOf } from '../said/called.ts'
import { type Turn } from '../turn.ts'
import { spokenOf } from './line.ts'
import { type Asked } from './question.ts'
import { type Period, periodIn } from './period.ts'

/** Calls that are looked through for an answer; of more, only the newest count, and it is said. */
const mostRead = 200

export type Log = {
  readonly rows: readonly HistoryRow[]
  readonly period: Period | null
  /** Older calls were not looked at. */
  readonly isCut: boolean
  readonly nameOf: NameOf
}

/** The calls of the period that was asked about, newest first; all when none was. */
export async function logOf(turn: Turn, asked: Asked): Promise<Log> {
  const { person, now, store } = turn
  const rows = await store.history({ person: person.id, limit: mostRead })
  const period = periodIn((word) => asked.has(word), now(), person.zone)
  const seen = rows.filter(({ at }) => period === null || period.has(at))
  const people = seen.flatMap(({ owner, by }) => (by === undefined ? [owner] : [owner, by]))
  const oldest = rows.at(-1)?.at ?? 0
  return {
    rows: seen,
    period,
    isCut: rows.length === mostRead && (period === null || period.has(oldest)),
    nameOf: await spokenOf(turn, people),
  }
}

/** The calls of a caller with this name or number. */
export function from(caller: string, { rows }: Log): readonly HistoryRow[] {
  const digits = caller.replace(/\D/gu, '')
  return rows.filter(
    (row) =>
      isPartOf(caller, row.caller) || (digits.length > 3 && row.caller.replace(/\D/gu, '').endsWith(digits)),
  )
}

/** Whether nobody took it. */
export function isMissed({ outcome }: HistoryRow): boolean {
  return ['missed', 'abandoned', 'voicemail', 'busy'].includes(outcome)
}

export function isAnswered({ outcome }: HistoryRow): boolean {
  return outcome === 'answered'
}

/** "Carl Jones called you, Mon 30 Nov, 14:02: picked up by Bo after 8 s." */
export function rowSentence(row: HistoryRow, turn: Turn, nameOf: NameOf): string {
  const when = dayAndTime(row.at, turn.person.zone)
  const outcome = outcomeWords(row, turn.person.id, nameOf)
  const rang = row.secondsRung > 0 ? ` after ${span(row.secondsRung)}` : ''
  return `${plainName(row.caller)} called ${nameOf(row.owner)} (${when}): ${lower(outcome)}${rang}.`
}

function lower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

/** The newest call of which more than the row is kept, live or over, among those to people whose calls are shared. */
export async function newestRecord(
  turn: Turn,
  owners: readonly PersonId[],
  isMeant: (call: Call) => boolean,
): Promise<Call | null> {
  const { inReach } = turn.switchboard
  // In this order: a call that ends in between is in the history by then.
  const live = (await inReach.around(turn.person.id)).map(({ call }) => call).reverse()
  const rows = await Promise.all(owners.map((person) => turn.store.history({ person, limit: 20 })))
  const ended = rows.flat().sort((one, other) => other.at - one.at)
  for (const id of new Set([...live.map((call) => call.id), ...ended.map(({ call }) => call)])) {
    const record = await inReach.look(id, turn.person.id)
    if (record && owners.includes(record.call.owner) && isMeant(record.call)) return record.call
  }
  return null
}
