/** One person's whole sheet of calling settings: what Get-CsUserCallingSettings shows. */
import { type CallGroup, emptyGroup } from './call-group.ts'
import { type Delegate } from './delegate.ts'
import { type Forwarding } from './forwarding.ts'
import { type GroupMembership, type Notification } from './notification.ts'
import { type PersonId } from './person.ts'
import { type BusyOption, type VoicemailPolicy } from './policy.ts'
import { type Target, voicemail } from './target.ts'
import { type Unanswered } from './unanswered.ts'

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

/**
 * The sheet when nobody is left in the group or among the delegates: forwarding there goes off; unanswered calls go to
 * voicemail at the same delay, or nowhere where voicemail is not allowed. Calling-rules section 4 (1) and (2).
 */
export function withoutTarget(
  settings: CallingSettings,
  kind: 'group' | 'delegates',
  allowVoicemail: VoicemailPolicy,
): CallingSettings {
  const { forwarding, unanswered } = settings
  const leads = ({ to }: { readonly to: Target }) => to.is === kind
  const toVoicemail: Unanswered =
    unanswered.is === 'on' && allowVoicemail !== 'alwaysDisabled'
      ? { is: 'on', rule: { to: voicemail, after: unanswered.rule.after } }
      : { is: 'off' }
  return {
    ...settings,
    forwarding:
      forwarding.is === 'on' && leads(forwarding.rule) ? { is: 'off', kept: forwarding.rule } : forwarding,
    unanswered: unanswered.is === 'on' && leads(unanswered.rule) ? toVoicemail : unanswered,
  }
}
