/** Reads documents and membership, inside a transaction or outside. */
import { type PersonId } from '../../core/person.ts'
import { type Kept, type Kind, type Reader } from '../store.ts'
import { type Query } from './database.ts'
import { kept, read } from './text.ts'

export function readerOver(query: Query): Reader {
  return {
    async get<K extends Kind>(kind: K, id: string): Promise<Kept<K> | null> {
      const text = 'select rev, doc from document where kind = $1 and id = $2'
      // What lies under a kind is of that kind.
      const [row] = await query<Kept<K>>('get', text, [kind, kept(id)])
      return row ?? null
    },
    async groupsOf(member: PersonId): Promise<readonly PersonId[]> {
      const text = 'select owner from membership where member = $1'
      const rows = await query<{ owner: string }>('groupsOf', text, [kept(member)])
      return rows.map(({ owner }) => read(owner)).sort()
    },
  }
}
