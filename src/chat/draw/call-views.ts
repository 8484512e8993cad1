/** What the cards about calls need to be drawn: ringing, settled, missed, the log, and who would ring. */
import { type Noticed } from './parts.ts'

export type CallViews = {
  readonly calls: {
    readonly rows: ReadonlyArray<{
      readonly title: string
      readonly outcome: string
      readonly day: string
      readonly rang: string
    }>
    readonly isEmpty: boolean
    readonly hasOlder: boolean
    readonly before: number
  }
  readonly 'missed-call': {
    readonly caller: string
    readonly number: string
    readonly outcome: string
    readonly rang: string
    readonly when: string
  }
  readonly pickup: {
    readonly title: string
    readonly caller: string
    readonly owner: string
    readonly number: string
    readonly since: string
    readonly alsoRings: string
    readonly ends: string
    readonly note: string
    readonly isTurnOver: boolean
    readonly call: string
  }
  readonly 'pickup-settled': {
    /** Whether the person who sees this card has the call. */
    readonly isYours: boolean
    readonly title: string
    readonly outcome: string
    readonly detail: string
    readonly when: string
  }
  readonly 'who-rings': Noticed & {
    readonly title: string
    readonly moment: string
    readonly isEmpty: boolean
    readonly rows: ReadonlyArray<{
      readonly who: string
      readonly time: string
      /** Widths of the bar and the space on its two sides, in seconds. */
      readonly before: number
      readonly during: number
      readonly after: number
    }>
    readonly end: string
    readonly isOwn: boolean
    readonly owner: string
    /** Whether a pretend call may be tried here. */
    readonly canSimulate: boolean
  }
}
