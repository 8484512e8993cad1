/** The store in PostgreSQL as an archive: moved out of, or into, as it is. */
import { type Archive, type Counts, type Held, type Piece, sectionsAfter } from '../archive.ts'
import { type Place } from '../documents.ts'
import { type Database } from './database.ts'
import { readPiece } from './piece-reading.ts'
import { restore } from './restoring.ts'

const countsText = `select
  (select count(*) from document where kind <> 'move') as documents,
  (select count(*) from membership) as memberships,
  (select count(*) from timer) as timers,
  (select count(*) from effect) as effects,
  (select count(*) from history) as history,
  (select count(*) from audit) as audit`

export class PostgresArchive implements Archive {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Takes longer than other requests may where there are many millions. */
  async counts(): Promise<Counts> {
    const { rows } = await this.#database.apart((client) =>
      client.query<Record<keyof Counts, string>>(countsText),
    )
    const of = (section: keyof Counts) => Number(rows[0]?.[section])
    return {
      documents: of('documents'),
      memberships: of('memberships'),
      timers: of('timers'),
      effects: of('effects'),
      history: of('history'),
      audit: of('audit'),
    }
  }

  async *pieces(after: Place | null): AsyncGenerator<Piece, void> {
    for (const [section, begin] of sectionsAfter(after)) {
      let key = begin
      for (;;) {
        const piece = await readPiece(this.#query, section, key)
        if (!piece) break
        yield piece
        key = piece.place.key
      }
    }
  }

  restore(held: Held): Promise<void> {
    return this.#database.again(() => this.#database.transaction((query) => restore(query, held)))
  }

  isShared(): Promise<boolean> {
    return this.#database.isShared()
  }

  #query: Database['query'] = (name, text, values) => this.#database.query(name, text, values)
}
