/** A member's own choices: how each group may notify them, and one override for all. */
import { type Change, keep, refuse, unchanged } from './change.ts'
import { type Notification } from './notification.ts'
import { type PersonId } from './person.ts'
import { type Subscriber } from './subscriber.ts'

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

/** Sets one choice over all groups; null clears it (which Teams itself cannot). */
export function setOverride({ id, settings }: Subscriber, override: Notification | null): Change {
  return override === settings.override ? unchanged : keep([[id, { ...settings, override }]])
}
