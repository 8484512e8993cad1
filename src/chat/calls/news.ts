/** What people are told without having asked: a welcome, a new group, somebody's change to their settings. */
import { isInternational, type PersonId, readPhoneNumber } from '../../core/person.ts'
import { type Store } from '../../store/store.ts'
import { type Directory } from '../../switchboard/directory.ts'
import { type News } from '../../switchboard/effects.ts'
import { render } from '../draw/card.ts'
import { alreadyWords, mayWords, type NameOf } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { type Message } from '../send/messenger.ts'

type Sources = { readonly store: Store; readonly directory: Directory }

/** The message for this piece of news; null when it is no longer true. */
export async function newsCard(
  sources: Sources,
  person: PersonId,
  what: News,
  about: string,
): Promise<Message | null> {
  const nameOf = await namesOf(sources, [about])
  switch (what) {
    case 'welcome':
      return welcome(sources, person)
    case 'added':
      return added(sources, person, about)
    case 'left':
      return { text: `${nameOf(about)} left your call group.` }
    case 'removed':
      return (await isMember(sources, person, about))
        ? null
        : { text: `You are no longer in ${nameOf(about)}’s call group: their calls no longer ring you.` }
    case 'delegate':
      return delegate(sources, person, about, (name) => `${name} made you a delegate: you`)
    case 'mayOtherwise':
      return delegate(
        sources,
        person,
        about,
        (name) => `What you may do as ${name}’s delegate has changed: you now`,
      )
    case 'notDelegate':
      return { text: `You are no longer a delegate of ${nameOf(about)}.` }
    case 'edited':
      return { text: `${nameOf(about)} changed your call settings. Say "settings" to see them.` }
    case 'editedByAdmin':
      return {
        text: `${adminWords(person, about, nameOf)} changed your call settings. Say "settings" to see them.`,
      }
    case 'swept':
      return {
        text: `${adminWords(person, about, nameOf)} cleaned up call sharing that is no longer allowed. Say "settings" to see what happens to your calls now.`,
      }
    case 'restored':
      return {
        text: `${adminWords(person, about, nameOf)} brought your call sharing back as it was. Say "settings" to see it.`,
      }
    case 'notForwarded':
      return { text: notForwardedWords(about, nameOf) }
  }
}

/** Where a call could not go, why, and what to do about it. */
function notForwardedWords(to: string, nameOf: NameOf): string {
  const isNumber = readPhoneNumber(to) !== null
  const why = !isNumber
    ? 'Teams does not know them here. They need to open this bot once.'
    : isInternational(to)
      ? 'Teams would not call it.'
      : 'Teams calls only numbers with their country and without an extension, like +442079460000.'
  return `A call for you could not be sent on to ${isNumber ? to : nameOf(to)}: ${why} Until you choose another target, such calls go to voicemail or end. Say "forwarding" to choose one.`
}

/** Whoever came with the admin key has no name here. */
function adminWords(person: PersonId, about: PersonId, nameOf: NameOf): string {
  return about === person ? 'Your admin' : `Your admin ${nameOf(about)}`
}

async function welcome(sources: Sources, person: PersonId): Promise<Message> {
  const { memberships = [], managers = [] } = (await sources.store.get('settings', person))?.doc ?? {}
  const owners = memberships.map(({ owner }) => owner)
  const nameOf = await namesOf(sources, [...owners, ...managers])
  const groups = alreadyWords(owners, managers, nameOf)
  return {
    card: render('welcome', { groups, isInGroup: owners.length > 0 }),
    summary: 'Share your calls, and pick up those of your group.',
  }
}

/** Somebody who left again before they were told is not told. */
async function added(sources: Sources, person: PersonId, owner: PersonId): Promise<Message | null> {
  if (!(await isMember(sources, person, owner))) return null
  const nameOf = await namesOf(sources, [owner])
  const view = { ownerName: nameOf(owner), owner }
  return { card: render('added', view), summary: `${nameOf(owner)} added you to their call group.` }
}

/** What a delegate may do now, with a way to the settings if they may change them. */
async function delegate(
  sources: Sources,
  person: PersonId,
  owner: PersonId,
  begin: (ownerName: string) => string,
): Promise<Message | null> {
  const settings = (await sources.store.get('settings', owner))?.doc
  const may = settings?.delegates.find((one) => one.person === person)?.may
  if (!may) return null
  const nameOf = await namesOf(sources, [owner])
  const text = `${begin(nameOf(owner))} ${mayWords(may)}.`
  const open = { title: 'Open settings', verb: 'show-settings', data: { owner } }
  const buttons = may.includes('manageSettings') ? [open] : []
  return { card: render('notice', { text, buttons }), summary: text }
}

async function isMember({ store }: Sources, person: PersonId, owner: PersonId): Promise<boolean> {
  const settings = await store.get('settings', person)
  return settings?.doc.memberships.some((one) => one.owner === owner) ?? false
}
