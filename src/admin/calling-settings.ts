/** One person's calling settings in the shape of Get-CsUserCallingSettings, read; settings-sheet.ts writes it. */
import { type RingOrder } from '../core/call-group.ts'
import { type CallingSettings } from '../core/calling-settings.ts'
import { type Delegate, delegatePermissions } from '../core/delegate.ts'
import { type Forwarding, type ForwardingType } from '../core/forwarding.ts'
import { type GroupMembership, type Notification } from '../core/notification.ts'
import { type PersonId } from '../core/person.ts'
import { type BusyOption } from '../core/policy.ts'
import { callGroup, myDelegates, type Target, voicemail } from '../core/target.ts'
import { defaultRingTimeout, type Unanswered } from '../core/unanswered.ts'
import { readDelay } from './delay.ts'
import { capitalised, type Form, readForm, type Unreadable } from './form.ts'
import { asNamed, type PersonOf, readPeople, readPerson, readSingleTarget } from './people-named.ts'

const forwardingTypes: readonly ForwardingType[] = ['immediate', 'simultaneous']
const targetTypes = ['voicemail', 'singleTarget', 'myDelegates', 'group'] as const
export const ringOrders: readonly RingOrder[] = ['simultaneous', 'inOrder']
export const notifications: readonly Notification[] = ['ring', 'banner', 'mute']
export const busyOptions: readonly BusyOption[] = ['playBusySignal', 'redirectAsUnansweredCall', 'ringUser']

/** Reads one person's settings. Limits and policies are not asked here: the rules of changing settings do that. */
export function readCallingSettings(
  json: unknown,
  personOf: PersonOf = asNamed,
): CallingSettings | Unreadable {
  return readForm(json, (form) => settingsOn(form, personOf))
}

/** The settings on a form. */
export function settingsOn(form: Form, personOf: PersonOf): CallingSettings {
  return {
    group: {
      members: readPeople(form, 'CallGroupTargets', personOf),
      order: form.word('CallGroupOrder', ringOrders) ?? 'simultaneous',
      ...(form.flag('CallGroupRungByTeams') === true ? { isRungByTeams: true } : {}),
    },
    forwarding: forwardingOn(form, personOf),
    unanswered: unansweredOn(form, personOf),
    delegates: recordsOf(form, 'Delegates', 'Id', personOf, delegateOn),
    managers: recordsOf(form, 'Delegators', 'Id', personOf, (person) => person),
    busyOnBusy: form.word('BusyOnBusyOption', busyOptions),
    memberships: recordsOf(form, 'GroupMembershipDetails', 'CallGroupOwnerId', personOf, membershipOn),
    override: form.word('GroupNotificationOverride', notifications),
  }
}

/** What a form says of forwarding. */
export function forwardingOn(form: Form, personOf: PersonOf): Forwarding {
  const enabled = form.flag('IsForwardingEnabled')
  const type = form.word('ForwardingType', forwardingTypes)
  const to = targetOn(form, 'Forwarding', enabled, personOf)
  if (enabled === null) return { is: 'neverSet' }
  if (type !== null && to !== null) {
    const rule = { type, to }
    return enabled ? { is: 'on', rule } : { is: 'off', kept: rule }
  }
  if (enabled)
    form.complain(
      type === null ? 'ForwardingType' : 'ForwardingTargetType',
      'must be set while forwarding is on',
    )
  return { is: 'off' }
}

/** What a form says of unanswered calls. */
export function unansweredOn(form: Form, personOf: PersonOf): Unanswered {
  const enabled = form.flag('IsUnansweredEnabled')
  const to = targetOn(form, 'Unanswered', enabled, personOf)
  const after = readDelay(form, 'UnansweredDelay') ?? defaultRingTimeout
  if (enabled === null) return { is: 'neverSet' }
  // On without a target is what a target that is no longer valid comes to: voicemail after the same delay.
  if (enabled) return { is: 'on', rule: { to: to ?? voicemail, after } }
  return to === null ? { is: 'off' } : { is: 'off', kept: { to, after } }
}

/** A target given without SingleTarget is refused; while the rule is off both are only remembered. */
function targetOn(
  form: Form,
  rule: 'Forwarding' | 'Unanswered',
  enabled: boolean | null,
  personOf: PersonOf,
): Target | null {
  const field = `${rule}Target`
  const orOff = `, or turn the rule off with Is${rule}Enabled false`
  const type = form.word(`${rule}TargetType`, targetTypes, capitalised, orOff)
  const given = form.value(field) !== null
  if (type === 'singleTarget') return given || enabled ? readSingleTarget(form, field, personOf) : null
  if (given && enabled)
    form.complain(field, `is used with ${rule}TargetType SingleTarget only`, 'E_TARGET_FORMAT')
  if (type === null) return null
  return { voicemail, myDelegates, group: callGroup }[type]
}

/** A delegate and what they may do. */
export function delegateOn(person: PersonId, form: Form): Delegate {
  return { person, may: delegatePermissions.filter((permission) => form.flag(capitalised(permission))) }
}

/** How one group may notify its member; null where that is not said. */
export function choiceOn(owner: PersonId, form: Form): GroupMembership | null {
  const notification = form.word('NotificationSetting', notifications)
  return notification && { owner, notification }
}

/** The same on a whole sheet: where nothing is said everybody rings. */
function membershipOn(owner: PersonId, form: Form): GroupMembership {
  return choiceOn(owner, form) ?? { owner, notification: 'ring' }
}

/** A list of records about people; somebody may be in it twice only if both say the same. */
export function recordsOf<T>(
  form: Form,
  field: string,
  key: string,
  personOf: PersonOf,
  read: (person: PersonId, record: Form) => T,
): readonly T[] {
  const records = new Map<PersonId, T>()
  for (const record of form.forms(field)) {
    const person = readPerson(record, key, personOf)
    if (person === null) continue
    const found = read(person, record)
    if (JSON.stringify(records.get(person) ?? found) !== JSON.stringify(found))
      form.complain(field, `must say one thing about ${person}`, 'E_DUP')
    records.set(person, found)
  }
  return [...records.values()]
}
