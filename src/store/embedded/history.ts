/** The rows of the group log, in memory: by number, and for each person the rows they may see, newest last. */
import { type PersonId } from '../../core/person.ts'
import { type NumberedRow } from '../change.ts'
import { type HistoryQuery, type HistoryRow } from '../store.ts'
import { firstThat } from './first-that.ts'

export class History {
  readonly rows = new Map<number, HistoryRow>()
  readonly #of = new Map<PersonId, HistoryRow[]>()

  /** Adding the same number again changes nothing. */
  add({ number, row }: NumberedRow): void {
    if (this.rows.has(number)) return
    this.rows.set(number, row)
    for (const person of new Set(row.people)) this.#insert(person, row)
  }

  remove(number: number): void {
    const row = this.rows.get(number)
    if (!row) return
    this.rows.delete(number)
    for (const person of new Set(row.people)) this.#keep(person, (one) => one !== row)
  }

  /** Forgets the rows that ended before this time. */
  dropBefore(at: number): void {
    const old = [...this.rows].filter(([, row]) => row.at < at)
    for (const [number] of old) this.rows.delete(number)
    const people = new Set(old.flatMap(([, row]) => row.people))
    for (const person of people) this.#keep(person, (row) => row.at >= at)
  }

  /** Newest first. */
  page({ person, before = Infinity, limit }: HistoryQuery): readonly HistoryRow[] {
    const rows = this.#of.get(person) ?? []
    const end = firstThat(rows, (row) => row.at >= before)
    return rows.slice(Math.max(0, end - limit), end).reverse()
  }

  #insert(person: PersonId, row: HistoryRow): void {
    const rows = this.#of.get(person) ?? []
    if (rows.length === 0) this.#of.set(person, rows)
    rows.splice(
      firstThat(rows, (other) => other.at > row.at),
      0,
      row,
    )
  }

  #keep(person: PersonId, stays: (row: HistoryRow) => boolean): void {
    const rows = this.#of.get(person)?.filter(stays) ?? []
    if (rows.length === 0) this.#of.delete(person)
    else this.#of.set(person, rows)
  }
}
