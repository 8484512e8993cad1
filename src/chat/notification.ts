/** How each group may notify a member, the override over all, and leaving a group. */
import { leaveGroup } from '../core/members.ts'
import { type Notification } from '../core/notification.ts'
import { setNotification, setOverride } from '../core/notifications.ts'
import { type PersonId } from '../core/person.ts'
import { type CallingSettings } from '../core/calling-settings.ts'
import { type Change, keep, refuse, unchanged } from '../core/change.ts'
import { type Subscribers } from '../core/subscriber.ts'
import { type CardInput, type Click, type Command, textIn } from './command.ts'
import { changeWords } from './edit.ts'
import { notificationCard } from './notification-card.ts'
import { choosePerson } from './choose-person.ts'
import { findAmong, type Found, namesOf } from './people.ts'
import { type Answer, type Turn } from './turn.ts'
import { plainWord } from './words.ts'
import { themselves } from '../switchboard/author.ts'

const choose = (how: Notification) => (turn: Turn, rest: readonly string[]) => chooseByText(turn, how, rest)

export const notificationCommands: readonly Command[] = [
  {
    title: 'notifications',
    description: 'How each group you are in may notify you: ring, banner or mute.',
    phrases: ['notifications', 'notification', 'my notifications', 'notify', 'my groups', "groups i'm in"],
    topic: 'Your settings',
    inManifest: true,
    run: (turn) => notificationCard(turn),
  },
  {
    title: 'mute <owner or all>',
    description: 'Hear nothing of a group; also "ring ann", "banner ann", "unmute".',
    phrases: ['mute'],
    topic: 'Your settings',
    run: choose('mute'),
  },
  {
    title: 'banner <owner>',
    description: 'See the calls of a group without a sound.',
    phrases: ['banner'],
    topic: 'Your settings',
    run: choose('banner'),
  },
  {
    title: 'ring <owner>',
    description: 'See and hear the calls of a group.',
    phrases: ['ring', 'unmute'],
    topic: 'Your settings',
    run: choose('ring'),
  },
  {
    title: 'leave <owner>',
    description: "Leave somebody's call group.",
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

async function chooseByText(turn: Turn, how: Notification, rest: readonly string[]): Promise<Answer> {
  const name = rest.join(' ')
  const self = turn.person.id
  if (name === '' || ['all', 'everything', 'everyone'].includes(plainWord(name))) {
    const override = how === 'mute' ? 'mute' : null
    const change = await turn.settings.change(themselves(self), (subscribers) =>
      setOverride(subscribers(self), override),
    )
    return notificationCard(
      turn,
      await changeWords(
        turn,
        change,
        override ? 'Everything is muted.' : 'Nothing is muted for all any more.',
      ),
    )
  }
  const owner = await findOwner(turn, name)
  if (owner.is === 'several')
    return choosePerson(turn, owner, (id) => ({ verb: 'notify', data: { owner: id, how } }))
  return owner.is === 'found' ? chooseFor(turn, owner.id, how) : notYourGroup(turn, name)
}

/** Of several people with a name, the one whose group the person is in. */
async function findOwner(turn: Turn, name: string): Promise<Found> {
  const { memberships } = await turn.settings.settingsOf(turn.person.id)
  return findAmong(
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

async function chooseFor(turn: Turn, owner: PersonId, how: Notification): Promise<Answer> {
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

async function leaveByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const name = rest
    .filter((word) => !['group', 'call', 'the'].includes(plainWord(word)))
    .join(' ')
    .replace(/['’]s$/u, '')
  if (name === '') {
    const { memberships } = await turn.settings.settingsOf(turn.person.id)
    const text = 'Whose group do you want to leave? Press “Leave a group …” below.'
    return notificationCard(turn, memberships.length > 0 ? { tone: 'warning', text } : undefined)
  }
  const owner = await findOwner(turn, name)
  if (owner.is === 'several')
    return choosePerson(turn, owner, (id) => ({ verb: 'leave', data: { owner: id } }))
  return owner.is === 'found' ? leave(turn, owner.id) : notYourGroup(turn, name)
}

async function leave(turn: Turn, owner: PersonId): Promise<Answer> {
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

function readNotification(text: string): Notification | null {
  return text === 'ring' || text === 'banner' || text === 'mute' ? text : null
}
