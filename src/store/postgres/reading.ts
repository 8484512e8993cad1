/** Reads documents and membership, inside a transaction or outside. */
import { type PersonId } from '../../core/person.ts'
import { type Kept, type Kind, type Reader } from '../store.ts'
import { type Query } from './database.ts'
import { kept, read } from './text.ts'

export function readerOver(query: Query): Reader {
  const documents = new Documents(query)
  return {
    async get<K extends Kind>(kind: K, id: string): Promise<Kept<K> | null> {
      // What lies under a kind is of that kind.
      return (await documents.get(kind, kept(id))) as Kept<K> | null
    },
    async groupsOf(member: PersonId): Promise<readonly PersonId[]> {
      const text = 'select owner from membership where member = $1'
      const rows = await query<{ owner: string }>('groupsOf', text, [kept(member)])
      return rows.map(({ owner }) => read(owner)).sort()
    },
  }
}

type Row = Kept & { readonly kind: Kind; readonly id: string }
type Found = ReadonlyMap<string, Kept>

const keyOf = (kind: Kind, id: string) => `${kind} ${id}`

/** What is asked for in one moment is read in one statement: a rule looks at many people at once. */
class Documents {
  readonly #query: Query
  #wanted = new Map<string, readonly [Kind, string]>()
  #found: Promise<Found> | null = null

  constructor(query: Query) {
    this.#query = query
  }

  async get(kind: Kind, id: string): Promise<Kept | null> {
    this.#wanted.set(keyOf(kind, id), [kind, id])
    this.#found ??= Promise.resolve().then(() => this.#read())
    return (await this.#found).get(keyOf(kind, id)) ?? null
  }

  async #read(): Promise<Found> {
    const wanted = [...this.#wanted.values()]
    this.#wanted = new Map()
    this.#found = null
    const rows = await this.#rows(wanted)
    return new Map(rows.map(({ kind, id, rev, doc }) => [keyOf(kind, id), { rev, doc }]))
  }

  #rows(wanted: ReadonlyArray<readonly [Kind, string]>): Promise<readonly Row[]> {
    const [first] = wanted
    if (first && wanted.length === 1) {
      const text = 'select kind, id, rev, doc from document where kind = $1 and id = $2'
      return this.#query('get', text, first)
    }
    const text = `select kind, id, rev, doc from document
      join unnest($1::text[], $2::text[]) as wanted (kind, id) using (kind, id)`
    return this.#query('get many', text, [wanted.map(([kind]) => kind), wanted.map(([, id]) => id)])
  }
}
