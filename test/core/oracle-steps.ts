/** The steps before the table: who of the group can ring, which targets are valid, where the two rules lead. */
import { type Delegate } from '../../src/core/delegate.ts'
import { type PersonId } from '../../src/core/person.ts'
import { type BusyOption } from '../../src/core/policy.ts'
import { type Caller, type Presence } from '../../src/core/lane.ts'
import { type Subscriber, type Subscribers } from '../../src/core/subscriber.ts'
import { type Target } from '../../src/core/target.ts'

export type StaleRule = 'forwarding' | 'unanswered'

export type Situation = {
  readonly owner: Subscriber
  readonly caller: Caller
  readonly subscribers: Subscribers
  readonly presenceOf: (person: PersonId) => Presence
}

/** What the rows ask about: steps 1 to 4 of the table, worked out. */
export type Facts = {
  readonly owner: Subscriber
  readonly presence: Presence
  readonly treatment: 'regularIncoming' | 'unanswered' | 'voicemail'
  readonly busy: BusyOption
  readonly members: readonly PersonId[]
  readonly delegates: readonly PersonId[]
  readonly voicemailAllowed: boolean
  readonly also: Target | undefined
  readonly instead: Target | undefined
  readonly unanswered: Target | undefined
  readonly delay: number
  readonly cap: number
  readonly stale: readonly StaleRule[]
}

/** Steps 1 to 4. */
export function workOut({ owner, caller, subscribers, presenceOf }: Situation): Facts {
  const { policy, settings } = owner
  const members = settings.group.members.filter((id) =>
    takesPart(subscribers(id), owner, caller, presenceOf(id)),
  )
  const delegates = settings.delegates.filter(answersCalls).map(({ person }) => person)
  const reachable: Readonly<Record<Target['is'], boolean>> = {
    voicemail: policy.allowVoicemail !== 'alwaysDisabled',
    person: policy.allowCallForwardingToUser,
    number: policy.allowCallForwardingToPhone,
    delegates: policy.allowDelegation && delegates.length > 0,
    group: policy.allowCallGroups && meetsRequirements(owner) && members.length > 0,
  }
  const treatments = {
    internal: 'regularIncoming',
    federated: policy.inboundFederated,
    pstn: policy.inboundPstn,
  } as const
  const options: Readonly<Record<string, BusyOption>> = {
    enabled: 'playBusySignal',
    unanswered: 'redirectAsUnansweredCall',
    userOverride: settings.busyOnBusy ?? 'ringUser',
  }
  return {
    owner,
    presence: presenceOf(owner.id),
    treatment: treatments[caller.kind],
    busy: options[policy.busyOnBusy] ?? 'ringUser',
    members,
    delegates,
    voicemailAllowed: reachable.voicemail,
    ...whenUnanswered(owner, reachable),
    ...whereForwarded(owner, caller, reachable),
    cap: policy.allowVoicemail === 'alwaysEnabled' ? 30 : Infinity,
    stale: staleRules(owner, reachable),
  }
}

type Reachable = Readonly<Record<Target['is'], boolean>>

function whenUnanswered(
  { policy, settings }: Subscriber,
  reachable: Reachable,
): Pick<Facts, 'unanswered' | 'delay'> {
  const { unanswered } = settings
  const box: Target | undefined = reachable.voicemail ? { is: 'voicemail' } : undefined
  const until = (target: Target | undefined, seconds: number) => ({
    unanswered: target,
    delay: target === undefined ? 60 : seconds,
  })
  if (policy.allowVoicemail === 'alwaysEnabled' || unanswered.is === 'neverSet') return until(box, 30)
  if (unanswered.is === 'off') return until(undefined, 60)
  return until(reachable[unanswered.rule.to.is] ? unanswered.rule.to : box, unanswered.rule.after)
}

function whereForwarded(
  { settings }: Subscriber,
  caller: Caller,
  reachable: Reachable,
): Pick<Facts, 'also' | 'instead'> {
  const nowhere = { also: undefined, instead: undefined }
  if (settings.forwarding.is !== 'on' || !reachable[settings.forwarding.rule.to.is]) return nowhere
  const { type, to } = settings.forwarding.rule
  if (type === 'immediate') return { also: undefined, instead: to }
  const byMember = caller.id !== undefined && settings.group.members.includes(caller.id)
  return to.is === 'voicemail' || (to.is === 'group' && byMember) ? nowhere : { also: to, instead: undefined }
}

function takesPart(member: Subscriber, owner: Subscriber, caller: Caller, presence: Presence): boolean {
  const { memberships, override, busyOnBusy } = member.settings
  const muted =
    override === 'mute' || memberships.find((group) => group.owner === owner.id)?.notification === 'mute'
  const reasonsAgainst = [
    !meetsRequirements(member),
    member.id === caller.id,
    presence === 'doNotDisturb' || presence === 'offline',
    presence === 'inACall' && busyOnBusy !== 'ringUser',
    muted,
  ]
  return !reasonsAgainst.includes(true)
}

function meetsRequirements({ eligibility }: Subscriber): boolean {
  return eligibility.teamsOnly && eligibility.phoneSystem
}

function answersCalls({ may }: Delegate): boolean {
  return may.some((permission) => permission === 'receiveCalls')
}

function staleRules({ policy, settings }: Subscriber, reachable: Reachable): readonly StaleRule[] {
  const { forwarding, unanswered } = settings
  const stale: StaleRule[] = []
  if (
    policy.allowVoicemail !== 'alwaysEnabled' &&
    unanswered.is === 'on' &&
    !reachable[unanswered.rule.to.is]
  )
    stale.push('unanswered')
  if (forwarding.is === 'on' && !reachable[forwarding.rule.to.is]) stale.push('forwarding')
  return stale
}
