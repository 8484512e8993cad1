/**
 * Who rings, how, for how long, and what happens if nobody takes the call.
 * The table of rules R1 to R14 and U1 to U7 is calling-rules section 3; live calls, `who rings` and the settings card
 * all ask this one function.
 */
import { type RingOrder } from './call-group.ts'
import { type RuleName } from './calling-settings.ts'
import { whoReceiveCalls } from './delegate.ts'
import { effectiveNotification, type Notification } from './notification.ts'
import { type PersonId, type PhoneNumber } from './person.ts'
import { effectiveBusyOption, isEligible } from './policy.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { type Target, voicemail } from './target.ts'

export type Caller = {
  readonly kind: 'internal' | 'federated' | 'pstn'
  readonly id?: PersonId
  readonly name?: string
  readonly number?: PhoneNumber
}

export type Presence = 'available' | 'inACall' | 'doNotDisturb' | 'offline'

/** How one person hears of a call. Silent: found in a call, so a card without an alert and without a turn in the order. */
export type Alert = { readonly person: PersonId; readonly how: 'ring' | 'banner' | 'silent' }

/** Some people (or one telephone) that a round rings together. */
export type Lane =
  | {
      readonly ring: 'owner' | 'group' | 'delegates' | 'person'
      readonly order: RingOrder
      /** Those who ring, in list order. */
      readonly alerts: readonly Alert[]
      readonly silent: readonly Alert[]
      /** Those who get no card but may still take the call with `pickup`. */
      readonly mayPull: readonly PersonId[]
    }
  | { readonly ring: 'phone'; readonly number: PhoneNumber }

/** Lanes that ring from the same moment and stop together after `seconds`, or when the list of an in-order group ends. */
export type Round = {
  readonly lanes: readonly Lane[]
  readonly seconds: number
  readonly endsWithList: boolean
}

export type PlannedEnd =
  | { readonly is: 'voicemail' | 'missed' | 'busy' | 'reject' }
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

/** One bar of the timeline: these people ring from `from` to `to`, in seconds since the call came in. */
export type Stage = {
  readonly ring: Lane['ring']
  readonly people: readonly string[]
  readonly from: number
  readonly to: number
}

/** Seconds that each member of an in-order group rings before the next. */
export const slotSeconds = 20
/** Seconds until voicemail for somebody who never configured anything, and under AlwaysEnabled. */
const defaultVoicemailSeconds = 30
/** Seconds of ringing when nothing else ends it. */
const mostRingSeconds = 60
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

/** The plan as bars of a timeline, in order of start, the owner first. */
export function stagesOf(plan: RingPlan): readonly Stage[] {
  let start = 0
  return plan.rounds.flatMap((round) => {
    const from = start
    start += round.seconds
    const stages = round.lanes.flatMap((lane) => laneStages(lane, from, from + round.seconds))
    return stages.sort((one, other) => one.from - other.from)
  })
}

/** Seconds until the planned end, when nobody touches the call. */
export function endsAfter(plan: RingPlan): number {
  return plan.rounds.reduce((seconds, round) => seconds + round.seconds, 0)
}

/** Members of an in-order group that an also-ring or unanswered delay never reaches (warning W_ORDER_CUTOFF). */
export function neverReached(plan: RingPlan): readonly PersonId[] {
  return plan.rounds.flatMap((round) =>
    round.lanes.flatMap((lane) =>
      isInOrder(lane)
        ? lane.alerts.slice(Math.ceil(round.seconds / slotSeconds)).map((alert) => alert.person)
        : [],
    ),
  )
}

type PeopleLane = Exclude<Lane, { ring: 'phone' }>
type InOrderLane = PeopleLane & { readonly order: 'inOrder' }

/** Whether the people of this lane ring one after the other. */
export function isInOrder(lane: Lane): lane is InOrderLane {
  return lane.ring === 'group' && lane.order === 'inOrder'
}

function laneStages(lane: Lane, from: number, end: number): Stage[] {
  if (lane.ring === 'phone') return [{ ring: 'phone', people: [lane.number], from, to: end }]
  const people = lane.alerts.map((alert) => alert.person)
  if (!isInOrder(lane)) return [{ ring: lane.ring, people, from, to: end }]
  return people
    .map((person, slot) => ({
      ring: lane.ring,
      people: [person],
      from: from + slot * slotSeconds,
      to: Math.min(from + (slot + 1) * slotSeconds, end),
    }))
    .filter((stage) => stage.from < end)
}

/** Step 1: the members who ring, those who get a silent card, and those who may only pull. */
function groupLane(
  owner: Subscriber,
  caller: Caller,
  subscribers: Subscribers,
  presenceOf: (person: PersonId) => Presence,
): PeopleLane {
  const alerts: Alert[] = []
  const silent: Alert[] = []
  const mayPull: PersonId[] = []
  for (const member of owner.settings.group.members.map(subscribers)) {
    const person = member.id
    if (person === caller.id || !isEligible(member.eligibility)) continue
    const how = notificationFor(member, owner.id)
    const presence = presenceOf(person)
    const busy = presence === 'inACall' && member.settings.busyOnBusy !== 'ringUser'
    if (how === 'mute' || presence === 'doNotDisturb' || presence === 'offline') mayPull.push(person)
    else if (busy) silent.push({ person, how: 'silent' })
    else alerts.push({ person, how })
  }
  return { ring: 'group', order: owner.settings.group.order, alerts, silent, mayPull }
}

/** How this member is notified of this owner's calls, after their override; ring when they never chose. */
export function notificationFor(member: Subscriber, owner: PersonId): Notification {
  const choice = member.settings.memberships.find((membership) => membership.owner === owner)?.notification
  return effectiveNotification(choice ?? 'ring', member.settings.override)
}

/** Step 2: whether calls can go to this target now. */
function isValid(target: Target, owner: Subscriber, group: PeopleLane): boolean {
  switch (target.is) {
    case 'voicemail':
      return mayUseVoicemail(owner)
    case 'person':
      return owner.policy.allowCallForwardingToUser
    case 'number':
      return owner.policy.allowCallForwardingToPhone
    case 'delegates':
      return owner.policy.allowDelegation && whoReceiveCalls(owner.settings.delegates).length > 0
    case 'group':
      return owner.policy.allowCallGroups && isEligible(owner.eligibility) && group.alerts.length > 0
  }
}

function mayUseVoicemail(owner: Subscriber): boolean {
  return owner.policy.allowVoicemail !== 'alwaysDisabled'
}

type EffectiveUnanswered = { readonly to: Target | null; readonly after: number }

/** Step 3: where an unanswered call goes, and after how many seconds. */
function effectiveUnanswered(owner: Subscriber, group: PeopleLane, stale: RuleName[]): EffectiveUnanswered {
  const voicemailAfter = (after: number): EffectiveUnanswered =>
    mayUseVoicemail(owner) ? { to: voicemail, after } : { to: null, after: mostRingSeconds }
  if (owner.policy.allowVoicemail === 'alwaysEnabled') return voicemailAfter(defaultVoicemailSeconds)
  const { unanswered } = owner.settings
  switch (unanswered.is) {
    case 'neverSet':
      return voicemailAfter(defaultVoicemailSeconds)
    case 'off':
      return { to: null, after: mostRingSeconds }
    case 'on':
      if (isValid(unanswered.rule.to, owner, group)) return unanswered.rule
      stale.push('unanswered')
      return voicemailAfter(unanswered.rule.after)
  }
}

/** Step 4: the forwarding rule that counts, or none. */
function effectiveForwarding(owner: Subscriber, caller: Caller, group: PeopleLane, stale: RuleName[]) {
  const { forwarding } = owner.settings
  if (forwarding.is !== 'on') return null
  const { type, to } = forwarding.rule
  if (!isValid(to, owner, group)) {
    stale.push('forwarding')
    return null
  }
  if (type === 'simultaneous' && to.is === 'voicemail') return null
  const callerIsMember = caller.id !== undefined && owner.settings.group.members.includes(caller.id)
  return type === 'simultaneous' && to.is === 'group' && callerIsMember ? null : forwarding.rule
}

/** How the policy treats callers from outside. */
function inboundTreatment(owner: Subscriber, caller: Caller) {
  switch (caller.kind) {
    case 'internal':
      return 'regularIncoming'
    case 'federated':
      return owner.policy.inboundFederated
    case 'pstn':
      return owner.policy.inboundPstn
  }
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

function laneFor(target: Target, owner: Subscriber, group: PeopleLane): Lane {
  switch (target.is) {
    case 'group':
      return group
    case 'delegates':
      return peopleLane('delegates', whoReceiveCalls(owner.settings.delegates))
    case 'person':
      return peopleLane('person', [target.person])
    case 'number':
      return { ring: 'phone', number: target.number }
    case 'voicemail':
      return peopleLane('owner', [])
  }
}

function peopleLane(ring: 'owner' | 'delegates' | 'person', people: readonly PersonId[]): PeopleLane {
  const alerts = people.map((person): Alert => ({ person, how: 'ring' }))
  return { ring, order: 'simultaneous', alerts, silent: [], mayPull: [] }
}

function inOrderRound(lane: PeopleLane, cap: number): Round {
  return { lanes: [lane], seconds: Math.min(lane.alerts.length * slotSeconds, cap), endsWithList: true }
}
