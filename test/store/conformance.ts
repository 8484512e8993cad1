/** What every store must do, whatever it keeps things in. Run once over each adapter. */
import { type Archive } from '../../src/store/archive.ts'
import { type Store } from '../../src/store/store.ts'
import { describeArchive } from './conformance-archive.ts'
import { describeCommits } from './conformance-commits.ts'
import { describeDecisions } from './conformance-decisions.ts'
import { describeEffects } from './conformance-effects.ts'
import { describeHistory } from './conformance-history.ts'
import { describeLists } from './conformance-lists.ts'
import { describeTimers } from './conformance-timers.ts'

type Parts = { readonly store: Store; readonly archive: Archive }

export type Opened = Parts & {
  /** Ends the store and opens what it left behind, as a restart would. */
  reopen(): Promise<Parts>
  /** Ends the store and removes everything it kept. */
  destroy(): Promise<void>
}

/** The store under test; after `reopen` it is the new one. */
export type Subject = {
  readonly store: () => Store
  readonly archive: () => Archive
  readonly reopen: () => Promise<Store>
}

/** The contract of `src/store/store.ts` over one adapter; `open` begins an empty store. */
export function describeStore(name: string, open: () => Promise<Opened>): void {
  describe(`the ${name} store`, () => {
    let opened: Opened
    let now: Parts
    beforeEach(async () => {
      opened = await open()
      now = opened
    })
    afterEach(() => opened.destroy())
    const subject: Subject = {
      store: () => now.store,
      archive: () => now.archive,
      reopen: async () => {
        now = await opened.reopen()
        return now.store
      },
    }
    describeCommits(subject)
    describeTimers(subject)
    describeDecisions(subject)
    describeEffects(subject)
    describeHistory(subject)
    describeLists(subject)
    describeArchive(subject)
  })
}
