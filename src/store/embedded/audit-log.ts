/** Who changed what, in memory: by number, which is the order things happened in whatever the clock said. */
import { type AuditEntry, type AuditQuery, type AuditRow } from '../store.ts'
import { firstThat } from './first-that.ts'

export class AuditLog {
  readonly rows = new Map<number, AuditRow>()
  /** The numbers of all rows in order, and of those about one. */
  #all: number[] = []
  readonly #about = new Map<string, number[]>()

  /** Adding the same number again changes nothing. */
  add(number: number, row: AuditRow): void {
    if (this.rows.has(number)) return
    this.rows.set(number, row)
    this.#all.push(number)
    const numbers = this.#about.get(row.about) ?? []
    if (numbers.length === 0) this.#about.set(row.about, numbers)
    numbers.push(number)
  }

  remove(number: number): void {
    const row = this.rows.get(number)
    if (!row) return
    this.rows.delete(number)
    this.#all = this.#all.filter((one) => one !== number)
    this.#forget(row.about, (one) => one === number)
  }

  /** Forgets what was written down before this time. */
  dropBefore(at: number): void {
    const old = new Set<number>()
    for (const [number, row] of this.rows) if (row.at < at) old.add(number)
    const about = new Set([...old].map((number) => this.rows.get(number)?.about ?? ''))
    for (const number of old) this.rows.delete(number)
    this.#all = this.#all.filter((number) => !old.has(number))
    for (const name of about) this.#forget(name, (number) => old.has(number))
  }

  /** Newest first. */
  page({ about, before = Infinity, limit }: AuditQuery): readonly AuditEntry[] {
    const numbers = about === undefined ? this.#all : (this.#about.get(about) ?? [])
    const end = firstThat(numbers, (number) => number >= before)
    return numbers
      .slice(Math.max(0, end - limit), end)
      .reverse()
      .flatMap((number) => {
        const row = this.rows.get(number)
        return row ? [{ ...row, number }] : []
      })
  }

  #forget(about: string, isGone: (number: number) => boolean): void {
    const numbers = this.#about.get(about)?.filter((number) => !isGone(number)) ?? []
    if (numbers.length === 0) this.#about.delete(about)
    else this.#about.set(about, numbers)
  }
}
