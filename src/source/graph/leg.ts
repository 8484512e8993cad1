/**
 * One call as Microsoft Graph holds it for us: what we know of it, what can happen to it, and what can be asked of Graph.
 * graph/step.ts decides, graph.ts asks. (teams-platform section 7; actions and results after microsoft-graph-docs, call
 * resource.)
 *
 *                 10 s                     established
 *   incoming ──────────────► answering ──────────────────► held ◄─────────────┐
 *      │ order                                              │ order           │ it failed
 *      └──────────────► handing (redirect) ──► over         └──► handing (transfer) ──► over
 *
 * Until 10 seconds the caller hears Teams ring, and can be sent on without having been answered; Graph wants the answer
 * within 15. From then on they hear our ringback, and are transferred.
 */
import { type Deed } from '../source.ts'

/** Several people whom Teams is to ring by itself, for as many seconds. */
export type RingInTeams = { readonly do: 'ring'; readonly to: readonly string[]; readonly seconds: number }

export type LegOrder = Deed | RingInTeams
/** A decision that sends the caller to somebody. */
export type HandOver = Extract<LegOrder, { readonly to: unknown }>

export type Leg = {
  readonly state: 'incoming' | 'answering' | 'held' | 'handing' | 'closing' | 'over'
  /** How a hand-over that is under way was asked for. */
  readonly by: 'redirect' | 'transfer' | null
  /** The decision that is being carried out by it. */
  readonly handing: HandOver | null
  /** What Graph said to the last request to answer or to hand over. */
  readonly said: 'nothing' | 'yes' | 'no'
  /** What the switchboard decided last and is not begun yet. */
  readonly order: LegOrder | null
  /** How many hand-overs were asked for. */
  readonly tries: number
  /** How often ringback was asked for; and when it ended as soon as it began, so that it is not asked for at once. */
  readonly plays: number
  readonly playedAt: number
  readonly isMute: boolean
  /** Since when Graph knows the call no more that was being transferred: the notice of how that went may be on its way. */
  readonly goneSince: number | null
  /** How often in a row Graph would not say how the call is. */
  readonly unseen: number
  /** When something has to happen by itself, and when Graph must hear that we still hold the call: milliseconds since 1970. */
  readonly alarmAt: number | null
  readonly aliveAt: number
  /** Requests are numbered, so that none is sent twice. */
  readonly asked: number
  /** The number of the last request in doubt that something was made of: work that is done twice must not ask twice. */
  readonly settled: number
}

/** What Graph told, what became of a request, what the switchboard ordered, and time. */
export type LegEvent =
  | { readonly is: 'established'; readonly failed: boolean }
  | { readonly is: 'terminated'; readonly transferred: boolean; readonly failed: boolean }
  /** Context: which ringback ended, as it was asked for; null when Graph does not say. */
  | { readonly is: 'promptEnded'; readonly context: string | null }
  | { readonly is: 'alarm' | 'resumed' }
  | { readonly is: 'order'; readonly order: LegOrder }
  | { readonly is: 'accepted'; readonly what: LegRequest['ask'] }
  /** Gone: Graph knows the call no more; otherwise it will not do it. */
  | { readonly is: 'refused'; readonly what: LegRequest['ask']; readonly gone: boolean }
  /** What Graph said when it was asked for the call; in doubt: a request of which nobody knows whether it arrived. */
  | { readonly is: 'seen'; readonly state: string | null; readonly inDoubt?: Doubt }

/** A request, by its number. */
export type Doubt = { readonly what: LegRequest['ask']; readonly number: number }

export type LegRequest =
  | { readonly ask: 'answer' | 'cancelMedia' | 'keepAlive' | 'hangUp' | 'look' }
  | { readonly ask: 'play'; readonly context: string }
  | { readonly ask: 'reject'; readonly reason: 'busy' | 'none' }
  | { readonly ask: 'redirect'; readonly to: readonly string[]; readonly seconds: number }
  | { readonly ask: 'transfer'; readonly to: string }

/** What the switchboard hears. */
export type LegNews =
  | { readonly is: 'connected'; readonly to: string; readonly isAssumed: boolean }
  | { readonly is: 'connectFailed' | 'ended' }
  /** Teams rings the people by itself and has the call now; or it would not, so they are to be rung by us. */
  | { readonly is: 'leftToTeams' | 'notLeftToTeams' }

export type LegStep = {
  readonly leg: Leg
  readonly requests: readonly LegRequest[]
  readonly news: readonly LegNews[]
  /** Where the caller could not be sent on to before they were let go. The switchboard has done with them: only the owner hears. */
  readonly notForwarded?: string
}

/** An unanswered call is answered after this long; Graph gives it up after 15 seconds. */
export const answerAfterMs = 10_000
/** Without a word from Graph for so long the call is asked for. */
export const silenceMs = 30_000
/** A call that is held must say so now and then; Graph wants it every 45 minutes and advises 15. */
export const keepAliveMs = 15 * 60 * 1000

/** A call that just came in. */
export function newLeg(at: number): Leg {
  return {
    state: 'incoming',
    by: null,
    handing: null,
    said: 'nothing',
    order: null,
    tries: 0,
    plays: 0,
    playedAt: at,
    isMute: false,
    goneSince: null,
    unseen: 0,
    alarmAt: at + answerAfterMs,
    aliveAt: at + keepAliveMs,
    asked: 0,
    settled: 0,
  }
}
