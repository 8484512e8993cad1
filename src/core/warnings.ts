/** What somebody may not have meant with their settings: asked of the ring plan, as if an ordinary call came in now. */
import { type PersonId } from './person.ts'
import { type Warning } from './refusal.ts'
import { notificationFor } from './lane.ts'
import { type RingPlan, ringPlan } from './ring-plan.ts'
import { neverReached } from './stages.ts'
import { type CallingSettings, ruleOf, rulesUsing } from './calling-settings.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { isEligible } from './policy.ts'
import { voicemail } from './target.ts'
import { type RingTimeout, ringTimeouts } from './unanswered.ts'

/** The warnings that these settings deserve, everybody being available. */
export function warningsFor(owner: Subscriber, subscribers: Subscribers): readonly Warning[] {
  const plan = planWhenAvailable(owner, subscribers)
  const unreachable = neverReached(plan)
  return [
    ...(unreachable.length > 0 ? [{ code: 'W_ORDER_CUTOFF', unreachable } as const] : []),
    ...(noSecondRound(owner, plan) ? [{ code: 'W_SAME_TARGET' } as const] : []),
    ...(everybodySilent(owner, subscribers) ? [{ code: 'W_ALL_MUTED' } as const] : []),
    ...plan.stale.map((rule) => ({ code: 'W_STALE_TARGET', rule }) as const),
  ]
}

/** The shortest delay for unanswered calls at which everybody of an in-order group is reached; null when none is long enough. */
export function delayThatReachesAll(owner: Subscriber, subscribers: Subscribers): RingTimeout | null {
  const reachesAll = (after: RingTimeout) => {
    const to = ruleOf(owner.settings.unanswered)?.to ?? voicemail
    const settings: CallingSettings = { ...owner.settings, unanswered: { is: 'on', rule: { to, after } } }
    return neverReached(planWhenAvailable({ ...owner, settings }, subscribers)).length === 0
  }
  return ringTimeouts.find(reachesAll) ?? null
}

function planWhenAvailable(owner: Subscriber, subscribers: Subscribers): RingPlan {
  return ringPlan(owner, { kind: 'internal' }, subscribers, () => 'available')
}

/** Whether both rules lead to the same people, so that nobody is rung again; AlwaysEnabled voicemail comes before that. */
function noSecondRound({ settings, policy }: Subscriber, plan: RingPlan): boolean {
  if (policy.allowVoicemail === 'alwaysEnabled') return false
  const rung = plan.rounds.flatMap(({ lanes }) => lanes.map(({ ring }) => ring))
  const kinds = ['group', 'delegates'] as const
  return kinds.some((kind) => rung.includes(kind) && rulesUsing(settings, kind).length === 2)
}

/** Whether a rule leads to the group while nobody in it would notice. */
function everybodySilent(owner: Subscriber, subscribers: Subscribers): boolean {
  const { members } = owner.settings.group
  const isSilent = (person: PersonId) => {
    const member = subscribers(person)
    return !isEligible(member.eligibility) || notificationFor(member, owner.id) === 'mute'
  }
  return rulesUsing(owner.settings, 'group').length > 0 && members.length > 0 && members.every(isSilent)
}
