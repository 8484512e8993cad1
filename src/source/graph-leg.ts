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
  /** What Graph said to the last request to answer or to hand over. */
  readonly said: 'nothing' | 'yes' | 'no'
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
  | { readonly is: 'promptEnded' }
  | { readonly is: 'alarm' }
  | { readonly is: 'order'; readonly order: Order }
  | { readonly is: 'accepted'; readonly what: LegRequest['ask'] }
  /** Gone: Graph knows the call no more; otherwise it will not do it. */
  | { readonly is: 'refused'; readonly what: LegRequest['ask']; readonly gone: boolean }
  /** What Graph said when it was asked for the call; in doubt: a request of which nobody knows whether it arrived. */
  | { readonly is: 'seen'; readonly state: string | null; readonly inDoubt?: LegRequest['ask'] }

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
  return {
    state: 'incoming',
    by: null,
    said: 'nothing',
    order: null,
    alarmAt: at + answerAfterMs,
    asked: 0,
  }
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
    case 'accepted':
      return leg.by === event.what ? same({ ...leg, said: 'yes' }) : same(leg)
    case 'seen':
      return event.inDoubt ? inDoubt(leg, event.inDoubt, event.state, at) : seen(leg, event.state, at)
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
    const handing: Leg = { ...leg, state: 'handing', by, said: 'nothing', alarmAt }
    return asking(handing, [...media, { ask: by, to: order.to }])
  }
  const reason = order.do === 'busy' ? 'busy' : 'none'
  const end: LegRequest = state === 'incoming' ? { ask: 'reject', reason } : { ask: 'hangUp' }
  return asking({ ...leg, state: 'closing', alarmAt }, [end])
}

function looking(leg: Leg, at: number): LegStep {
  return asking({ ...leg, alarmAt: at + silenceMs }, [{ ask: 'look' }])
}

function due(leg: Leg, at: number): LegStep {
  switch (leg.state) {
    case 'incoming':
      return asking({ ...leg, state: 'answering', said: 'nothing', alarmAt: at + silenceMs }, [
        { ask: 'answer' },
      ])
    case 'held':
      return asking({ ...leg, alarmAt: at + keepAliveMs }, [{ ask: 'keepAlive' }])
    case 'handing':
      // Graph has not been heard yet on what was asked: there is nothing to find out.
      if (leg.said === 'nothing') return same({ ...leg, alarmAt: at + silenceMs })
      return looking(leg, at)
    case 'answering':
    case 'closing':
      return looking(leg, at)
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
  const isDone = leg.by === 'redirect' ? leg.said === 'yes' : transferred
  if (!isDone) return over(leg, 'ended')
  return leg.order?.do === 'connect' ? over(leg, 'connected') : over(leg)
}

/** Graph also says no to what it is doing already, so the call itself is looked at before anything is made of a no. */
function refused(leg: Leg, what: LegRequest['ask'], gone: boolean, at: number): LegStep {
  switch (what) {
    case 'answer':
    case 'redirect':
    case 'transfer': {
      const isWaiting =
        what === 'answer' ? leg.state === 'answering' : leg.by === what && leg.state === 'handing'
      if (!isWaiting) return same(leg)
      return gone ? terminated(leg, false) : looking({ ...leg, said: 'no' }, at)
    }
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

/** Graph would not redirect. The call is answered at once then: its ten seconds may be gone. */
function notSent(leg: Leg, at: number): LegStep {
  if (leg.order?.do !== 'connect') return letGo(leg, at)
  const alarmAt = at + silenceMs
  const answering: Leg = { ...leg, state: 'answering', order: null, by: null, said: 'nothing', alarmAt }
  return asking(answering, [{ ask: 'answer' }], ['connectFailed'])
}

/** Nobody is left to ring: the caller hears that. */
function letGo(leg: Leg, at: number, ...news: readonly LegNews[]): LegStep {
  const isUnanswered = leg.state === 'answering' || leg.by === 'redirect'
  const closing: Leg = { ...leg, state: 'closing', order: null, by: null, alarmAt: at + silenceMs }
  return asking(closing, [isUnanswered ? { ask: 'reject', reason: 'none' } : { ask: 'hangUp' }], news)
}

/** What to make of a call that was silent for long, or that Graph said no about. */
function seen(leg: Leg, state: string | null, at: number): LegStep {
  if (state === null || state === 'terminated') return terminated(leg, false)
  switch (leg.state) {
    case 'answering':
      if (state === 'established') return held(leg, at)
      return leg.said === 'no' && state === 'incoming' ? letGo(leg, at, 'ended') : same(leg)
    case 'handing':
      if (leg.said === 'nothing') return same(leg)
      if (leg.by === 'transfer') return state === 'established' ? notHandedOver(leg, at) : same(leg)
      return state === 'incoming' && leg.said === 'no' ? notSent(leg, at) : same(leg)
    case 'closing':
      return ending(leg, state)
    case 'incoming':
    case 'held':
    case 'over':
      return same(leg)
  }
}

/** Nobody knows whether this request arrived. Where the call is as it was before, it did not; then it is asked again. */
function inDoubt(leg: Leg, what: LegRequest['ask'], state: string | null, at: number): LegStep {
  if (state === null || state === 'terminated') return terminated(leg, false)
  switch (what) {
    case 'answer':
      if (leg.state !== 'answering') return same(leg)
      return state === 'incoming' ? asking(leg, [{ ask: 'answer' }]) : seen(leg, state, at)
    case 'redirect':
    case 'transfer':
      return handOverInDoubt(leg, what, state, at)
    case 'reject':
    case 'hangUp':
      return leg.state === 'closing' ? ending(leg, state) : same(leg)
    // Nothing depends on these: the next alarm, or the end of the ringback, comes anyway.
    case 'play':
    case 'cancelMedia':
    case 'keepAlive':
    case 'look':
      return same(leg)
  }
}

/** A hand-over that did not arrive is begun anew, or what was decided meanwhile is done instead. */
function handOverInDoubt(leg: Leg, by: 'redirect' | 'transfer', state: string, at: number): LegStep {
  const before = by === 'transfer' ? 'established' : 'incoming'
  if (state !== before || leg.state !== 'handing' || leg.by !== by) return same(leg)
  return carriedOut({ ...leg, state: by === 'transfer' ? 'held' : 'incoming', by: null }, at)
}

function ending(leg: Leg, state: string): LegStep {
  return asking(leg, [state === 'incoming' ? { ask: 'reject', reason: 'none' } : { ask: 'hangUp' }])
}
