/** What is ahead of a call that rings, from its plan and where it stands: who rings now, whose turn is next, what follows. */
import { type Call, type Ringing } from '../core/call.ts'
import { isInOrder, type Lane, slotSeconds } from '../core/lane.ts'
import { isGone } from '../core/party.ts'
import { type RingPlan, type Round } from '../core/ring-plan.ts'
import { type Stage, stagesOf } from '../core/stages.ts'

/** These people or numbers ring together until a moment, in milliseconds since 1970. */
export type Part = { readonly who: readonly string[]; readonly from: number; readonly until: number }

/** The parts of a ringing call from now on, in order; the first rings now. */
export function ahead(call: Call, state: Ringing, at: number): readonly Part[] {
  const round = call.plan.rounds[state.round]
  if (!round) return []
  const now = inRound(call, round, state, at)
  const ends = now.at(-1)?.until ?? at
  return [...now, ...afterRound(call.plan, state.round, ends)]
}

/** What is left of the round: the turn there is now, those still to come, and the end of those who ring beside them. */
function inRound(call: Call, round: Round, state: Ringing, at: number): readonly Part[] {
  const beside = round.lanes.filter((lane) => !isInOrder(lane)).flatMap((lane) => staying(call, lane))
  const turns = round.lanes.find(isInOrder)?.alerts ?? []
  const parts: Part[] = []
  let from = at
  for (const [slot, { person }] of turns.entries()) {
    if (slot < state.slot || from >= state.roundEndsAt || isGone(call, person)) continue
    const turnEnds = slot === state.slot ? (state.slotEndsAt ?? from) : from + slotSeconds * 1000
    const until = Math.min(turnEnds, state.roundEndsAt)
    parts.push({ who: [...beside, person], from, until })
    from = until
  }
  const isOver = round.endsWithList && turns.length > 0
  if (!isOver && from < state.roundEndsAt) parts.push({ who: beside, from, until: state.roundEndsAt })
  return parts
}

function staying(call: Call, lane: Lane): readonly string[] {
  if (lane.ring === 'phone') return [lane.number]
  return lane.alerts.map(({ person }) => person).filter((person) => !isGone(call, person))
}

function afterRound(plan: RingPlan, round: number, begins: number): readonly Part[] {
  const stages = stagesOf({ ...plan, rounds: plan.rounds.slice(round + 1) })
  const edges = [...new Set(stages.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other)
  return edges.slice(0, -1).map((from, index) => {
    const until = edges[index + 1] ?? from
    return { who: ringingAt(stages, from), from: begins + from * 1000, until: begins + until * 1000 }
  })
}

function ringingAt(stages: readonly Stage[], second: number): readonly string[] {
  return stages.filter(({ from, to }) => from <= second && second < to).flatMap(({ people }) => people)
}
