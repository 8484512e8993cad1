/** How a call that Graph holds moves from state to state: each move says what to ask of Graph and what the switchboard hears. */
import {
  type HandOver,
  keepAliveMs,
  type Leg,
  type LegNews,
  type LegRequest,
  type LegStep,
  silenceMs,
} from './leg.ts'

/** Seconds that Teams rings somebody to whom a call was redirected; Graph allows 15 to 90. */
const redirectSeconds = 20

export function same(leg: Leg): LegStep {
  return { leg, requests: [], news: [] }
}

export function asking(leg: Leg, requests: readonly LegRequest[], news: readonly LegNews[] = []): LegStep {
  return { leg: { ...leg, asked: leg.asked + requests.length }, requests, news }
}

export function over(leg: Leg, ...news: readonly LegNews[]): LegStep {
  return { leg: { ...leg, state: 'over', order: null, handing: null, alarmAt: null }, requests: [], news }
}

/** Asks for the call, and again after as long. */
export function looking(leg: Leg, at: number): LegStep {
  return asking({ ...leg, alarmAt: at + silenceMs }, [{ ask: 'look' }])
}

/** Does what the switchboard decided as soon as the call allows it. */
export function carriedOut(leg: Leg, at: number): LegStep {
  const { order, state } = leg
  if (order === null || (state !== 'incoming' && state !== 'held')) return same(leg)
  if ('to' in order) return handingOver(leg, order, at)
  const reason = order.do === 'busy' ? 'busy' : 'none'
  const end: LegRequest = state === 'incoming' ? { ask: 'reject', reason } : { ask: 'hangUp' }
  return asking({ ...leg, state: 'closing', order: null, alarmAt: at + silenceMs }, [end])
}

function handingOver(leg: Leg, order: HandOver, at: number): LegStep {
  const isUnanswered = leg.state === 'incoming'
  const handing: Leg = {
    ...leg,
    state: 'handing',
    by: isUnanswered ? 'redirect' : 'transfer',
    handing: order,
    order: null,
    said: 'nothing',
    goneSince: null,
    tries: leg.tries + 1,
    alarmAt: at + silenceMs,
  }
  if (isUnanswered) {
    const [to, seconds] = order.do === 'ring' ? [order.to, order.seconds] : [[order.to], redirectSeconds]
    return asking(handing, [{ ask: 'redirect', to, seconds }])
  }
  // Teams rings several people only for a call that nobody has answered.
  if (order.do === 'ring') return letGo(leg, at)
  return asking(handing, [{ ask: 'cancelMedia' }, { ask: 'transfer', to: order.to }])
}

/** Graph must have the answer within 15 seconds of the call. */
export function answering(leg: Leg, at: number, ...news: readonly LegNews[]): LegStep {
  const now: Leg = { ...leg, state: 'answering', by: null, handing: null, said: 'nothing' }
  return asking({ ...now, alarmAt: at + silenceMs }, [{ ask: 'answer' }], news)
}

/** Graph does it. Teams has the call as soon as it was told whom to ring: nothing more is ever heard of it. */
export function accepted(leg: Leg): LegStep {
  const now: Leg = { ...leg, said: 'yes' }
  const isNews = leg.handing?.do === 'ring' && leg.said !== 'yes'
  return isNews ? asking(now, [], [{ is: 'leftToTeams' }]) : same(now)
}

/** The caller hears our ringback from now on, unless it is decided already where they go. */
export function held(leg: Leg, at: number, ...news: readonly LegNews[]): LegStep {
  const now: Leg = { ...leg, state: 'held', by: null, handing: null, alarmAt: at + silenceMs }
  const next = now.order === null ? playing(now, at) : carriedOut(now, at)
  return { ...next, news: [...news, ...next.news] }
}

/** Asks for ringback. Each has a number, so that the end of one before is not taken for the end of this. */
export function playing(leg: Leg, at: number): LegStep {
  const plays = leg.plays + 1
  return asking({ ...leg, plays, playedAt: at, isMute: false }, [{ ask: 'play', context: contextOf(plays) }])
}

export function contextOf(plays: number): string {
  return `ringback ${plays}`
}

/**
 * The hand-over failed and the caller is still there. The switchboard rings on after a pickup, unless it has decided
 * anew meanwhile; where nobody is left to ring, the caller is let go.
 */
export function notHandedOver(leg: Leg, at: number): LegStep {
  if (leg.order !== null) return held(leg, at)
  return leg.handing?.do === 'connect'
    ? held(leg, at, { is: 'connectFailed' })
    : { ...letGo(leg, at), ...notForwarded(leg) }
}

/** Graph would not redirect. The call is answered at once then: its ten seconds may be gone. */
export function notRedirected(leg: Leg, at: number): LegStep {
  if (leg.order !== null) return answering(leg, at)
  switch (leg.handing?.do) {
    case 'connect':
      return answering(leg, at, { is: 'connectFailed' })
    case 'ring':
      return answering(leg, at, { is: 'notLeftToTeams' })
    case 'forward':
    case undefined:
      return { ...letGo(leg, at), ...notForwarded(leg) }
  }
}

function notForwarded({ handing }: Leg): Pick<LegStep, 'notForwarded'> {
  return handing?.do === 'forward' ? { notForwarded: handing.to } : {}
}

/** Nobody is left to ring: the caller hears that. */
export function letGo(leg: Leg, at: number, ...news: readonly LegNews[]): LegStep {
  const isUnanswered = leg.state === 'answering' || leg.by === 'redirect'
  const closing: Leg = { ...leg, state: 'closing', order: null, by: null, handing: null }
  const end: LegRequest = isUnanswered ? { ask: 'reject', reason: 'none' } : { ask: 'hangUp' }
  return asking({ ...closing, alarmAt: at + silenceMs }, [end], news)
}

/** The call is no more with Graph: handed over, or its caller is gone. */
export function terminated(
  leg: Leg,
  { transferred, failed }: { transferred: boolean; failed: boolean },
): LegStep {
  if (leg.state === 'closing') return over(leg)
  const { handing, said } = leg
  if (leg.state !== 'handing' || handing === null) return over(leg, { is: 'ended' })
  // Graph does not tell how a redirect went: the leg ends, and Teams has the call.
  const isRedirect = leg.by === 'redirect'
  const isDone = isRedirect ? said === 'yes' && !failed : transferred
  switch (handing.do) {
    case 'ring':
      return over(leg, ...neverOurs(said, failed))
    case 'connect':
      return over(leg, isDone ? { is: 'connected', to: handing.to, isAssumed: isRedirect } : { is: 'ended' })
    case 'forward':
      return over(leg, ...(isDone ? [] : [{ is: 'ended' } as const]))
  }
}

/** A call that Teams was to ring is noted down in any case: as left to Teams also when nobody knows whether it was. */
function neverOurs(said: Leg['said'], failed: boolean): readonly LegNews[] {
  if (said === 'yes') return []
  return said === 'nothing' && !failed ? [{ is: 'leftToTeams' }] : [{ is: 'notLeftToTeams' }, { is: 'ended' }]
}

/** Says that the call is still held, when it is time to; otherwise asks for it. */
export function stillHeld(leg: Leg, at: number): LegStep {
  const isDue = at >= leg.aliveAt
  const now: Leg = { ...leg, alarmAt: at + silenceMs, ...(isDue ? { aliveAt: at + keepAliveMs } : {}) }
  const asked = asking(now, [{ ask: isDue ? 'keepAlive' : 'look' }])
  if (!leg.isMute) return asked
  const again = playing(asked.leg, at)
  return { ...again, requests: [...asked.requests, ...again.requests] }
}
