/** The call group's card: its members, how they ring, whom to add, and when calls go to it. */
import { type CallGroup, mostInOrder, mostMembers, ringWay } from '../../core/call-group.ts'
import { type CallingSettings, rulesUsing } from '../../core/calling-settings.ts'
import { notificationFor, slotSeconds } from '../../core/lane.ts'
import { mayOwnGroup } from '../../core/members.ts'
import { type PersonId } from '../../core/person.ts'
import { isEligible } from '../../core/policy.ts'
import { type Subscriber } from '../../core/subscriber.ts'
import { type Answer } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type Notice } from '../draw/parts.ts'
import { refusalText } from '../draw/refusal.ts'
import { knownPeople } from '../said/choose-person.ts'
import { namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { markOf } from './edit.ts'
import { forwardingWords, unansweredWords } from './settings.ts'

const ringOrders = [
  { value: 'simultaneous', title: 'All at once', detail: 'Every phone rings together.' },
  {
    value: 'inOrder',
    title: 'One after the other',
    detail: `From the top, ${slotSeconds} seconds each.`,
  },
  {
    value: 'byTeams',
    title: 'Let Teams ring',
    detail:
      'Every phone rings at once, without cards. Nobody sees who answered, and unanswered calls do not go to voicemail.',
  },
] as const

/** The group's card, with what just happened on top. */
export async function callGroupCard(
  turn: Turn,
  owner: PersonId,
  notice?: Notice,
  chosen = '',
): Promise<Answer> {
  const { settings, members, no } = await turn.settings.ask((subscribers) => {
    const sheet = subscribers(owner)
    const { settings } = sheet
    return { settings, members: settings.group.members.map(subscribers), no: mayOwnGroup(sheet) }
  })
  const people = await turn.directory.people(settings.group.members)
  const nameOf = await namesOf(turn, [owner, ...settings.group.members])
  const known = await knownPeople(turn, [owner, ...settings.group.members])
  const count = members.length
  const isOwn = owner === turn.person.id
  const whose = isOwn ? 'your' : 'their'
  const way = ringWay(settings.group)
  const uses = rulesUsing(settings, 'group')
  const view = {
    title: isOwn ? 'Your call group' : `${nameOf(owner)}’s call group`,
    notice: notice ?? (no ? { tone: 'attention' as const, text: refusalText(no, nameOf) } : undefined),
    owner,
    isOwn,
    seen: markOf(groupPart(settings)),
    limit: `${count} of ${mostMembers} members`,
    isEmpty: count === 0,
    isFull: count >= mostMembers,
    isShort: count <= mostInOrder,
    members: members.map((member, index) => ({
      number: index + 1,
      name: nameOf(member.id),
      hint: hintFor(member, owner, people.get(member.id)?.reach !== undefined),
      person: member.id,
      isFirst: index === 0,
      isLast: index === count - 1,
    })),
    chosen: settings.group.members.includes(chosen) ? chosen : '',
    hasOrder: count > 1 || (count > 0 && turn.canRingByTeams === true),
    orders: ringOrders
      .filter(({ value }) => value !== 'inOrder' || count <= mostInOrder)
      .filter(({ value }) => value !== 'byTeams' || way === 'byTeams' || turn.canRingByTeams === true)
      .map((choice) => ({ ...choice, isChosen: choice.value === way })),
    inOrderLimit:
      count > mostInOrder ? `In order works with up to ${mostInOrder} members; here are ${count}.` : '',
    isInUse: uses.length > 0,
    rules: `${forwardingWords(settings, nameOf, whose)}. If unanswered: ${unansweredWords(settings, nameOf, whose)}.`,
    hasPeoplePicker: turn.channel === 'msteams',
    hasKnown: known.length > 0,
    known,
  }
  return { is: 'card', card: render('call-group', view), summary: view.title }
}

/** What the card shows, so that a click on an old card is noticed. */
export function groupPart({ group }: CallingSettings): CallGroup {
  return group
}

function hintFor(member: Subscriber, owner: PersonId, hasOpenedBot: boolean): string {
  if (!isEligible(member.eligibility)) {
    const missing = member.eligibility.teamsOnly ? 'no Phone System licence' : 'not in Teams Only mode'
    return `(not eligible: ${missing})`
  }
  if (!hasOpenedBot) return '(has not opened the bot yet)'
  const how = notificationFor(member, owner)
  return { ring: '', banner: '(banner only)', mute: '(muted)' }[how]
}
