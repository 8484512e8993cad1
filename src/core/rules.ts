/** Writing the two rules that send calls elsewhere, and what happens to calls while in a call. */
import { type RuleName } from './calling-settings.ts'
import { type Change, keep, refuse } from './change.ts'
import { whoReceiveCalls } from './delegate.ts'
import { type Forwarding, type ForwardingRule } from './forwarding.ts'
import { mayOwnGroup } from './members.ts'
import { type BusyOption } from './policy.ts'
import { type Refusal } from './refusal.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { type Target } from './target.ts'
import { type Unanswered } from './unanswered.ts'
import { warningsFor } from './warnings.ts'

/** The parts of a sheet that one submission of the form writes; what is left out stays. */
export type Rules = {
  readonly forwarding?: Forwarding
  readonly unanswered?: Unanswered
  readonly busyOnBusy?: BusyOption | null
}

/** Writes all of these or none. A rule that is off is kept as it is; one that is on must lead somewhere it may. */
export function setRules(owner: Subscriber, rules: Rules, subscribers: Subscribers): Change {
  const { forwarding = owner.settings.forwarding, unanswered = owner.settings.unanswered } = rules
  const { busyOnBusy = owner.settings.busyOnBusy } = rules
  const no = Object.values(refusedRules(owner, rules))
  if (no.length > 0) return refuse(...no)
  const settings = { ...owner.settings, forwarding, unanswered, busyOnBusy }
  return keep([[owner.id, settings]], warningsFor({ ...owner, settings }, subscribers))
}

/** Why each of the two rules may not be written; a rule that is fine is not in the answer. */
export function refusedRules(
  owner: Subscriber,
  { forwarding, unanswered }: Rules,
): Partial<Record<RuleName, Refusal>> {
  const noForwarding = forwarding?.is === 'on' ? mayForward(owner, forwarding.rule) : null
  const noUnanswered = unanswered?.is === 'on' ? mayTarget(owner, unanswered.rule.to) : null
  return {
    ...(noForwarding ? { forwarding: noForwarding } : {}),
    ...(noUnanswered ? { unanswered: noUnanswered } : {}),
  }
}

function mayForward(owner: Subscriber, { type, to }: ForwardingRule): Refusal | null {
  return type === 'simultaneous' && to.is === 'voicemail'
    ? { code: 'E_VM_SIMULTANEOUS' }
    : mayTarget(owner, to)
}

/** Why calls may not be sent to this target; null when they may. */
export function mayTarget(owner: Subscriber, target: Target): Refusal | null {
  const { policy, settings } = owner
  if (!policy.allowPrivateCalling) return { code: 'E_POLICY_CALLING' }
  switch (target.is) {
    case 'voicemail':
      return policy.allowVoicemail === 'alwaysDisabled' ? { code: 'E_POLICY_VM' } : null
    case 'person':
      if (!policy.allowCallForwardingToUser) return { code: 'E_POLICY_USER' }
      return target.person === owner.id ? { code: 'E_SELF', person: owner.id } : null
    case 'number':
      return policy.allowCallForwardingToPhone ? null : { code: 'E_POLICY_PHONE' }
    case 'delegates':
      if (!policy.allowDelegation) return { code: 'E_POLICY_DELEG' }
      return whoReceiveCalls(settings.delegates).length === 0 ? { code: 'E_NO_DELEGATE' } : null
    case 'group':
      return mayOwnGroup(owner) ?? (settings.group.members.length === 0 ? { code: 'E_EMPTY_GROUP' } : null)
  }
}
