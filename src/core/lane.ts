/** Lanes: the people, or the telephone, that a round of a call rings together, and how each of them hears of it. */
import { type RingOrder } from './call-group.ts'
import { whoReceiveCalls } from './delegate.ts'
import { effectiveNotification, type Notification } from './notification.ts'
import { type PersonId, type PhoneNumber } from './person.ts'
import { isEligible } from './policy.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { type Target } from './target.ts'

export type Caller = {
  readonly kind: 'internal' | 'federated' | 'pstn'
  readonly id?: PersonId
  readonly name?: string
  readonly number?: PhoneNumber
}

export type Presence = 'available' | 'inACall' | 'doNotDisturb' | 'offline'

/** How one person hears of a call. Silent: found in a call, so a card without an alert and without a turn in the order. */
export type Alert = { readonly person: PersonId; readonly how: 'ring' | 'banner' | 'silent' }

/** Some people (or one telephone) that a round rings together. */
export type Lane =
  | {
      readonly ring: 'owner' | 'group' | 'delegates' | 'person'
      readonly order: RingOrder
      /** Those who ring, in list order. */
      readonly alerts: readonly Alert[]
      readonly silent: readonly Alert[]
      /** Those who get no card but may still take the call with `pickup`. */
      readonly mayPull: readonly PersonId[]
    }
  | { readonly ring: 'phone'; readonly number: PhoneNumber }

/** Seconds that each member of an in-order group rings before the next. */
export const slotSeconds = 20
export type PeopleLane = Exclude<Lane, { ring: 'phone' }>
type InOrderLane = PeopleLane & { readonly order: 'inOrder' }

/** Whether the people of this lane ring one after the other. */
export function isInOrder(lane: Lane): lane is InOrderLane {
  return lane.ring === 'group' && lane.order === 'inOrder'
}

/** Step 1 of the plan: the members who ring, those who get a silent card, and those who may only pull. */
export function groupLane(
  owner: Subscriber,
  caller: Caller,
  subscribers: Subscribers,
  presenceOf: (person: PersonId) => Presence,
): PeopleLane {
  const alerts: Alert[] = []
  const silent: Alert[] = []
  const mayPull: PersonId[] = []
  for (const member of owner.settings.group.members.map(subscribers)) {
    const person = member.id
    if (person === caller.id || !isEligible(member.eligibility)) continue
    const how = notificationFor(member, owner.id)
    const presence = presenceOf(person)
    const busy = presence === 'inACall' && member.settings.busyOnBusy !== 'ringUser'
    if (how === 'mute' || presence === 'doNotDisturb' || presence === 'offline') mayPull.push(person)
    else if (busy) silent.push({ person, how: 'silent' })
    else alerts.push({ person, how })
  }
  return { ring: 'group', order: owner.settings.group.order, alerts, silent, mayPull }
}

/** How this member is notified of this owner's calls, after their override; ring when they never chose. */
export function notificationFor(member: Subscriber, owner: PersonId): Notification {
  const choice = member.settings.memberships.find((membership) => membership.owner === owner)?.notification
  return effectiveNotification(choice ?? 'ring', member.settings.override)
}

/** What rings when calls go to this target. */
export function laneFor(target: Target, owner: Subscriber, group: PeopleLane): Lane {
  switch (target.is) {
    case 'group':
      return group
    case 'delegates':
      return peopleLane('delegates', whoReceiveCalls(owner.settings.delegates))
    case 'person':
      return peopleLane('person', [target.person])
    case 'number':
      return { ring: 'phone', number: target.number }
    case 'voicemail':
      return peopleLane('owner', [])
  }
}

/** These people, all at once. */
export function peopleLane(ring: 'owner' | 'delegates' | 'person', people: readonly PersonId[]): PeopleLane {
  const alerts = people.map((person): Alert => ({ person, how: 'ring' }))
  return { ring, order: 'simultaneous', alerts, silent: [], mayPull: [] }
}
