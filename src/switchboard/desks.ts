/** The desks at which settings and rights are changed, over one store. */
import { type Store } from '../store/store.ts'
import { Directory } from './directory.ts'
import { LiveCalls } from './live-calls.ts'
import { ResourceAccounts } from './resource-accounts.ts'
import { RightsDesk } from './rights.ts'
import { SettingsDesk } from './settings.ts'
import { Sweeping } from './sweeping.ts'

export type Desks = {
  readonly store: Store
  readonly directory: Directory
  readonly settings: SettingsDesk
  readonly rights: RightsDesk
  readonly sweeping: Sweeping
  readonly accounts: ResourceAccounts
  readonly now: () => number
}

/** `newId` gives a name nobody can guess. */
export function desksOver(store: Store, now: () => number, newId: () => string): Desks {
  const settings = new SettingsDesk(store, new LiveCalls(store, now), now)
  const sweeping = new Sweeping({ store, settings, now, newId })
  return {
    store,
    directory: new Directory(store, now),
    settings,
    rights: new RightsDesk(store, now),
    sweeping,
    accounts: new ResourceAccounts(store, now),
    now,
  }
}
