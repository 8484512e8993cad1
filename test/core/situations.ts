/** Calls of every kind for the tests of the ring plan: one flat description, and a way to count through all of them. */
import { type RingOrder } from '../../src/core/call-group.ts'
import { neverConfigured } from '../../src/core/calling-settings.ts'
import { type Delegate } from '../../src/core/delegate.ts'
import { type Forwarding, type ForwardingType } from '../../src/core/forwarding.ts'
import { type Notification } from '../../src/core/notification.ts'
import {
  type BusyOption,
  type CallingPolicy,
  eligible,
  type Eligibility,
  globalPolicy,
} from '../../src/core/policy.ts'
import { type Caller, type Presence } from '../../src/core/ring-plan.ts'
import { type Subscriber } from '../../src/core/subscriber.ts'
import { type Target } from '../../src/core/target.ts'
import { ringTimeouts, type RingTimeout, type Unanswered } from '../../src/core/unanswered.ts'
import { type Situation } from './oracle-steps.ts'

/** What decides whether a group member rings. */
export type MemberState = {
  readonly eligibility?: Eligibility
  readonly presence?: Presence
  /** Null: no membership record was ever kept. */
  readonly notification?: Notification | null
  readonly override?: Notification | null
  readonly busyOption?: BusyOption | null
}

export type Circumstances = {
  readonly callerKind: Caller['kind']
  readonly callerIs: 'stranger' | 'unknown' | 'first member' | 'last member' | 'delegate'
  readonly policy: CallingPolicy
  readonly eligibility: Eligibility
  readonly presence: Presence
  readonly busyOption: BusyOption | null
  readonly forwarding: Forwarding
  readonly unanswered: Unanswered
  readonly order: RingOrder
  readonly members: readonly MemberState[]
  readonly delegates: readonly Delegate[]
}

export const owner = 'ann@contoso.com'
export const memberId = (index: number) => `member${index + 1}@contoso.com`

/** An owner who is available, never configured anything and has nobody around. */
export const quiet: Circumstances = {
  callerKind: 'internal',
  callerIs: 'stranger',
  policy: globalPolicy,
  eligibility: eligible,
  presence: 'available',
  busyOption: null,
  forwarding: { is: 'neverSet' },
  unanswered: { is: 'neverSet' },
  order: 'simultaneous',
  members: [],
  delegates: [],
}

export const alsoRing = (to: Target): Forwarding => ({ is: 'on', rule: { type: 'simultaneous', to } })
export const forwardAtOnce = (to: Target): Forwarding => ({ is: 'on', rule: { type: 'immediate', to } })
export const unansweredTo = (to: Target, after: RingTimeout): Unanswered => ({
  is: 'on',
  rule: { to, after },
})

/** The arguments of the ring plan for these circumstances. */
export function situationOf(given: Circumstances): Situation {
  const people = new Map<string, Subscriber>()
  const presences = new Map<string, Presence>([[owner, given.presence]])
  const ids = given.members.map((_, index) => memberId(index))
  const { forwarding, unanswered, order, delegates, busyOption: busyOnBusy } = given
  const group = { members: ids, order }
  const settings = { ...neverConfigured, group, forwarding, unanswered, delegates, busyOnBusy }
  const ann: Subscriber = { id: owner, settings, policy: given.policy, eligibility: given.eligibility }
  people.set(owner, ann)
  given.members.forEach((state, index) => {
    people.set(memberId(index), memberIn(state, memberId(index)))
    presences.set(memberId(index), state.presence ?? 'available')
  })
  const subscribers = (id: string) =>
    people.get(id) ?? { id, settings: neverConfigured, policy: globalPolicy, eligibility: eligible }
  const presenceOf = (id: string) => presences.get(id) ?? 'available'
  return { owner: ann, caller: callerOf(given, ids), subscribers, presenceOf }
}

function memberIn(state: MemberState, id: string): Subscriber {
  const { notification = 'ring', override = null, busyOption = null } = state
  const elsewhere = { owner: 'zoe@contoso.com', notification: 'mute' } as const
  const memberships = notification === null ? [elsewhere] : [elsewhere, { owner, notification }]
  const settings = { ...neverConfigured, memberships, override, busyOnBusy: busyOption }
  return { id, settings, policy: globalPolicy, eligibility: state.eligibility ?? eligible }
}

function callerOf(
  { callerKind: kind, callerIs, delegates }: Circumstances,
  members: readonly string[],
): Caller {
  const ids = {
    stranger: 'carl@contoso.com',
    unknown: undefined,
    'first member': members[0],
    'last member': members.at(-1),
    delegate: delegates[0]?.person,
  }
  const id = ids[callerIs]
  return id === undefined ? { kind } : { kind, id }
}

const bools = [true, false] as const
const eligibilities: readonly Eligibility[] = bools.flatMap((teamsOnly) =>
  bools.map((phoneSystem) => ({ teamsOnly, phoneSystem })),
)

export const memberStates: readonly MemberState[] = [
  {},
  { notification: 'banner', override: 'ring' },
  { notification: null },
  { notification: 'mute', override: 'ring' },
  { override: 'mute' },
  { presence: 'inACall' },
  { presence: 'inACall', busyOption: 'ringUser' },
  { presence: 'inACall', busyOption: 'playBusySignal' },
  { presence: 'doNotDisturb', busyOption: 'ringUser' },
  { presence: 'offline' },
  { eligibility: { teamsOnly: false, phoneSystem: true } },
  { eligibility: { teamsOnly: true, phoneSystem: false } },
  { presence: 'inACall', busyOption: 'ringUser', override: 'mute' },
]

const targets: readonly Target[] = [
  { is: 'voicemail' },
  { is: 'person', person: 'pat@contoso.com' },
  { is: 'number', number: '+442079460000' },
  { is: 'delegates' },
  { is: 'group' },
]

/** Both types to all five targets, never configured, and off with a rule kept: twelve shapes. */
export const forwardings: readonly Forwarding[] = [
  { is: 'neverSet' },
  { is: 'off', kept: { type: 'immediate', to: { is: 'voicemail' } } },
  ...(['immediate', 'simultaneous'] satisfies ForwardingType[]).flatMap((type) =>
    targets.map((to): Forwarding => ({ is: 'on', rule: { type, to } })),
  ),
]

export const unanswereds: readonly Unanswered[] = [
  { is: 'neverSet' },
  { is: 'off' },
  { is: 'off', kept: { to: { is: 'voicemail' }, after: 5 } },
  ...targets.flatMap((to) => ringTimeouts.map((after): Unanswered => ({ is: 'on', rule: { to, after } }))),
]

export const delegateLists: ReadonlyArray<readonly Delegate[]> = [
  [],
  [{ person: 'di@contoso.com', may: ['receiveCalls', 'makeCalls'] }],
  [{ person: 'di@contoso.com', may: ['makeCalls', 'manageSettings', 'joinActiveCalls'] }],
  [
    { person: 'di@contoso.com', may: ['pickUpHeldCalls'] },
    { person: memberId(0), may: ['receiveCalls'] },
    { person: 'ed@contoso.com', may: ['receiveCalls'] },
  ],
]

/** Takes one of the values: by counting through them all, or at random. */
export type Pick = <T>(values: readonly T[]) => T

/** Circumstances picked value by value; always the same picks, so that counting through them is the full product. */
export function circumstances(pick: Pick, sizes: readonly number[] = [0, 1, 3, 5]): Circumstances {
  const states = [pick(memberStates), pick(memberStates), pick(memberStates)]
  return {
    callerKind: pick(['internal', 'federated', 'pstn']),
    callerIs: pick(['stranger', 'unknown', 'first member', 'last member', 'delegate']),
    policy: policy(pick),
    eligibility: pick(eligibilities),
    presence: pick(['available', 'inACall', 'doNotDisturb', 'offline']),
    busyOption: pick([null, 'ringUser', 'playBusySignal', 'redirectAsUnansweredCall']),
    forwarding: pick(forwardings),
    unanswered: pick(unanswereds),
    order: pick(['simultaneous', 'inOrder']),
    members: Array.from({ length: pick(sizes) }, (_, index) => states[index % 4] ?? {}),
    delegates: pick(delegateLists),
  }
}

function policy(pick: Pick): CallingPolicy {
  return {
    // Off in one of eight only: it settles the call at once, and the other rows deserve the time.
    allowPrivateCalling: pick([false, true, true, true, true, true, true, true]),
    allowCallGroups: pick(bools),
    allowDelegation: pick(bools),
    allowCallForwardingToUser: pick(bools),
    allowCallForwardingToPhone: pick(bools),
    allowVoicemail: pick(['userOverride', 'alwaysEnabled', 'alwaysDisabled']),
    busyOnBusy: pick(['disabled', 'enabled', 'unanswered', 'userOverride']),
    inboundFederated: pick(['regularIncoming', 'unanswered', 'voicemail']),
    inboundPstn: pick(['regularIncoming', 'unanswered', 'voicemail']),
  }
}

/** How many circumstances there are. */
export function countAll(): number {
  let count = 1
  circumstances((values) => {
    count *= values.length
    return valueAt(values, 0)
  })
  return count
}

/** The circumstances with this number, counting through the full product. */
export function circumstancesAt(index: number): Circumstances {
  let rest = index
  return circumstances((values) => {
    const digit = rest % values.length
    rest = (rest - digit) / values.length
    return valueAt(values, digit)
  })
}

export function valueAt<T>(values: readonly T[], index: number): T {
  const value = values[index]
  if (value === undefined) throw new Error('There is always a value to pick.')
  return value
}
