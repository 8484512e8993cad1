/** The switchboard and its desks on an opened store, without anybody to tell. */
import { type Clock } from '../../src/clock.ts'
import { type Store } from '../../src/store/store.ts'
import { desksOver } from '../../src/switchboard/desks.ts'
import { Switchboard } from '../../src/switchboard/switchboard.ts'

export function partsOn(store: Store, clock: Clock) {
  const now = () => clock.now()
  const desks = desksOver(store, now, () => '')
  const switchboard = new Switchboard({
    ...desks,
    store,
    now,
    presence: () => Promise.resolve(new Map()),
    sources: [],
  })
  return { ...desks, store, switchboard }
}
