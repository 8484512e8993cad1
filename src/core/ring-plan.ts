/**
 * Who rings, how, for how long, and what happens if nobody takes the call.
 * The table of rules R1 to R14 and U1 to U7 is calling-rules section 3; live calls, `who rings` and the settings card
 * all ask this one function. lane.ts has who rings together, effective-rules.ts which settings count, stages.ts the
 * timeline.
 */
import { type RuleName } from './calling-settings.ts'
import {
  defaultVoicemailSeconds,
  effectiveForwarding,
  effectiveUnanswered,
  type EffectiveUnanswered,
  inboundTreatment,
  mayUseVoicemail,
} from './effective-rules.ts'
import {
  type Caller,
  groupLane,
  isInOrder,
  type Lane,
  laneFor,
  type PeopleLane,
  peopleLane,
  type Presence,
  slotSeconds,
} from './lane.ts'
import { type PersonId } from './person.ts'
import { effectiveBusyOption } from './policy.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { type Target } from './target.ts'

/** Lanes that ring from the same moment and stop together after `seconds`, or when the list of an in-order group ends. */
export type Round = {
  readonly lanes: readonly Lane[]
  readonly seconds: number
  readonly endsWithList: boolean
}

export type PlannedEnd =
  | { readonly is: 'voicemail' | 'missed' | 'busy' | 'reject' | 'leftToTeams' }
  | { readonly is: 'transfer'; readonly to: PersonOrNumber }

export type PersonOrNumber = Extract<Target, { is: 'person' | 'number' }>

export type RingPlan = {
  /** The row of the table that decided, for explanations: R1 … R14. */
  readonly rule: PlanRule
  readonly rounds: readonly Round[]
  readonly end: PlannedEnd
  /** Rules whose target is not valid now (policy, empty group, nobody to ring): they were passed over. */
  readonly stale: readonly RuleName[]
}

export type PlanRule =
  'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8' | 'R9' | 'R10' | 'R11' | 'R12' | 'R13' | 'R14'

/** Seconds that a group or delegates ring when they are reached because nobody answered. */
const unansweredRoundSeconds = 30

/** Decides a call before it rings. Presence and settings are read once, now; later changes count for the next call. */
export function ringPlan(
  owner: Subscriber,
  caller: Caller,
  subscribers: Subscribers,
  presenceOf: (person: PersonId) => Presence,
): RingPlan {
  const group = groupLane(owner, caller, subscribers, presenceOf)
  const stale: RuleName[] = []
  const unanswered = effectiveUnanswered(owner, group, stale)
  const forwarding = effectiveForwarding(owner, caller, group, stale)
  const ownerLane: Lane = peopleLane('owner', [owner.id])
  const laneTo = (target: Target): Lane => laneFor(target, owner, group)
  const plan = (rule: PlanRule, rounds: readonly Round[]): RingPlan => ({
    rule,
    ...thenUnanswered(rounds, unanswered, laneTo),
    stale,
  })
  const endsAtOnce = (rule: PlanRule, end: PlannedEnd): RingPlan => ({ rule, rounds: [], end, stale })
  const together = (...lanes: Lane[]): Round => ({ lanes, seconds: unanswered.after, endsWithList: false })

  if (!owner.policy.allowPrivateCalling) return endsAtOnce('R1', { is: 'reject' })

  const treatment = inboundTreatment(owner, caller)
  if (treatment === 'voicemail')
    return endsAtOnce('R2', { is: mayUseVoicemail(owner) ? 'voicemail' : 'missed' })
  if (treatment === 'unanswered') return plan('R3', [])

  if (forwarding?.type === 'immediate') {
    const { to } = forwarding
    if (to.is === 'voicemail') return endsAtOnce('R4', { is: 'voicemail' })
    if (to.is === 'person' || to.is === 'number') return endsAtOnce('R5', { is: 'transfer', to })
    const lane = laneTo(to)
    if (isInOrder(lane)) {
      const cap = owner.policy.allowVoicemail === 'alwaysEnabled' ? defaultVoicemailSeconds : Infinity
      return plan('R8', [inOrderRound(lane, cap)])
    }
    return plan(to.is === 'delegates' ? 'R6' : 'R7', [together(lane)])
  }

  const presence = presenceOf(owner.id)
  if (presence === 'inACall') {
    const busy = effectiveBusyOption(owner.policy.busyOnBusy, owner.settings.busyOnBusy)
    if (busy === 'playBusySignal') return endsAtOnce('R9', { is: 'busy' })
    if (busy === 'redirectAsUnansweredCall') return plan('R10', [])
  }
  const away = presence === 'doNotDisturb' || presence === 'offline'
  if (forwarding === null) return away ? plan('R11', []) : plan('R13', [together(ownerLane)])
  const alsoRings = laneTo(forwarding.to)
  return away ? plan('R12', [together(alsoRings)]) : plan('R14', [together(ownerLane, alsoRings)])
}

/** U1 to U7: what follows the rounds when nobody took the call. Nobody is rung twice for one call. */
function thenUnanswered(
  rounds: readonly Round[],
  unanswered: EffectiveUnanswered,
  laneTo: (target: Target) => Lane,
): Pick<RingPlan, 'rounds' | 'end'> {
  const { to } = unanswered
  if (to === null) return { rounds, end: { is: 'missed' } }
  if (to.is === 'voicemail') return { rounds, end: { is: 'voicemail' } }
  if (to.is === 'person' || to.is === 'number') return { rounds, end: { is: 'transfer', to } }
  const rung = rounds.some((round) => round.lanes.some((lane) => lane.ring === to.is))
  if (rung) return { rounds, end: { is: 'missed' } }
  const lane = laneTo(to)
  const last = isInOrder(lane)
    ? inOrderRound(lane, Infinity)
    : { lanes: [lane], seconds: unansweredRoundSeconds, endsWithList: false }
  return { rounds: [...rounds, last], end: { is: 'missed' } }
}

function inOrderRound(lane: PeopleLane, cap: number): Round {
  return { lanes: [lane], seconds: Math.min(lane.alerts.length * slotSeconds, cap), endsWithList: true }
}
