/** One person's whole sheet of calling settings: what Get-CsUserCallingSettings shows. */
import { type CallGroup, emptyGroup } from './call-group.ts'
import { type Delegate, whoReceiveCalls } from './delegate.ts'
import { type Forwarding } from './forwarding.ts'
import { type GroupMembership, type Notification } from './notification.ts'
import { type PersonId } from './person.ts'
import { type BusyOption, type VoicemailPolicy } from './policy.ts'
import { type Target, voicemail } from './target.ts'
import { type Unanswered, type UnansweredRule } from './unanswered.ts'

export type CallingSettings = {
  readonly group: CallGroup
  readonly forwarding: Forwarding
  readonly unanswered: Unanswered
  readonly delegates: readonly Delegate[]
  /** The other side of `delegates`: whom this person is a delegate of. */
  readonly managers: readonly PersonId[]
  readonly busyOnBusy: BusyOption | null
  /** The other side of `group.members`: the groups this person is in, and how each may notify them. */
  readonly memberships: readonly GroupMembership[]
  readonly override: Notification | null
}

export const neverConfigured: CallingSettings = {
  group: emptyGroup,
  forwarding: { is: 'neverSet' },
  unanswered: { is: 'neverSet' },
  delegates: [],
  managers: [],
  busyOnBusy: null,
  memberships: [],
  override: null,
}

/** The two rules that send calls elsewhere. */
export type RuleName = 'forwarding' | 'unanswered'

/** Which of the two rules send calls to a target of this kind right now. Rules that are off do not count. */
export function rulesUsing(settings: CallingSettings, kind: Target['is']): readonly RuleName[] {
  const uses: RuleName[] = []
  if (settings.forwarding.is === 'on' && settings.forwarding.rule.to.is === kind) uses.push('forwarding')
  if (settings.unanswered.is === 'on' && settings.unanswered.rule.to.is === kind) uses.push('unanswered')
  return uses
}

/** The rule that is on, or would be again. */
export function ruleOf<Kept>(
  rule: { is: 'neverSet' } | { is: 'off'; kept?: Kept } | { is: 'on'; rule: Kept },
): Kept | undefined {
  if (rule.is === 'neverSet') return undefined
  return rule.is === 'on' ? rule.rule : rule.kept
}

/**
 * The sheet without rules that lead to a group or to delegates where nobody is left: forwarding there goes off;
 * unanswered calls go to voicemail at the same delay, or nowhere where voicemail is not allowed (calling-rules section 4).
 */
export function withoutEmptyTargets(
  settings: CallingSettings,
  allowVoicemail: VoicemailPolicy,
): CallingSettings {
  const { group, delegates, forwarding, unanswered } = settings
  const isEmpty = ({ is }: Target) =>
    (is === 'group' && group.members.length === 0) ||
    (is === 'delegates' && whoReceiveCalls(delegates).length === 0)
  const isForwardedNowhere = forwarding.is === 'on' && isEmpty(forwarding.rule.to)
  const isLost = unanswered.is === 'on' && isEmpty(unanswered.rule.to)
  return {
    ...settings,
    forwarding: isForwardedNowhere ? { is: 'off', kept: forwarding.rule } : forwarding,
    unanswered: isLost ? toVoicemail(unanswered.rule, allowVoicemail) : unanswered,
  }
}

function toVoicemail(rule: UnansweredRule, allowVoicemail: VoicemailPolicy): Unanswered {
  return allowVoicemail === 'alwaysDisabled' ? { is: 'off' } : { is: 'on', rule: { ...rule, to: voicemail } }
}
