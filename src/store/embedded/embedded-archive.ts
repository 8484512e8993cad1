/** The embedded store as an archive. Nobody else can have it open: its lock keeps them out. */
import { type Archive, type Counts, type Held, perPiece, type Piece, sectionsAfter } from '../archive.ts'
import { documentKey, type KeptPut } from '../change.ts'
import { type Place, type Section } from '../documents.ts'
import { type Memory } from './memory.ts'

export type EmbeddedArchiveParts = {
  readonly memory: Memory
  /** Resolves when all of memory is on disk. */
  readonly settled: () => Promise<void>
  /** Resolves when these are, too. */
  readonly keep: (held: Held) => Promise<void>
}

type Keyed<T> = readonly [key: string, one: T]

export class EmbeddedArchive implements Archive {
  readonly #parts: EmbeddedArchiveParts

  constructor(parts: EmbeddedArchiveParts) {
    this.#parts = parts
  }

  async counts(): Promise<Counts> {
    await this.#parts.settled()
    const { memory } = this.#parts
    const memberships = [...memory.groups.values()].reduce((sum, owners) => sum + owners.size, 0)
    return {
      documents: documentsIn(memory).length,
      memberships,
      timers: memory.timers.size,
      effects: memory.effects.size,
      history: memory.history.rows.size,
      audit: memory.audit.rows.size,
    }
  }

  async *pieces(after: Place | null): AsyncGenerator<Piece, void> {
    await this.#parts.settled()
    for (const [section, key] of sectionsAfter(after)) yield* read(section, this.#parts.memory, key)
  }

  restore(held: Held): Promise<void> {
    const { memory, keep } = this.#parts
    // What is there already must not be taken up a second time.
    const effects = held.effects?.filter(({ number }) => !memory.effects.has(number))
    return keep({ ...held, ...(effects === undefined ? {} : { effects }) })
  }

  isShared(): Promise<boolean> {
    return Promise.resolve(false)
  }
}

function read(section: Section, memory: Memory, after: string | null): Iterable<Piece> {
  const pieces = <T>(all: ReadonlyArray<Keyed<T>>, held: (some: readonly T[]) => Held) =>
    piecesOf(section, all, after, held)
  switch (section) {
    case 'documents':
      return pieces(documentsIn(memory), (puts) => ({ puts }))
    case 'memberships':
      return pieces(membershipsIn(memory), (memberships) => ({ memberships }))
    case 'timers':
      return pieces([...memory.timers], (setTimers) => ({ setTimers }))
    case 'effects':
      return pieces(
        numbered(memory.effects, (number, effect) => ({ number, effect })),
        (effects) => ({ effects }),
      )
    case 'history':
      return pieces(
        numbered(memory.history.rows, (number, row) => ({ number, row })),
        (history) => ({ history }),
      )
    case 'audit':
      return pieces(
        numbered(memory.audit.rows, (number, row) => ({ number, row })),
        (audit) => ({ audit }),
      )
  }
}

function* piecesOf<T>(
  section: Section,
  all: ReadonlyArray<Keyed<T>>,
  after: string | null,
  held: (some: readonly T[]) => Held,
): Generator<Piece, void> {
  const sorted = all.filter(([key]) => after === null || key > after).sort(([a], [b]) => (a < b ? -1 : 1))
  for (let first = 0; first < sorted.length; first += perPiece) {
    const some = sorted.slice(first, first + perPiece)
    const [key = ''] = some.at(-1) ?? []
    yield { held: held(some.map(([, one]) => one)), place: { section, key } }
  }
}

function documentsIn(memory: Memory): ReadonlyArray<Keyed<KeptPut>> {
  return [...memory.documents.values()]
    .filter(({ kind }) => kind !== 'move')
    .map((put) => [documentKey(put.kind, put.id), put] as const)
}

function membershipsIn({ groups }: Memory) {
  return [...groups].flatMap(([member, owners]) =>
    [...owners].map(
      (owner) => [JSON.stringify([member, owner]), { change: 'join', owner, member } as const] as const,
    ),
  )
}

/** Keys that sort as the numbers do. */
function numbered<T, U>(
  rows: ReadonlyMap<number, T>,
  one: (number: number, row: T) => U,
): ReadonlyArray<Keyed<U>> {
  return [...rows].map(([number, row]) => [String(number).padStart(16, '0'), one(number, row)] as const)
}
