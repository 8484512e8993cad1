/** How other people's calls reach somebody, as people type it: "mute ann's calls", "unmute all", "ring ann", "leave ann". */
import { refuse } from '../../core/change.ts'
import { leaveGroup } from '../../core/members.ts'
import { type Notification } from '../../core/notification.ts'
import { setNotification, setOverride } from '../../core/notifications.ts'
import { type PersonId } from '../../core/person.ts'
import { themselves } from '../../switchboard/author.ts'
import { type Answer } from '../draw/answer.ts'
import { notice } from '../draw/notice.ts'
import { choosePerson } from '../said/choose-person.ts'
import { type Found, namesOf } from '../said/people.ts'
import { readTarget } from '../said/target.ts'
import { findOwner, whose } from '../said/whose.ts'
import { plainWord } from '../said/words.ts'
import { type Turn } from '../turn.ts'
import { changeWords } from './edit.ts'
import { forwardingCard } from './forwarding-card.ts'
import { ruleByText } from './forwarding-typed.ts'
import { notificationCard } from './notification-card.ts'
import { moveByText } from './order-typed.ts'

const everybody = ['', 'all', 'everything', 'everyone', 'everybody', 'my']

export async function chooseByText(turn: Turn, how: Notification, rest: readonly string[]): Promise<Answer> {
  const name = whose(rest)
  if (everybody.includes(plainWord(name))) return chooseForAll(turn, how)
  const owner = await ownerCalled(turn, name)
  if (owner.is === 'several')
    return choosePerson(turn, owner, (id) => ({ verb: 'notify', data: { owner: id, how } }))
  return owner.is === 'found' ? chooseFor(turn, owner.id, how) : notYourGroup(turn, name)
}

async function chooseForAll(turn: Turn, how: Notification): Promise<Answer> {
  const self = turn.person.id
  const override = how === 'mute' ? 'mute' : null
  const change = await turn.settings.change(themselves(self), (subscribers) =>
    setOverride(subscribers(self), override),
  )
  const words = override
    ? 'Everything is muted. Your own calls ring you as before.'
    : 'Your groups are no longer all muted: each notifies you as you chose.'
  return notificationCard(turn, await changeWords(turn, change, words))
}

/** "ring ann" is about Ann's group, for who is in it; "ring my group" and "ring dee first" are about one's own calls. */
export async function ringByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  if (['first', 'last'].includes(plainWord(rest.at(-1) ?? ''))) return moveByText(turn, rest)
  const { memberships } = await turn.settings.settingsOf(turn.person.id)
  const owners = memberships.map(({ owner }) => owner)
  const read = rest.length === 0 ? null : await readTarget(turn, rest, owners)
  const isOwnMatter =
    read?.is === 'target'
      ? read.target.is !== 'person'
      : read?.is === 'refused' && read.refusal.code === 'E_TARGET_FORMAT'
  if (isOwnMatter) return ruleByText(turn, 'simultaneous', rest)
  const person = read?.is === 'target' && read.target.is === 'person' ? read.target.person : null
  if (person === null || owners.includes(person)) return chooseByText(turn, 'ring', rest)
  return person === turn.person.id ? forwardingCard(turn, person) : offerToRing(turn, person)
}

/** Whoever is not in Bo's group and says "ring bo" may well want their own calls to ring Bo. */
async function offerToRing(turn: Turn, person: PersonId): Promise<Answer> {
  const nameOf = await namesOf(turn, [person])
  const text = `You are not in the call group of ${nameOf(person)}. Shall your own calls ring ${nameOf(person)} too?`
  const also = { title: 'Also ring them', verb: 'choose-target', data: { rule: 'simultaneous', person } }
  return notice(text, [also, { title: 'Notifications', verb: 'show-notifications', data: {} }])
}

/** The owner who is meant: of several people with a name, the one whose group the person is in. */
async function ownerCalled(turn: Turn, name: string): Promise<Found> {
  const { memberships } = await turn.settings.settingsOf(turn.person.id)
  return findOwner(
    turn,
    name,
    memberships.map(({ owner }) => owner),
  )
}

function notYourGroup(turn: Turn, name: string): Promise<Answer> {
  return notificationCard(turn, {
    tone: 'attention',
    text: `I do not know whose group you mean by “${name}”.`,
  })
}

export async function chooseFor(turn: Turn, owner: PersonId, how: Notification): Promise<Answer> {
  const self = turn.person.id
  const change = await turn.settings.change(themselves(self), (subscribers) =>
    setNotification(subscribers(self), owner, how),
  )
  const nameOf = await namesOf(turn, [owner])
  const words = { ring: 'ring you', banner: 'show a banner', mute: 'stay silent' }
  return notificationCard(
    turn,
    await changeWords(turn, change, `Calls for ${nameOf(owner)} now ${words[how]}.`),
  )
}

export async function leaveByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const name = whose(rest)
  if (name === '') {
    const { memberships } = await turn.settings.settingsOf(turn.person.id)
    const text = 'Whose group do you want to leave? Press “Leave a group …” below.'
    return notificationCard(turn, memberships.length > 0 ? { tone: 'warning', text } : undefined)
  }
  const owner = await ownerCalled(turn, name)
  if (owner.is === 'several')
    return choosePerson(turn, owner, (id) => ({ verb: 'leave', data: { owner: id } }))
  return owner.is === 'found' ? leave(turn, owner.id) : notYourGroup(turn, name)
}

export async function leave(turn: Turn, owner: PersonId): Promise<Answer> {
  const self = turn.person.id
  const change = await turn.settings.change(themselves(self), (subscribers) =>
    owner === ''
      ? refuse({ code: 'E_NOT_MEMBER', owner })
      : leaveGroup(subscribers(self), owner, subscribers),
  )
  const nameOf = await namesOf(turn, [owner])
  return notificationCard(
    turn,
    await changeWords(turn, { ...change, warnings: [] }, `You left the call group of ${nameOf(owner)}.`),
  )
}
