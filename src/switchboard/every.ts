/** Going through all documents of a kind, a page at a time, so that nobody else waits for it. */
import { type Kind, type Listed, type Store } from '../store/store.ts'
import { walk } from '../walk.ts'

const perPage = 200

/** All documents of a kind in the order of their ids, those after `after`, each as it is when its page is read. */
export function every<K extends Kind>(store: Store, kind: K, after = ''): AsyncGenerator<Listed<K>> {
  return walk(pagewise(store, kind, after))
}

async function* pagewise<K extends Kind>(store: Store, kind: K, after: string): AsyncGenerator<Listed<K>> {
  for (let last = after; ;) {
    const page = await store.list(kind, { after: last, limit: perPage })
    yield* page
    const end = page.at(-1)
    if (end === undefined) return
    last = end.id
  }
}
