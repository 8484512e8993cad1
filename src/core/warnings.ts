/** What somebody may not have meant with their settings: asked of the ring plan, as if an ordinary call came in now. */
import { type PersonId } from './person.ts'
import { type Warning } from './refusal.ts'
import { notificationFor } from './lane.ts'
import { type RingPlan, ringPlan } from './ring-plan.ts'
import { neverReached } from './stages.ts'
import { rulesUsing } from './calling-settings.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { isEligible } from './policy.ts'

/** The warnings that these settings deserve, everybody being available. */
export function warningsFor(owner: Subscriber, subscribers: Subscribers): readonly Warning[] {
  const plan = ringPlan(owner, { kind: 'internal' }, subscribers, () => 'available')
  const unreachable = neverReached(plan)
  return [
    ...(unreachable.length > 0 ? [{ code: 'W_ORDER_CUTOFF', unreachable } as const] : []),
    ...(noSecondRound(owner, plan) ? [{ code: 'W_SAME_TARGET' } as const] : []),
    ...(everybodySilent(owner, subscribers) ? [{ code: 'W_ALL_MUTED' } as const] : []),
    ...plan.stale.map((rule) => ({ code: 'W_STALE_TARGET', rule }) as const),
  ]
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
