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

/** Waits for one more timer to fire: what has not fired by then does not. */
export async function firesAfterwards(store: Store, fired: readonly Timer[]): Promise<void> {
  await store.commit({ setTimers: [timer('marker', Date.now() + 50)] })
  await until('the marker fires', () => fired.some(({ key }) => key === 'marker'))
}

export async function untilKept(store: Store, id: string, rev: number): Promise<void> {
  await until(`${id} is kept`, async () => ((await store.get('endedEarly', id))?.rev ?? 0) >= rev)
}
