/** A whole tenant of people with every kind of setting, drawn from a seed, as lines that an import reads. */
import { ringTimeouts } from '../../src/core/unanswered.ts'
import { writeDelay } from '../../src/admin/delay.ts'
import { Dice } from '../simulation/dice.ts'

const notifications = ['Ring', 'Banner', 'Mute'] as const
const busyOptions = ['PlayBusySignal', 'RedirectAsUnansweredCall', 'RingUser'] as const
const permissions = [
  'MakeCalls',
  'ReceiveCalls',
  'ManageSettings',
  'PickUpHeldCalls',
  'JoinActiveCalls',
] as const

/** The second forbids what some of its people have set up: relationships that are stale are part of a tenant too. */
const policies = [
  { Identity: 'Front desk', AllowVoicemail: 'UserOverride', BusyOnBusyEnabledType: 'UserOverride' },
  {
    Identity: 'No sharing',
    AllowCallGroups: false,
    AllowDelegation: false,
    AllowCallForwardingToPhone: false,
    AllowVoicemail: 'AlwaysDisabled',
    InboundPstnCallRoutingTreatment: 'Unanswered',
  },
]

type Targets = { readonly hasGroup: boolean; readonly hasDelegates: boolean }
type Target = { readonly type: string; readonly target: string | null }

/** The lines of a tenant with so many people. Nobody is in more groups than the limit lets them be. */
export function tenantLines(count: number, seed: number): readonly string[] {
  const dice = new Dice(seed)
  const at = (index: number) => ((index % count) + count) % count
  const groups = Array.from({ length: count }, (_, owner) => {
    const size = dice.chance(0.5) ? 0 : 1 + dice.below(dice.chance(0.1) ? 24 : 8)
    return Array.from({ length: Math.min(size, count - 1) }, (_, step) => at(owner + step + 1))
  })
  const delegates = Array.from({ length: count }, (_, owner) =>
    // Only later people, so that delegation never goes round in a circle.
    dice.chance(0.3) && owner < count - 3 ? [owner + 1, owner + 2].slice(0, 1 + dice.below(2)) : [],
  )
  const memberships = new Map<number, number[]>()
  groups.forEach((members, owner) => {
    for (const member of members) memberships.set(member, [...(memberships.get(member) ?? []), owner])
  })
  const people = groups.map((members, index) => {
    const owners = memberships.get(index) ?? []
    return JSON.stringify(personOf(dice, index, members, delegates[index] ?? [], owners))
  })
  return [...policies.map((policy) => JSON.stringify({ Policy: policy })), ...people]
}

function personOf(
  dice: Dice,
  index: number,
  members: readonly number[],
  delegates: readonly number[],
  owners: readonly number[],
): object {
  const may = delegates.map((delegate) => ({
    Id: sip(delegate),
    ...Object.fromEntries(
      permissions.map((permission) => [permission, permission === 'ReceiveCalls' || dice.chance(0.5)]),
    ),
  }))
  const can = { hasGroup: members.length > 0, hasDelegates: delegates.length > 0 }
  return {
    ...(index % 3 === 0 ? { ObjectId: objectId(index) } : {}),
    SipUri: sip(index),
    DisplayName: `Person ${index} O’Neil "${index}"`,
    ...forwardingOf(dice, can),
    ...unansweredOf(dice, can),
    Delegates: may,
    CallGroupOrder: members.length <= 5 && dice.chance(0.4) ? 'InOrder' : 'Simultaneous',
    CallGroupTargets: members.map(sip),
    GroupMembershipDetails: owners.map((owner) => ({
      CallGroupOwnerId: sip(owner),
      NotificationSetting: dice.pick(notifications),
    })),
    GroupNotificationOverride: dice.chance(0.2) ? dice.pick(notifications) : null,
    BusyOnBusyOption: dice.chance(0.3) ? dice.pick(busyOptions) : null,
    ...(dice.chance(0.1) ? { TeamsOnly: dice.chance(0.5), PhoneSystem: dice.chance(0.5) } : {}),
    ...(dice.chance(0.2) ? { TeamsCallingPolicy: dice.pick(['Front desk', 'No sharing']) } : {}),
  }
}

function forwardingOf(dice: Dice, can: Targets): object {
  if (dice.chance(0.3)) return { IsForwardingEnabled: null }
  const simultaneous = dice.chance(0.5)
  const { type, target } = targetOf(dice, can, !simultaneous)
  return {
    IsForwardingEnabled: dice.chance(0.7),
    ForwardingType: simultaneous ? 'Simultaneous' : 'Immediate',
    ForwardingTargetType: type,
    ForwardingTarget: target,
  }
}

function unansweredOf(dice: Dice, can: Targets): object {
  if (dice.chance(0.3)) return { IsUnansweredEnabled: null }
  const { type, target } = targetOf(dice, can, true)
  return {
    IsUnansweredEnabled: dice.chance(0.7),
    UnansweredTargetType: type,
    UnansweredTarget: target,
    UnansweredDelay: writeDelay(dice.pick(ringTimeouts)),
  }
}

function targetOf(dice: Dice, { hasGroup, hasDelegates }: Targets, mayVoicemail: boolean): Target {
  const single = dice.pick(['+442079460000', '+12065551234;ext=12', '4711', 'sip:elsewhere@contoso.com'])
  return dice.pick<Target>([
    { type: 'SingleTarget', target: single },
    ...(mayVoicemail ? [{ type: 'Voicemail', target: null }] : []),
    ...(hasGroup ? [{ type: 'Group', target: null }] : []),
    ...(hasDelegates ? [{ type: 'MyDelegates', target: null }] : []),
  ])
}

function sip(index: number): string {
  return `sip:person${String(index).padStart(5, '0')}@contoso.com`
}

function objectId(index: number): string {
  return `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`
}
