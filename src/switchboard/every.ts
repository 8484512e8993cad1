/** Going through all documents of a kind, a page at a time, so that nobody else waits for it. */
import { type Kind, type Listed, type Store } from '../store/store.ts'

const perPage = 200

export async function* every<K extends Kind>(store: Store, kind: K, after = ''): AsyncGenerator<Listed<K>> {
  for (let last = after; ;) {
    const page = await store.list(kind, { after: last, limit: perPage })
    yield* page
    const end = page.at(-1)
    if (end === undefined) return
    last = end.id
  }
}
