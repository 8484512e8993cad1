/** Writing the two rules that send calls elsewhere, and what happens to calls while in a call. */
import { type CallingSettings } from './calling-settings.ts'
import { type Change, keep, refuse } from './change.ts'
import { whoReceiveCalls } from './delegate.ts'
import { type Forwarding } from './forwarding.ts'
import { mayOwnGroup } from './members.ts'
import { type BusyOption } from './policy.ts'
import { type Refusal } from './refusal.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { type Target } from './target.ts'
import { type Unanswered } from './unanswered.ts'
import { warningsFor } from './warnings.ts'

/** Sets forwarding. A rule that is off is kept as it is; one that is on must lead somewhere it may. */
export function setForwarding(owner: Subscriber, forwarding: Forwarding, subscribers: Subscribers): Change {
  if (forwarding.is === 'on') {
    const { type, to } = forwarding.rule
    const no =
      type === 'simultaneous' && to.is === 'voicemail'
        ? ({ code: 'E_VM_SIMULTANEOUS' } as const)
        : mayTarget(owner, to)
    if (no) return refuse(no)
  }
  return written(owner, { forwarding }, subscribers)
}

/** Sets what happens to unanswered calls. */
export function setUnanswered(owner: Subscriber, unanswered: Unanswered, subscribers: Subscribers): Change {
  const no = unanswered.is === 'on' ? mayTarget(owner, unanswered.rule.to) : null
  return no ? refuse(no) : written(owner, { unanswered }, subscribers)
}

/** Sets the person's own choice for calls that arrive while they are in one. */
export function setBusyOnBusy(
  owner: Subscriber,
  busyOnBusy: BusyOption | null,
  subscribers: Subscribers,
): Change {
  return written(owner, { busyOnBusy }, subscribers)
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

function written(owner: Subscriber, part: Partial<CallingSettings>, subscribers: Subscribers): Change {
  const settings = { ...owner.settings, ...part }
  return keep([[owner.id, settings]], warningsFor({ ...owner, settings }, subscribers))
}
