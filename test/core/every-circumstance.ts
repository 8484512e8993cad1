/** Every kind of call: all values of all circumstances, and a way to count through their product. */
import { type Delegate } from '../../src/core/delegate.ts'
import { type Forwarding, type ForwardingType } from '../../src/core/forwarding.ts'
import { type CallingPolicy, type Eligibility } from '../../src/core/policy.ts'
import { type Target } from '../../src/core/target.ts'
import { ringTimeouts, type Unanswered } from '../../src/core/unanswered.ts'
import { type Circumstances, memberId, type MemberState } from './situations.ts'

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
