/** What becomes of a call that Graph holds, after something happened to it. Pure: the picture is in graph/leg.ts. */
import { inDoubt, seen } from './doubt.ts'
import {
  answerAfterMs,
  keepAliveMs,
  type Leg,
  type LegEvent,
  type LegOrder,
  type LegRequest,
  type LegStep,
  silenceMs,
} from './leg.ts'
import {
  accepted,
  answering,
  asking,
  carriedOut,
  contextOf,
  held,
  looking,
  notHandedOver,
  playing,
  same,
  stillHeld,
  terminated,
} from './moves.ts'

/** Ringback that ends sooner cannot be played at all, and is not asked for over and over. */
const shortestRingbackMs = 5000
/** Whether a hand-over failed is looked at after this long, where the notice may be of one before. */
const doubtMs = 3000
/** A call of which Graph will not say anything for five minutes is given up. */
const mostUnseen = 10

/** What becomes of a call, and what to ask and to tell. An event that means nothing now changes nothing. */
export function step(noted: Leg, event: LegEvent, at: number): LegStep {
  if (noted.state === 'over') return same(noted)
  const leg = inOurTime(noted, at)
  switch (event.is) {
    case 'order':
      return ordered(leg, event.order, at)
    case 'alarm':
      return leg.alarmAt !== null && leg.alarmAt <= at ? due(leg, at) : same(leg)
    case 'resumed':
      return asking(leg, [{ ask: 'look' }])
    case 'established':
      return established(leg, event.failed, at)
    case 'terminated':
      return terminated(leg, event)
    case 'promptEnded':
      return promptEnded(leg, event.context, at)
    case 'refused':
      return refused(leg, event.what, event.gone, at)
    case 'accepted':
      return leg.by === event.what ? accepted(leg) : same(leg)
    case 'seen':
      return looked({ ...leg, unseen: 0 }, event, at)
  }
}

/** What was noted by a clock that was set back since lies in the future: an alarm further off than any could be is due now. */
function inOurTime(leg: Leg, at: number): Leg {
  const { alarmAt, aliveAt, playedAt, goneSince } = leg
  const longest = leg.state === 'incoming' ? answerAfterMs : silenceMs
  return {
    ...leg,
    alarmAt: alarmAt !== null && alarmAt > at + longest ? at : alarmAt,
    aliveAt: Math.min(aliveAt, at + keepAliveMs),
    playedAt: Math.min(playedAt, at),
    goneSince: goneSince === null ? null : Math.min(goneSince, at),
  }
}

function looked(leg: Leg, { state, inDoubt: doubt }: Extract<LegEvent, { is: 'seen' }>, at: number): LegStep {
  if (!doubt) return seen(leg, state, at)
  const { what, number } = doubt
  return number <= leg.settled ? same(leg) : inDoubt({ ...leg, settled: number }, what, state, at)
}

/** The same order may come twice; what is being done about it is not done again. */
function ordered(leg: Leg, order: LegOrder, at: number): LegStep {
  const isUnderWay = leg.state === 'handing' && JSON.stringify(leg.handing) === JSON.stringify(order)
  return isUnderWay ? same({ ...leg, order: null }) : carriedOut({ ...leg, order }, at)
}

function due(leg: Leg, at: number): LegStep {
  switch (leg.state) {
    case 'incoming':
      return answering(leg, at)
    case 'held':
      return stillHeld(leg, at)
    case 'handing':
      // Graph has not been heard yet on what was asked: there is nothing to find out.
      if (leg.said === 'nothing') return same({ ...leg, alarmAt: at + doubtMs })
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
  if (leg.state !== 'handing' || leg.by !== 'transfer' || !failed) return same(leg)
  // A late repetition of the failure before must not end a hand-over that is under way: a second winner would follow.
  if (leg.tries === 1) return notHandedOver(leg, at)
  return same({ ...leg, alarmAt: Math.min(leg.alarmAt ?? Infinity, at + doubtMs) })
}

function promptEnded(leg: Leg, context: string | null, at: number): LegStep {
  const isThis = context === null || context === contextOf(leg.plays)
  if (leg.state !== 'held' || !isThis) return same(leg)
  return at - leg.playedAt < shortestRingbackMs ? same({ ...leg, isMute: true }) : playing(leg, at)
}

/**
 * Graph also says no to what it is doing already, and knows nothing where only whoever is to be rung is unknown: so the call
 * itself is looked at before anything is made of a no.
 */
function refused(leg: Leg, what: LegRequest['ask'], gone: boolean, at: number): LegStep {
  switch (what) {
    case 'answer':
    case 'redirect':
    case 'transfer': {
      const isWaiting =
        what === 'answer' ? leg.state === 'answering' : leg.by === what && leg.state === 'handing'
      return isWaiting ? looking({ ...leg, said: 'no' }, at) : same(leg)
    }
    case 'reject':
    case 'hangUp':
      return leg.state === 'closing' && gone ? same({ ...leg, alarmAt: at + doubtMs }) : same(leg)
    case 'play':
    case 'keepAlive': {
      const now: Leg = what === 'play' ? { ...leg, isMute: true } : leg
      return leg.state === 'held' && gone ? looking(now, at) : same(now)
    }
    case 'look':
      return leg.unseen + 1 >= mostUnseen
        ? terminated(leg, { transferred: false, failed: false })
        : same({ ...leg, unseen: leg.unseen + 1 })
    case 'cancelMedia':
      return same(leg)
  }
}
