/** A member's own choices: how each group may notify them, and one override for all. */
import { type Change, inTurn, keep, refuse, unchanged } from './change.ts'
import { type GroupMembership, type Notification } from './notification.ts'
import { type PersonId } from './person.ts'
import { type Refusal } from './refusal.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'

/** Chooses how one group notifies this member. */
export function setNotification(
  { id, settings }: Subscriber,
  owner: PersonId,
  notification: Notification,
): Change {
  const before = settings.memberships.find((membership) => membership.owner === owner)
  if (!before) return refuse({ code: 'E_NOT_MEMBER', owner })
  if (before.notification === notification) return unchanged
  const memberships = settings.memberships.map((one) => (one.owner === owner ? { owner, notification } : one))
  return keep([[id, { ...settings, memberships }]])
}

/** Chooses how several groups notify this member, all or none. */
export function setNotifications(
  person: Subscriber,
  choices: readonly GroupMembership[],
  subscribers: Subscribers,
): Change {
  const steps = choices.map(
    ({ owner, notification }) =>
      (one: Subscriber) =>
        setNotification(one, owner, notification),
  )
  return inTurn(person, steps, subscribers)
}

/** Chooses for those groups somebody is in, and names the owners of the rest. */
export function setNotificationsWhereMember(
  person: Subscriber,
  choices: readonly GroupMembership[],
  subscribers: Subscribers,
): Change {
  const owners = new Set(person.settings.memberships.map(({ owner }) => owner))
  const refusals = choices
    .filter(({ owner }) => !owners.has(owner))
    .map(({ owner }): Refusal => ({ code: 'E_NOT_MEMBER', owner }))
  const kept = choices.filter(({ owner }) => owners.has(owner))
  return { ...setNotifications(person, kept, subscribers), refusals }
}

/** Sets one choice over all groups; null clears it (which Teams itself cannot). */
export function setOverride({ id, settings }: Subscriber, override: Notification | null): Change {
  return override === settings.override ? unchanged : keep([[id, { ...settings, override }]])
}
