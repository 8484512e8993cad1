/** Runs something again and again, with a pause after each time. What fails is tried again at the next turn. */
import { type Clock } from '../../clock.ts'

/** Ends it; resolves when the turn that is under way has ended. */
export type Stop = () => Promise<void>

/** Begins after a pause; each is as long as `pauseMs` says then. */
export function regularly(clock: Clock, pauseMs: () => number, run: () => Promise<unknown>): Stop {
  let isOver = false
  let turn: Promise<unknown> = Promise.resolve()
  let callOff: () => void = () => undefined
  const wait = () => {
    if (isOver) return
    callOff = clock.after(pauseMs(), () => {
      turn = run().catch(() => undefined)
      void turn.then(wait)
    })
  }
  wait()
  return async () => {
    isOver = true
    callOff()
    await turn
  }
}
