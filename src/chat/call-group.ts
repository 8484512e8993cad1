/** The call group: its card, and what people type and click to change it. */
import { type CallGroup, type Move, mostInOrder, mostMembers, type RingOrder } from '../core/call-group.ts'
import { type CallingSettings, rulesUsing } from '../core/calling-settings.ts'
import { type Change, refuse } from '../core/change.ts'
import { addMembers, moveMember, removeMember, setRingOrder, turnSharingOff } from '../core/members.ts'
import { type PersonId } from '../core/person.ts'
import { isEligible } from '../core/policy.ts'
import { notificationFor } from '../core/ring-plan.ts'
import { type Subscriber } from '../core/subscriber.ts'
import { render } from './card.ts'
import { type CardInput, type Click, type Command, textIn } from './command.ts'
import { changeWords, edit, markOf, type Notice, ownerIn } from './edit.ts'
import { choosePerson } from './choose-person.ts'
import { choiceOf, findPerson, namesOf, sorted } from './people.ts'
import { forwardingWords, unansweredWords } from './settings.ts'
import { listOf } from './sentences.ts'
import { type Answer, say, type Turn } from './turn.ts'
import { listed, plainWord } from './words.ts'

export const callGroupCommands: readonly Command[] = [
  {
    title: 'my group',
    description: 'Show and change your call group.',
    phrases: [
      'my group',
      'my call group',
      'call group',
      'group',
      'create my call group',
      'create a call group',
      'create group',
      'members',
    ],
    topic: 'Your call group',
    inManifest: true,
    run: (turn) => callGroupCard(turn, turn.person.id),
  },
  {
    title: 'add <person>',
    description: 'Add people to your call group: names, mentions or addresses.',
    phrases: ['add', 'add member', 'invite'],
    topic: 'Your call group',
    inManifest: true,
    run: (turn, rest) => addPeople(turn, turn.person.id, listed(withoutGroupWords(rest))),
  },
  {
    title: 'remove <person>',
    description: 'Take somebody out of your call group.',
    phrases: ['remove', 'delete', 'kick'],
    topic: 'Your call group',
    inManifest: true,
    run: removeByText,
  },
  {
    title: 'move <person> up, down, first or last',
    description: 'Change who rings before whom.',
    phrases: ['move', 'put'],
    topic: 'Your call group',
    run: moveByText,
  },
  {
    title: 'ring in order',
    description: 'Ring the members one after the other (up to 5 members).',
    phrases: ['ring in order', 'in order', 'ring one by one', 'ring one after the other', 'one by one'],
    topic: 'Your call group',
    inManifest: true,
    run: (turn) => changeOrder(turn, turn.person.id, 'inOrder'),
  },
  {
    title: 'ring everyone',
    description: 'Ring all members at once.',
    phrases: [
      'ring everyone',
      'ring everybody',
      'ring all',
      'all at once',
      'everyone at once',
      'ring simultaneously',
    ],
    topic: 'Your call group',
    inManifest: true,
    run: (turn) => changeOrder(turn, turn.person.id, 'simultaneous'),
  },
]

export const callGroupClicks = {
  'show-group': (turn, given) => callGroupCard(turn, ownerIn(turn, given)),
  'add-members': addByClick,
  move: (turn, given) => moveByClick(turn, given),
  remove: (turn, given) =>
    changeGroup(turn, given, 'Removed.', (owner, person, subscribers) =>
      removeMember(owner, person, subscribers),
    ),
  'ring-order': (turn, given) =>
    changeOrder(
      turn,
      ownerIn(turn, given),
      textIn(given, 'order') === 'inOrder' ? 'inOrder' : 'simultaneous',
      given,
    ),
  'sharing-off': sharingOff,
} satisfies Record<string, Click>

/** The group's card, with what just happened on top. */
export async function callGroupCard(
  turn: Turn,
  owner: PersonId,
  notice?: Notice,
  chosen = '',
): Promise<Answer> {
  const { settings, members } = await turn.settings.ask((subscribers) => {
    const sheet = subscribers(owner)
    return { settings: sheet.settings, members: sheet.settings.group.members.map(subscribers) }
  })
  const people = await turn.directory.people(settings.group.members)
  const nameOf = await namesOf(turn, [owner, ...settings.group.members])
  const known = (await turn.directory.named('')).filter(
    ({ id }) => id !== owner && !settings.group.members.includes(id),
  )
  const count = members.length
  const isOwn = owner === turn.person.id
  const { order } = settings.group
  const uses = rulesUsing(settings, 'group')
  const view = {
    title: isOwn ? 'Your call group' : `${nameOf(owner)}'s call group`,
    notice,
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
    hasOrder: count > 1,
    inOrder: order === 'inOrder',
    canRingInOrder: order === 'simultaneous' && count > 1 && count <= mostInOrder,
    inOrderLimit:
      count > mostInOrder ? `In order works with up to ${mostInOrder} members; here are ${count}.` : '',
    isInUse: uses.length > 0,
    rules: `${forwardingWords(settings, nameOf)}. If unanswered: ${unansweredWords(settings, nameOf)}.`,
    hasPeoplePicker: turn.channel === 'msteams',
    hasKnown: known.length > 0,
    known: known.map(choiceOf),
  }
  return { is: 'card', card: render('call-group', view), summary: view.title }
}

/** What the card shows, so that a click on an old card is noticed. */
function groupPart({ group }: CallingSettings): CallGroup {
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

async function addByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const picked = textIn(given, 'people').split(',')
  const typed = listed(textIn(given, 'text').split(/\s/u))
  return addPeople(
    turn,
    ownerIn(turn, given),
    [...picked, ...typed].map((name) => name.trim()).filter((name) => name !== ''),
  )
}

async function addPeople(turn: Turn, owner: PersonId, names: readonly string[]): Promise<Answer> {
  if (names.length === 0)
    return callGroupCard(turn, owner, {
      tone: 'warning',
      text: 'Say whom to add: a name, a mention or an address.',
    })
  const found = []
  for (const name of names.slice(0, 60)) found.push(await findPerson(turn, name))
  const { ids, refusals, several } = sorted(found)
  const change: Change = await edit(turn, {
    owner,
    rule: (sheet, subscribers) => addMembers(sheet, ids, subscribers),
  })
  const nameOf = await namesOf(turn, ids)
  const added = ids.filter((id) => change.sheets.has(id))
  const notice = await changeWords(
    turn,
    { ...change, refusals: [...change.refusals, ...refusals] },
    added.length === 0 ? '' : `Added ${listOf(added.map(nameOf), 5)}.`,
  )
  return several ? choosePerson(turn, several, 'add-members', { owner }) : callGroupCard(turn, owner, notice)
}

async function removeByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const found = []
  for (const name of listed(withoutGroupWords(rest))) found.push(await findPerson(turn, name))
  const { ids, refusals, several } = sorted(found)
  if (several) return choosePerson(turn, several, 'remove', {})
  if (ids.length === 0 && refusals.length === 0) return say('Say whom to remove: a name or an address.')
  let notice = await changeWords(turn, { sheets: new Map(), refusals, warnings: [] }, '')
  for (const person of ids) {
    const change = await edit(turn, {
      owner: turn.person.id,
      rule: (sheet, subscribers) => removeMember(sheet, person, subscribers),
    })
    const nameOf = await namesOf(turn, [person])
    notice = await changeWords(turn, change, `Removed ${nameOf(person)}.`)
  }
  return callGroupCard(turn, turn.person.id, notice)
}

const moves: Readonly<Record<string, Move>> = {
  up: 'up',
  down: 'down',
  first: 'first',
  top: 'first',
  last: 'last',
  bottom: 'last',
}

async function moveByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const where = plainWord(rest.at(-1) ?? '')
  const to = Object.hasOwn(moves, where) ? moves[where] : undefined
  const name = rest
    .slice(0, -1)
    .filter((word) => plainWord(word) !== 'to')
    .join(' ')
  if (to === undefined) return say('Say whom to move and where: "move Bo up", down, first or last.')
  const person = await findPerson(turn, name)
  if (person.is === 'several') return choosePerson(turn, person, 'move', { to })
  const change = await edit(turn, {
    owner: turn.person.id,
    rule: (sheet, subscribers) =>
      person.is === 'found' ? moveMember(sheet, person.id, to, subscribers) : refuse(person.refusal),
  })
  return callGroupCard(turn, turn.person.id, await changeWords(turn, change, 'Moved.'))
}

async function moveByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const where = textIn(given, 'to')
  const to = Object.hasOwn(moves, where) ? moves[where] : undefined
  if (to === undefined) return callGroupCard(turn, ownerIn(turn, given))
  return changeGroup(turn, given, 'Moved.', (owner, person, subscribers) =>
    moveMember(owner, person, to, subscribers),
  )
}

type MemberRule = (
  owner: Subscriber,
  person: PersonId,
  subscribers: Parameters<typeof removeMember>[2],
) => Change

/** A click about one member, on a card that must still show the truth. */
async function changeGroup(turn: Turn, given: CardInput, success: string, rule: MemberRule): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const person = textIn(given, 'person')
  const seen = { part: groupPart, mark: textIn(given, 'seen') }
  const change = await edit(turn, {
    owner,
    seen,
    rule: (sheet, subscribers) => rule(sheet, person, subscribers),
  })
  return callGroupCard(turn, owner, await changeWords(turn, change, success), person)
}

async function changeOrder(
  turn: Turn,
  owner: PersonId,
  order: RingOrder,
  given: CardInput = {},
): Promise<Answer> {
  const seen = { part: groupPart, mark: textIn(given, 'seen') }
  const change = await edit(turn, {
    owner,
    seen,
    rule: (sheet, subscribers) => setRingOrder(sheet, order, subscribers),
  })
  const success =
    order === 'inOrder' ? 'Members now ring one after the other.' : 'Members now all ring at once.'
  return callGroupCard(turn, owner, await changeWords(turn, change, success))
}

async function sharingOff(turn: Turn, given: CardInput): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const change = await edit(turn, { owner, rule: (sheet, subscribers) => turnSharingOff(sheet, subscribers) })
  return callGroupCard(
    turn,
    owner,
    await changeWords(turn, change, 'Sharing is off and your call group is empty.'),
  )
}

/** "add Bo to my group" is about Bo. */
function withoutGroupWords(words: readonly string[]): readonly string[] {
  const start = words.findIndex(
    (word, index) => ['to', 'from'].includes(plainWord(word)) && plainWord(words[index + 1] ?? '') === 'my',
  )
  return start < 0 ? words : words.slice(0, start)
}
