/** One person's calling settings as Get-CsUserCallingSettings prints them, field by field in its order. */
import { type CallingSettings } from '../core/calling-settings.ts'
import { type Delegate, delegatePermissions } from '../core/delegate.ts'
import { isMeantAsAddress, type PersonId } from '../core/person.ts'
import { type Target } from '../core/target.ts'
import { defaultRingTimeout } from '../core/unanswered.ts'
import { writeDelay } from './delay.ts'
import { capitalised } from './form.ts'

/** The address of a person, or their id when no address is known. */
export type AddressOf = (person: PersonId) => string

export type SettingsSheet = {
  readonly IsForwardingEnabled: boolean | null
  readonly ForwardingType: string | null
  readonly ForwardingTarget: string | null
  readonly ForwardingTargetType: string | null
  readonly IsUnansweredEnabled: boolean | null
  readonly UnansweredTarget: string | null
  readonly UnansweredTargetType: string | null
  readonly UnansweredDelay: string
  readonly Delegates: ReadonlyArray<Readonly<Record<string, string | boolean>>>
  readonly Delegators: ReadonlyArray<{ readonly Id: string }>
  readonly CallGroupOrder: string
  readonly CallGroupTargets: readonly string[]
  /** The bot's own; absent while the bot rings the group. */
  readonly CallGroupRungByTeams?: boolean
  readonly GroupMembershipDetails: ReadonlyArray<{
    readonly CallGroupOwnerId: string
    readonly NotificationSetting: string
  }>
  readonly GroupNotificationOverride: string | null
  readonly BusyOnBusyOption: string | null
}

/** Writes one person's settings as Teams would print them. Who people are is the caller's to say. */
export function writeCallingSettings(settings: CallingSettings, addressOf: AddressOf): SettingsSheet {
  const named = (person: PersonId) => sipAddress(addressOf(person))
  const { forwarding, unanswered } = settings
  const forward = ruleOf(forwarding)
  const otherwise = ruleOf(unanswered)
  return {
    IsForwardingEnabled: isEnabled(forwarding.is),
    ForwardingType: forward === undefined ? null : capitalised(forward.type),
    ForwardingTarget: singleTarget(forward?.to, named),
    ForwardingTargetType: targetType(forward?.to),
    IsUnansweredEnabled: isEnabled(unanswered.is),
    UnansweredTarget: singleTarget(otherwise?.to, named),
    UnansweredTargetType: targetType(otherwise?.to),
    UnansweredDelay: writeDelay(otherwise?.after ?? defaultRingTimeout),
    Delegates: settings.delegates.map((delegate) => delegateRecord(delegate, named)),
    Delegators: sortedById(
      settings.managers.map((manager) => ({ Id: named(manager) })),
      ({ Id }) => Id,
    ),
    CallGroupOrder: capitalised(settings.group.order),
    CallGroupTargets: settings.group.members.map(named),
    ...(settings.group.isRungByTeams === true ? { CallGroupRungByTeams: true } : {}),
    GroupMembershipDetails: sortedById(
      settings.memberships.map(({ owner, notification }) => ({
        CallGroupOwnerId: named(owner),
        NotificationSetting: capitalised(notification),
      })),
      ({ CallGroupOwnerId }) => CallGroupOwnerId,
    ),
    GroupNotificationOverride: settings.override && capitalised(settings.override),
    BusyOnBusyOption: settings.busyOnBusy && capitalised(settings.busyOnBusy),
  }
}

/** What mirrors the lists of others has no order of its own: equal settings look equal. */
function sortedById<T>(list: readonly T[], idOf: (one: T) => string): readonly T[] {
  return [...list].sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1))
}

type Switchable<Rule> =
  | { readonly is: 'neverSet' }
  | { readonly is: 'off'; readonly kept?: Rule }
  | { readonly is: 'on'; readonly rule: Rule }

function ruleOf<Rule>(setting: Switchable<Rule>): Rule | undefined {
  if (setting.is === 'neverSet') return undefined
  return setting.is === 'on' ? setting.rule : setting.kept
}

function isEnabled(is: 'neverSet' | 'off' | 'on'): boolean | null {
  return is === 'neverSet' ? null : is === 'on'
}

function targetType(target: Target | undefined): string | null {
  if (target === undefined) return null
  return {
    voicemail: 'Voicemail',
    person: 'SingleTarget',
    number: 'SingleTarget',
    delegates: 'MyDelegates',
    group: 'Group',
  }[target.is]
}

function singleTarget(target: Target | undefined, named: (person: PersonId) => string): string | null {
  if (target?.is === 'person') return named(target.person)
  return target?.is === 'number' ? target.number : null
}

function delegateRecord(
  { person, may }: Delegate,
  named: (person: PersonId) => string,
): SettingsSheet['Delegates'][number] {
  const permissions = delegatePermissions.map((permission): [string, boolean] => [
    capitalised(permission),
    may.includes(permission),
  ])
  return { Id: named(person), ...Object.fromEntries(permissions) }
}

/** Addresses have `sip:` in front, ids stand as they are. */
export function sipAddress(address: string): string {
  return isMeantAsAddress(address) ? `sip:${address}` : address
}
