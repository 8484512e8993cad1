/** The call group: what people type and click about it; members.ts has who is in it, call-group-card.ts the card. */
import { type RingWay } from '../../core/call-group.ts'
import { setRingOrder, turnSharingOff } from '../../core/members.ts'
import { type PersonId } from '../../core/person.ts'
import { type Click, type Command } from '../command.ts'
import { type Answer } from '../draw/answer.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { notice } from '../draw/notice.ts'
import { type Turn } from '../turn.ts'
import { callGroupCard, groupPart } from './call-group-card.ts'
import { changeWords, edit, ownerIn } from './edit.ts'
import {
  addByClick,
  addByText,
  moveByClick,
  removeByClick,
  removeByText,
  takeBackByClick,
} from './members.ts'
import { moveByText, swapByText } from './order-typed.ts'

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
      'create a group',
      'create my group',
      'new group',
      'members',
    ],
    topic: 'Your call group',
    inManifest: true,
    run: (turn) => callGroupCard(turn, turn.person.id),
  },
  {
    title: 'add <person>',
    description: 'Add people: names, mentions or addresses.',
    phrases: ['add', 'add member', 'invite'],
    topic: 'Your call group',
    inManifest: true,
    run: addByText,
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
    description: 'Change who rings before whom; also "to 2", "before Cy".',
    phrases: ['move', 'put'],
    topic: 'Your call group',
    run: moveByText,
  },
  {
    title: 'swap <person> and <person>',
    description: 'Swap two members.',
    phrases: ['swap', 'exchange'],
    topic: 'Your call group',
    run: swapByText,
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
  {
    title: 'let Teams ring my group',
    description: 'Let Teams ring all members by itself, without cards. "ring everyone" undoes it.',
    phrases: ['let teams ring my group', 'let teams ring', 'teams rings my group', 'ring by teams'],
    topic: 'Your call group',
    isOffered: ({ canRingByTeams }) => canRingByTeams === true,
    run: (turn) => changeOrder(turn, turn.person.id, 'byTeams'),
  },
  {
    title: 'stop sharing',
    description: 'Empty your call group, and send no calls to it.',
    phrases: [
      'stop sharing',
      'sharing off',
      'turn sharing off',
      'turn off sharing',
      'turn off my group',
      'delete my group',
      'delete my call group',
    ],
    topic: 'Your call group',
    run: askBeforeSharingOff,
  },
]

export const callGroupClicks = {
  'show-group': (turn, given) => callGroupCard(turn, ownerIn(turn, given)),
  'add-members': addByClick,
  'take-back': takeBackByClick,
  move: moveByClick,
  remove: removeByClick,
  'ring-order': (turn, given) =>
    changeOrder(
      turn,
      ownerIn(turn, given),
      ways.find((way) => way === textIn(given, 'order')) ?? 'simultaneous',
      given,
    ),
  'sharing-off': sharingOff,
} satisfies Record<string, Click>

const ways: readonly RingWay[] = ['simultaneous', 'inOrder', 'byTeams']
const changedWays: Readonly<Record<RingWay, string>> = {
  simultaneous: 'Members now all ring at once.',
  inOrder: 'Members now ring one after the other.',
  byTeams: 'Teams now rings the members by itself when a call comes from Teams.',
}

async function changeOrder(
  turn: Turn,
  owner: PersonId,
  way: RingWay,
  given: CardInput = {},
): Promise<Answer> {
  const seen = { part: groupPart, mark: textIn(given, 'seen') }
  const change = await edit(turn, {
    owner,
    seen,
    rule: (sheet, subscribers) => setRingOrder(sheet, way, subscribers),
  })
  return callGroupCard(turn, owner, await changeWords(turn, change, changedWays[way], owner))
}

function askBeforeSharingOff(turn: Turn): Promise<Answer> {
  const text = 'Calls will stop going to your call group, and its members will be removed. Do you want that?'
  const owner = turn.person.id
  const buttons = [
    { title: 'Turn sharing off', verb: 'sharing-off', data: { owner } },
    { title: 'Keep it', verb: 'show-group', data: { owner } },
  ]
  return Promise.resolve(notice(text, buttons))
}

async function sharingOff(turn: Turn, given: CardInput): Promise<Answer> {
  const owner = ownerIn(turn, given)
  const change = await edit(turn, { owner, rule: (sheet, subscribers) => turnSharingOff(sheet, subscribers) })
  return callGroupCard(
    turn,
    owner,
    await changeWords(turn, change, 'Sharing is off and your call group is empty.', owner),
  )
}
