/** How a member lets each group's calls reach them. */
import { type PersonId } from './person.ts'

/** Ring makes a sound and shows the call, banner only shows it, mute shows nothing at all. */
export type Notification = 'ring' | 'banner' | 'mute'

/** Kept on the member; the membership itself is kept on the owner. Both always match. */
export type GroupMembership = {
  readonly owner: PersonId
  readonly notification: Notification
}

/** Microsoft: one person is a member of at most 25 call groups. */
export const mostGroupsPerMember = 25

/** Only an override of mute counts; ring and banner leave the choice made per group standing (Set-CsUserCallingSettings). */
export function effectiveNotification(choice: Notification, override: Notification | null): Notification {
  return override === 'mute' ? 'mute' : choice
}
