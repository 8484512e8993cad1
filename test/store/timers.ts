/** Starting a store for its timers, and waiting for them. */
import { type Batch, type Reader, type Store, type Timer } from '../../src/store/store.ts'
import { timer } from './batches.ts'
import { idleHandlers } from './handlers.ts'
import { until } from '../until.ts'

type Decide = (timer: Timer, read: Reader) => Batch | Promise<Batch>

/** Starts the store with a decision for its timers. */
export function fireWith(store: Store, decide: Decide): Promise<void> {
  return store.start({ ...idleHandlers, onTimer: async (one, read) => decide(one, read) })
}

export function collect(store: Store, fired: Timer[]): Promise<void> {
  return fireWith(store, (one) => {
    fired.push(one)
    return {}
  })
}

/**
 * Lets one more timer fire, and all that was begun before it end: what has not fired by then does not. The store is
 * stopped then. Tells the keys of those that fired, sorted: two may be decided at once, and either be first.
 */
export async function allThatFire(store: Store, fired: readonly Timer[]): Promise<readonly string[]> {
  await store.commit({ setTimers: [timer('the last', Date.now() + 50)] })
  await until('the last fires', () => fired.some(({ key }) => key === 'the last'))
  await store.stop()
  return fired.map(({ key }) => key).sort()
}

export async function untilKept(store: Store, id: string, rev: number): Promise<void> {
  await until(`${id} is kept`, async () => ((await store.get('endedEarly', id))?.rev ?? 0) >= rev)
}
