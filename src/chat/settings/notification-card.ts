/** The card of the groups somebody is in: how each notifies them, and what that comes to after the override. */
import { effectiveNotification, type Notification } from '../../core/notification.ts'
import { type Answer } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type Notice } from '../draw/parts.ts'
import { namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'

export async function notificationCard(turn: Turn, notice?: Notice): Promise<Answer> {
  const { memberships, override } = await turn.settings.settingsOf(turn.person.id)
  const nameOf = await namesOf(
    turn,
    memberships.map(({ owner }) => owner),
  )
  const view = {
    notice,
    isEmpty: memberships.length === 0,
    override: override === 'mute' ? ('mute' as const) : ('none' as const),
    groups: memberships.map(({ owner, notification }) => ({
      owner,
      ownerName: nameOf(owner),
      notification,
      effective: effectiveWords(notification, override),
    })),
  }
  return { is: 'card', card: render('notifications', view), summary: 'How your groups notify you' }
}

/** What really happens, when the override says otherwise than the choice. */
function effectiveWords(choice: Notification, override: Notification | null): string {
  const effective = effectiveNotification(choice, override)
  return effective === choice ? '' : ` (${{ ring: 'rings', banner: 'banner', mute: 'muted' }[effective]} now)`
}
