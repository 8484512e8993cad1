/** How each group may notify a member, and the override over all; notification-typed.ts has what the commands do. */
import { type CallingSettings } from '../../core/calling-settings.ts'
import { type Change, keep, unchanged } from '../../core/change.ts'
import { type Notification } from '../../core/notification.ts'
import { setNotification, setOverride } from '../../core/notifications.ts'
import { type PersonId } from '../../core/person.ts'
import { type Subscribers } from '../../core/subscriber.ts'
import { themselves } from '../../switchboard/author.ts'
import { type Click, type Command } from '../command.ts'
import { type Answer } from '../draw/answer.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { type Turn } from '../turn.ts'
import { changeWords } from './edit.ts'
import { notificationCard } from './notification-card.ts'
import { chooseByText, chooseFor, leave, leaveByText, ringByText } from './notification-typed.ts'

export const notificationCommands: readonly Command[] = [
  {
    title: 'notifications',
    description: 'How each group you are in may notify you.',
    phrases: ['notifications', 'notification', 'my notifications', 'notify', 'my groups', "groups i'm in"],
    topic: 'Your settings',
    inManifest: true,
    run: (turn) => notificationCard(turn),
  },
  {
    title: 'mute <owner or all>',
    description: 'Hear nothing from a group.',
    phrases: ['mute'],
    topic: 'Your settings',
    run: (turn, rest) => chooseByText(turn, 'mute', rest),
  },
  {
    title: 'unmute <owner or all>',
    description: 'Hear it again.',
    phrases: ['unmute'],
    topic: 'Your settings',
    run: (turn, rest) => chooseByText(turn, 'ring', rest),
  },
  {
    title: 'banner <owner>',
    description: 'See the calls of a group without a sound.',
    phrases: ['banner'],
    topic: 'Your settings',
    run: (turn, rest) => chooseByText(turn, 'banner', rest),
  },
  {
    title: 'ring <owner>',
    description: 'See and hear the calls of a group.',
    phrases: ['ring'],
    topic: 'Your settings',
    run: ringByText,
  },
  {
    title: 'leave <owner>',
    description: 'Leave somebody’s call group.',
    phrases: ['leave', 'leave group of'],
    topic: 'Your settings',
    run: leaveByText,
  },
]

export const notificationClicks = {
  'show-notifications': (turn: Turn) => notificationCard(turn),
  'save-notifications': saveForm,
  notify: notifyByClick,
  leave: (turn: Turn, given: CardInput) => leave(turn, textIn(given, 'owner')),
} satisfies Record<string, Click>

/** Choices come as `how:<owner>`. */
async function saveForm(turn: Turn, given: CardInput): Promise<Answer> {
  const self = turn.person.id
  const override = textIn(given, 'override') === 'mute' ? 'mute' : null
  const choices = Object.keys(given)
    .filter((key) => key.startsWith('how:'))
    .slice(0, 25)
    .flatMap((key) => {
      const how = readNotification(textIn(given, key))
      return how === null ? [] : [{ owner: key.slice('how:'.length), how }]
    })
  const change = await turn.settings.change(themselves(self), (subscribers) =>
    allChosen(self, choices, override, subscribers),
  )
  return notificationCard(turn, await changeWords(turn, change, 'Saved.'))
}

type Choice = { readonly owner: PersonId; readonly how: Notification }

/** All choices of one form together; a group left in the meantime is passed over. */
function allChosen(
  self: PersonId,
  choices: readonly Choice[],
  override: Notification | null,
  subscribers: Subscribers,
): Change {
  const before = subscribers(self)
  const settings = choices.reduce<CallingSettings>((sheet, { owner, how }) => {
    const change = setNotification({ ...before, settings: sheet }, owner, how)
    return change.sheets.get(self) ?? sheet
  }, before.settings)
  const after = setOverride({ ...before, settings }, override).sheets.get(self) ?? settings
  return after === before.settings ? unchanged : keep([[self, after]])
}

async function notifyByClick(turn: Turn, given: CardInput): Promise<Answer> {
  const how = readNotification(textIn(given, 'how'))
  return how === null ? notificationCard(turn) : chooseFor(turn, textIn(given, 'owner'), how)
}

function readNotification(text: string): Notification | null {
  return text === 'ring' || text === 'banner' || text === 'mute' ? text : null
}
