/** Handlers for tests. */
import { type Handlers } from '../../src/store/store.ts'

/** Timers change nothing, effects are done at once. */
export const idleHandlers: Handlers = {
  onTimer: () => Promise.resolve({}),
  onEffect: () => Promise.resolve({ is: 'done' }),
}
