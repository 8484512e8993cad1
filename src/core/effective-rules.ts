/** Which of the owner's rules count for a call now: steps 2 to 4 of the plan (calling-rules section 3). */
import { type RuleName } from './calling-settings.ts'
import { whoReceiveCalls } from './delegate.ts'
import { type Caller, type PeopleLane } from './lane.ts'
import { isEligible } from './policy.ts'
import { type Subscriber } from './subscriber.ts'
import { type Target, voicemail } from './target.ts'

/** Seconds until voicemail for somebody who never configured anything, and under AlwaysEnabled. */
export const defaultVoicemailSeconds = 30
/** Seconds of ringing when nothing else ends it. */
const mostRingSeconds = 60
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

/** Whether the policy leaves voicemail to this person. */
export function mayUseVoicemail(owner: Subscriber): boolean {
  return owner.policy.allowVoicemail !== 'alwaysDisabled'
}

export type EffectiveUnanswered = { readonly to: Target | null; readonly after: number }

/** Step 3: where an unanswered call goes, and after how many seconds. */
export function effectiveUnanswered(
  owner: Subscriber,
  group: PeopleLane,
  stale: RuleName[],
): EffectiveUnanswered {
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
export function effectiveForwarding(owner: Subscriber, caller: Caller, group: PeopleLane, stale: RuleName[]) {
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
export function inboundTreatment(owner: Subscriber, caller: Caller) {
  switch (caller.kind) {
    case 'internal':
      return 'regularIncoming'
    case 'federated':
      return owner.policy.inboundFederated
    case 'pstn':
      return owner.policy.inboundPstn
  }
}
