/** Calls for the tests of the ring plan: one flat description of everything that decides who rings. */
import { type RingOrder } from '../../src/core/call-group.ts'
import { neverConfigured } from '../../src/core/calling-settings.ts'
import { type Delegate } from '../../src/core/delegate.ts'
import { type Forwarding } from '../../src/core/forwarding.ts'
import { type Notification } from '../../src/core/notification.ts'
import {
  type BusyOption,
  type CallingPolicy,
  eligible,
  type Eligibility,
  globalPolicy,
} from '../../src/core/policy.ts'
import { type Caller, type Presence } from '../../src/core/lane.ts'
import { type Subscriber } from '../../src/core/subscriber.ts'
import { type Target } from '../../src/core/target.ts'
import { type RingTimeout, type Unanswered } from '../../src/core/unanswered.ts'
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
