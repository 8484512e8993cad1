/** Writing the two rules that send calls elsewhere, and what happens to calls while in a call. */
import { type CallingSettings, type RuleName } from './calling-settings.ts'
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

/** Writes all of these or none. A rule that goes off is kept for next time; one that is on must lead where it may. */
export function setRules(owner: Subscriber, rules: Rules, subscribers: Subscribers): Change {
  const no = Object.values(refusedRules(owner, rules))
  if (no.length > 0) return refuse(...no)
  const before = owner.settings
  const { forwarding, unanswered, busyOnBusy = before.busyOnBusy } = rules
  const settings: CallingSettings = {
    ...before,
    forwarding: written(before.forwarding, forwarding),
    unanswered: written(before.unanswered, unanswered),
    busyOnBusy,
  }
  const isSame = rulesIn(settings) === rulesIn(before)
  return keep(isSame ? [] : [[owner.id, settings]], warningsFor({ ...owner, settings }, subscribers))
}

type Switch<Rule> =
  | { readonly is: 'neverSet' }
  | { readonly is: 'off'; readonly kept?: Rule }
  | { readonly is: 'on'; readonly rule: Rule }

/** A rule that goes off keeps what it was, unless something else is to be kept. */
function written<Rule>(before: Switch<Rule>, after: Switch<Rule> = before): Switch<Rule> {
  if (after.is !== 'off' || after.kept !== undefined || before.is === 'neverSet') return after
  const kept = before.is === 'on' ? before.rule : before.kept
  return kept === undefined ? after : { is: 'off', kept }
}

function rulesIn({ forwarding, unanswered, busyOnBusy }: CallingSettings): string {
  return JSON.stringify([forwarding, unanswered, busyOnBusy])
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
