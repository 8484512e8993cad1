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

/** Where a store keeps things; nothing is there at first. */
export type Place = {
  open(): Promise<Parts>
  /** Ends a store as a restart would: closes it, unless it ends in another way. */
  end?(store: Store): Promise<void>
  /** Removes everything it kept. */
  remove(): Promise<void>
}

/** The store under test; after `reopen` it is the new one. */
export type Subject = {
  readonly store: () => Store
  readonly archive: () => Archive
  readonly reopen: () => Promise<Store>
}

/** The contract of `src/store/store.ts` over one adapter; each test has a place of its own. */
export function describeStore(name: string, makePlace: () => Promise<Place>): void {
  describe(`the ${name} store`, () => {
    let place: Place
    let now: Parts
    beforeEach(async () => {
      place = await makePlace()
      now = await place.open()
    })
    afterEach(async () => {
      await now.store.close()
      await place.remove()
    })
    const subject: Subject = {
      store: () => now.store,
      archive: () => now.archive,
      reopen: async () => {
        await (place.end?.(now.store) ?? now.store.close())
        now = await place.open()
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
