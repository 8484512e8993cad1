/** What every store must do, whatever it keeps things in. Run once over each adapter. */
import { type Store } from '../../src/store/store.ts'
import { describeCommits } from './conformance-commits.ts'
import { describeDecisions } from './conformance-decisions.ts'
import { describeEffects } from './conformance-effects.ts'
import { describeHistory } from './conformance-history.ts'
import { describeLists } from './conformance-lists.ts'
import { describeTimers } from './conformance-timers.ts'

export type Opened = {
  readonly store: Store
  /** Ends the store and opens what it left behind, as a restart would. */
  reopen(): Promise<Store>
  /** Ends the store and removes everything it kept. */
  destroy(): Promise<void>
}

/** The store under test; after `reopen` it is the new one. */
export type Subject = { readonly store: () => Store; readonly reopen: () => Promise<Store> }

/** The contract of `src/store/store.ts` over one adapter; `open` begins an empty store. */
export function describeStore(name: string, open: () => Promise<Opened>): void {
  describe(`the ${name} store`, () => {
    let opened: Opened
    let store: Store
    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    afterEach(() => opened.destroy())
    const subject: Subject = {
      store: () => store,
      reopen: async () => (store = await opened.reopen()),
    }
    describeCommits(subject)
    describeTimers(subject)
    describeDecisions(subject)
    describeEffects(subject)
    describeHistory(subject)
    describeLists(subject)
  })
}
