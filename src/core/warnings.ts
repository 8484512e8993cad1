/** What somebody may not have meant with their settings: asked of the ring plan, as if an ordinary call came in now. */
import { type PersonId } from './person.ts'
import { type Warning } from './refusal.ts'
import { neverReached, notificationFor, ringPlan } from './ring-plan.ts'
import { rulesUsing } from './calling-settings.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { isEligible } from './policy.ts'

/** The warnings that these settings deserve, everybody being available. */
export function warningsFor(owner: Subscriber, subscribers: Subscribers): readonly Warning[] {
  const plan = ringPlan(owner, { kind: 'internal' }, subscribers, () => 'available')
  const unreachable = neverReached(plan)
  const isSame =
    rulesUsing(owner.settings, 'group').length === 2 || rulesUsing(owner.settings, 'delegates').length === 2
  return [
    ...(unreachable.length > 0 ? [{ code: 'W_ORDER_CUTOFF', unreachable } as const] : []),
    ...(isSame ? [{ code: 'W_SAME_TARGET' } as const] : []),
    ...(everybodySilent(owner, subscribers) ? [{ code: 'W_ALL_MUTED' } as const] : []),
    ...plan.stale.map((rule) => ({ code: 'W_STALE_TARGET', rule }) as const),
  ]
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
