/** What happens to a call that nobody takes. */
import { type Target } from './target.ts'

/** Microsoft accepts these delays, in seconds, and no others. */
export const ringTimeouts = [5, 10, 15, 20, 30, 40, 50, 60] as const
export type RingTimeout = (typeof ringTimeouts)[number]

export const defaultRingTimeout: RingTimeout = 20

export type UnansweredRule = { readonly to: Target; readonly after: RingTimeout }

export type Unanswered =
  | { readonly is: 'neverSet' }
  | { readonly is: 'off'; readonly kept?: UnansweredRule }
  | { readonly is: 'on'; readonly rule: UnansweredRule }

/** Whether a number of seconds is one of the eight delays. */
export function isRingTimeout(seconds: number): seconds is RingTimeout {
  return ringTimeouts.some((timeout) => timeout === seconds)
}
