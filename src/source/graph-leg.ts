/**
 * One call as Microsoft Graph holds it for us: what we know of it, and what to ask of Graph next. Pure: `step` decides,
 * graph.ts asks. (teams-platform section 7; actions and results after microsoft-graph-docs, call resource.)
 *
 *                 10 s                     established
 *   incoming ──────────────► answering ──────────────────► held ◄─────────────┐
 *      │ order                                              │ order           │ it failed
 *      └──────────────► handing (redirect) ──► over         └──► handing (transfer) ──► over
 *
 * Until 10 seconds the caller hears Teams ring, and can be sent on without having been answered; Graph wants the answer
 * within 15. From then on they hear our ringback, and are transferred.
 */
import { type Order } from './source.ts'

export type Leg = {
  readonly state: 'incoming' | 'answering' | 'held' | 'handing' | 'closing' | 'over'
  /** How a hand-over that is under way was asked for. */
  readonly by: 'redirect' | 'transfer' | null
  /** What the switchboard decided last and is not done yet. */
  readonly order: Order | null
  /** When something has to happen by itself: milliseconds since 1970. */
  readonly alarmAt: number | null
  /** Requests are numbered, so that none is sent twice. */
  readonly asked: number
}

/** What Graph told, what became of a request, what the switchboard ordered, and time. */
export type LegEvent =
  | { readonly is: 'established'; readonly failed: boolean }
  | { readonly is: 'terminated'; readonly transferred: boolean }
  | { readonly is: 'promptEnded' | 'alarm' }
  | { readonly is: 'order'; readonly order: Order }
  /** Gone: Graph knows the call no more. Failed: it will not do it. */
  | { readonly is: 'refused'; readonly what: LegRequest['ask']; readonly gone: boolean }
  /** What Graph said when it was asked for the call. */
  | { readonly is: 'seen'; readonly state: string | null }

export type LegRequest =
  | { readonly ask: 'answer' | 'play' | 'cancelMedia' | 'keepAlive' | 'hangUp' | 'look' }
  | { readonly ask: 'reject'; readonly reason: 'busy' | 'none' }
  | { readonly ask: 'redirect' | 'transfer'; readonly to: string }

/** What the switchboard hears. */
export type LegNews = 'connected' | 'connectFailed' | 'ended'

export type LegStep = {
  readonly leg: Leg
  readonly requests: readonly LegRequest[]
  readonly news: readonly LegNews[]
}

/** An unanswered call is answered after this long; Graph gives it up after 15 seconds. */
export const answerAfterMs = 10_000
/** Without a word from Graph for so long the call is asked for. */
const silenceMs = 30_000
/** A call that is held must say so now and then; Graph wants it every 45 minutes and advises 15. */
const keepAliveMs = 15 * 60 * 1000

/** A call that just came in. */
export function newLeg(at: number): Leg {
  return { state: 'incoming', by: null, order: null, alarmAt: at + answerAfterMs, asked: 0 }
}

/** What becomes of a call, and what to ask and to tell. An event that means nothing now changes nothing. */
export function step(leg: Leg, event: LegEvent, at: number): LegStep {
  if (leg.state === 'over') return same(leg)
  switch (event.is) {
    case 'order':
      return carriedOut({ ...leg, order: event.order }, at)
    case 'alarm':
      return leg.alarmAt !== null && leg.alarmAt <= at ? due(leg, at) : same(leg)
    case 'established':
      return established(leg, event.failed, at)
    case 'terminated':
      return terminated(leg, event.transferred)
    case 'promptEnded':
      return leg.state === 'held' ? asking(leg, [{ ask: 'play' }]) : same(leg)
    case 'refused':
      return refused(leg, event.what, event.gone, at)
    case 'seen':
      return seen(leg, event.state, at)
  }
}

function same(leg: Leg): LegStep {
  return { leg, requests: [], news: [] }
}

function asking(leg: Leg, requests: readonly LegRequest[], news: readonly LegNews[] = []): LegStep {
  return { leg: { ...leg, asked: leg.asked + requests.length }, requests, news }
}

function over(leg: Leg, ...news: readonly LegNews[]): LegStep {
  return { leg: { ...leg, state: 'over', order: null, alarmAt: null }, requests: [], news }
}

/** Does what the switchboard decided as soon as the call allows it. */
function carriedOut(leg: Leg, at: number): LegStep {
  const { order, state } = leg
  const isReady = state === 'incoming' || state === 'held'
  if (order === null || !isReady) return same(leg)
  const alarmAt = at + silenceMs
  if ('to' in order) {
    const by = state === 'incoming' ? 'redirect' : 'transfer'
    const media: readonly LegRequest[] = by === 'transfer' ? [{ ask: 'cancelMedia' }] : []
    return asking({ ...leg, state: 'handing', by, alarmAt }, [...media, { ask: by, to: order.to }])
  }
  const reason = order.do === 'busy' ? 'busy' : 'none'
  const end: LegRequest = state === 'incoming' ? { ask: 'reject', reason } : { ask: 'hangUp' }
  return asking({ ...leg, state: 'closing', alarmAt }, [end])
}

function due(leg: Leg, at: number): LegStep {
  switch (leg.state) {
    case 'incoming':
      return asking({ ...leg, state: 'answering', alarmAt: at + silenceMs }, [{ ask: 'answer' }])
    case 'held':
      return asking({ ...leg, alarmAt: at + keepAliveMs }, [{ ask: 'keepAlive' }])
    case 'answering':
    case 'handing':
    case 'closing':
      return asking({ ...leg, alarmAt: at + silenceMs }, [{ ask: 'look' }])
    case 'over':
      return same(leg)
  }
}

function established(leg: Leg, failed: boolean, at: number): LegStep {
  if (leg.state === 'answering') return held(leg, at)
  // A transfer goes through established too; only one that tells of a failure has failed.
  return leg.state === 'handing' && leg.by === 'transfer' && failed ? notHandedOver(leg, at) : same(leg)
}

/** The caller hears our ringback from now on, unless it is decided already where they go. */
function held(leg: Leg, at: number, ...news: readonly LegNews[]): LegStep {
  const now: Leg = { ...leg, state: 'held', by: null, alarmAt: at + keepAliveMs }
  if (now.order === null) return asking(now, [{ ask: 'play' }], news)
  const next = carriedOut(now, at)
  return { ...next, news: [...news, ...next.news] }
}

/** The switchboard rings on after a pickup that failed; where nobody is left to ring, the caller is let go. */
function notHandedOver(leg: Leg, at: number): LegStep {
  if (leg.order?.do === 'connect') return held({ ...leg, order: null }, at, 'connectFailed')
  return asking({ ...leg, state: 'closing', order: null, by: null, alarmAt: at + silenceMs }, [
    { ask: 'hangUp' },
  ])
}

function terminated(leg: Leg, transferred: boolean): LegStep {
  if (leg.state === 'closing') return over(leg)
  if (leg.state !== 'handing') return over(leg, 'ended')
  // Graph does not tell how a redirect went: the leg ends, and Teams has the call.
  const isDone = leg.by === 'redirect' || transferred
  if (!isDone) return over(leg, 'ended')
  return leg.order?.do === 'connect' ? over(leg, 'connected') : over(leg)
}

function refused(leg: Leg, what: LegRequest['ask'], gone: boolean, at: number): LegStep {
  switch (what) {
    case 'redirect':
    case 'transfer':
      return leg.state !== 'handing' ? same(leg) : gone ? over(leg, 'ended') : notSent(leg, at)
    case 'answer':
      return leg.state === 'answering' ? over(leg, 'ended') : same(leg)
    case 'reject':
    case 'hangUp':
      return leg.state === 'closing' ? over(leg) : same(leg)
    case 'keepAlive':
    case 'play':
    case 'look':
      return gone ? terminated(leg, false) : same(leg)
    case 'cancelMedia':
      return same(leg)
  }
}

/** Graph would not hand over. A call not answered yet is answered at once: its ten seconds may be gone. */
function notSent(leg: Leg, at: number): LegStep {
  if (leg.by === 'transfer') return notHandedOver(leg, at)
  const news: readonly LegNews[] = leg.order?.do === 'connect' ? ['connectFailed'] : []
  if (news.length === 0) {
    const end: LegRequest = { ask: 'reject', reason: 'none' }
    return asking({ ...leg, state: 'closing', order: null, by: null, alarmAt: at + silenceMs }, [end])
  }
  const answering: Leg = { ...leg, state: 'answering', order: null, by: null, alarmAt: at + silenceMs }
  return asking(answering, [{ ask: 'answer' }], news)
}

/** What to make of a call that was silent for long, or of one that was under way when we were away. */
function seen(leg: Leg, state: string | null, at: number): LegStep {
  if (state === null || state === 'terminated') return terminated(leg, false)
  if (state !== 'established') return same(leg)
  if (leg.state === 'answering') return held(leg, at)
  if (leg.state === 'handing') return notHandedOver(leg, at)
  return leg.state === 'closing' ? asking(leg, [{ ask: 'hangUp' }]) : same(leg)
}
