/** What people are told without having asked: a welcome, a new group, somebody's change to their settings. */
import { type PersonId } from '../core/person.ts'
import { type Store } from '../store/store.ts'
import { type Directory } from '../switchboard/directory.ts'
import { render } from './card.ts'
import { type Message } from './messenger.ts'
import { namesOf } from './people.ts'
import { listOf } from './sentences.ts'

type Sources = { readonly store: Store; readonly directory: Directory }

/** The message for this piece of news; null when it is no longer true. */
export async function newsCard(
  sources: Sources,
  person: PersonId,
  what: string,
  about: PersonId,
): Promise<Message | null> {
  const nameOf = await namesOf(sources, [about])
  switch (what) {
    case 'welcome':
      return welcome(sources, person)
    case 'added':
      return added(sources, person, about)
    case 'left':
      return { text: `${nameOf(about)} left your call group.` }
    case 'edited':
      return { text: `${nameOf(about)} changed your call settings. Say "settings" to see them.` }
    default:
      return null
  }
}

async function welcome(sources: Sources, person: PersonId): Promise<Message> {
  const owners = await sources.store.groupsOf(person)
  const nameOf = await namesOf(sources, owners)
  const groups =
    owners.length === 0 ? '' : `You are already in the call group of ${listOf(owners.map(nameOf))}.`
  return {
    card: render('welcome', { groups }),
    summary: 'Share your calls, and pick up those of your group.',
  }
}

/** Somebody who left again before they were told is not told. */
async function added(sources: Sources, person: PersonId, owner: PersonId): Promise<Message | null> {
  const membership = (await sources.store.get('settings', person))?.doc.memberships.find(
    (one) => one.owner === owner,
  )
  if (!membership) return null
  const nameOf = await namesOf(sources, [owner])
  const view = { ownerName: nameOf(owner), owner }
  return { card: render('added', view), summary: `${nameOf(owner)} added you to their call group.` }
}
