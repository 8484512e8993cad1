/** One person's whole sheet of calling settings: what Get-CsUserCallingSettings shows. */
import { type CallGroup, emptyGroup } from './call-group.ts'
import { type Delegate } from './delegate.ts'
import { type Forwarding } from './forwarding.ts'
import { type GroupMembership, type Notification } from './notification.ts'
import { type PersonId } from './person.ts'
import { type BusyOption } from './policy.ts'
import { type Target } from './target.ts'
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
