/** A store in which somebody else is quicker, once: what they write is there just before the first such commit. */
import { type Batch, type Store } from '../../src/store/store.ts'

export function overtaken(store: Store, isIt: (batch: Batch) => boolean, by: Batch): Store {
  let isDone = false
  return {
    get: store.get.bind(store),
    groupsOf: store.groupsOf.bind(store),
    history: store.history.bind(store),
    audit: store.audit.bind(store),
    list: store.list.bind(store),
    start: store.start.bind(store),
    stop: store.stop.bind(store),
    close: store.close.bind(store),
    trouble: store.trouble.bind(store),
    commit: async (batch) => {
      if (!isDone && isIt(batch)) {
        isDone = true
        await store.commit(by)
      }
      return store.commit(batch)
    },
  }
}
