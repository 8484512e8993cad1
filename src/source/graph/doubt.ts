/** What is made of a call that Graph was asked for: after silence, after a no, or when nobody knows what a request came to. */
import { type Leg, type LegRequest, type LegStep } from './leg.ts'
import {
  accepted,
  answering,
  asking,
  carriedOut,
  held,
  letGo,
  notHandedOver,
  notRedirected,
  same,
  terminated,
} from './moves.ts'

const vanished = { transferred: false, failed: false }

/** A notice that says how a transfer went is waited for this long when Graph knows the call no more. */
const noticeMs = 10_000

/** What to make of a call that was silent for long, or that Graph said no about. */
export function seen(leg: Leg, state: string | null, at: number): LegStep {
  if (state === null || state === 'terminated') return gone(leg, at)
  switch (leg.state) {
    case 'answering':
      if (state === 'established') return held(leg, at)
      return leg.said === 'no' && state === 'incoming' ? letGo(leg, at, { is: 'ended' }) : same(leg)
    case 'handing':
      if (leg.said === 'nothing') return same(leg)
      if (leg.by === 'transfer') return state === 'established' ? notHandedOver(leg, at) : same(leg)
      return state === 'incoming' && leg.said === 'no' ? notRedirected(leg, at) : same(leg)
    case 'closing':
      return ending(leg, state)
    case 'incoming':
    case 'held':
    case 'over':
      return same(leg)
  }
}

/** Done, or its caller is gone: only the notice tells, and it may be late. */
function gone(leg: Leg, at: number): LegStep {
  const isTransfer = leg.state === 'handing' && leg.by === 'transfer'
  const goneSince = leg.goneSince ?? at
  if (!isTransfer || at - goneSince >= noticeMs) return terminated(leg, vanished)
  return same({ ...leg, goneSince, said: 'yes', alarmAt: goneSince + noticeMs })
}

/** Nobody knows whether this request arrived. Where the call is as it was before, it did not; then it is asked again. */
export function inDoubt(leg: Leg, what: LegRequest['ask'], state: string | null, at: number): LegStep {
  if (state === null || state === 'terminated') return gone(leg, at)
  switch (what) {
    case 'answer':
      if (leg.state !== 'answering') return same(leg)
      return state === 'incoming' ? answering(leg, at) : seen(leg, state, at)
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
  if (leg.state !== 'handing' || leg.by !== by) return same(leg)
  if (state !== before) return accepted(leg)
  const order = leg.order ?? leg.handing
  const again: Leg = {
    ...leg,
    state: by === 'transfer' ? 'held' : 'incoming',
    by: null,
    handing: null,
    order,
  }
  return carriedOut(again, at)
}

function ending(leg: Leg, state: string): LegStep {
  return asking(leg, [state === 'incoming' ? { ask: 'reject', reason: 'none' } : { ask: 'hangUp' }])
}
