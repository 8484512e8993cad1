/** The cards as full as they can get: 25 of everything, with names and addresses as long as they are shown. */
import { commands } from '../../src/chat/commands.ts'
import { type CardViews } from '../../src/chat/draw/views.ts'
import { helpView } from '../../src/chat/help.ts'
import { delays, orders, permissions, sheet, targets } from './people.ts'
import { type Sample } from './samples.ts'

const most = 25
const long = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh the Elder '.slice(0, 64)
const longId = (index: number) => `${String(index).padStart(8, '0')}-93d4-4c1e-8a57-0d4f6b2c9e11`

const each = <T>(make: (index: number) => T, count = most): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i))

const known = each(
  (index) => ({ title: `${long} (wolfeschlegelsteinhausenbergerdorff@contoso.com)`, value: longId(index) }),
  6,
)
const sentence = `Ringing ${long}, ${long}, ${long}, ${long}, ${long} and 20 others.`
const own = { ...sheet, notice: { tone: 'warning', text: sentence } } as const

const group = (isShort: boolean, hasPeoplePicker: boolean): CardViews['call-group'] => ({
  ...own,
  title: `${long}’s call group`,
  limit: '25 of 25 members',
  isEmpty: false,
  isFull: false,
  isShort,
  members: each(
    (index) => ({
      number: index + 1,
      name: long,
      hint: '(has not opened the bot yet)',
      person: longId(index),
      isFirst: index === 0,
      isLast: false,
    }),
    isShort ? 5 : most,
  ),
  chosen: longId(3),
  hasOrder: true,
  orders: orders(false),
  inOrderLimit: 'In order works with up to 5 members; here are 25.',
  isInUse: true,
  rules: sentence,
  hasPeoplePicker,
  hasKnown: true,
  known,
})

const forwarding = (hasPeoplePicker: boolean): CardViews['forwarding'] => ({
  ...own,
  title: `Where the calls of ${long} go`,
  policy: sentence,
  forwarding: 'simultaneous',
  forwardTo: 'somebody',
  forwardWhom: 'x'.repeat(320),
  forwardPerson: '',
  forwardWas: '',
  forwardingError: sentence,
  forwardTargets: targets,
  unanswered: 'somebody',
  unansweredWhom: 'x'.repeat(320),
  unansweredPerson: '',
  unansweredWas: 'x'.repeat(320),
  unansweredError: sentence,
  unansweredTargets: targets,
  delay: '20',
  delays,
  hasBusyChoice: true,
  busy: 'ringUser',
  hasPeoplePicker,
})

const delegates = (hasPeoplePicker: boolean): CardViews['delegates'] => ({
  ...own,
  title: `The delegates of ${long}`,
  limit: '25 of 25',
  isEmpty: false,
  isFull: false,
  chosen: '',
  delegates: each((index) => ({
    person: longId(index),
    name: long,
    may: 'may make calls, take calls, change settings and pick up held calls',
  })),
  permissions,
  hasPeoplePicker,
  hasKnown: true,
  known,
  hasManagers: true,
  managers: each((index) => ({ owner: longId(index), name: long }), 5),
  otherManagers: `${sentence} ${sentence}`,
})

/** Cards that grow with what people keep, as full as the limits let them be. */
export const full: readonly Sample[] = [
  { picture: 'call-group-25', card: 'call-group', view: group(false, true) },
  { picture: 'call-group-25-elsewhere', card: 'call-group', view: group(false, false) },
  { picture: 'call-group-5', card: 'call-group', view: group(true, true) },
  { picture: 'call-group-5-elsewhere', card: 'call-group', view: group(true, false) },
  { picture: 'forwarding-full', card: 'forwarding', view: forwarding(true) },
  { picture: 'forwarding-full-elsewhere', card: 'forwarding', view: forwarding(false) },
  { picture: 'delegates-25', card: 'delegates', view: delegates(true) },
  { picture: 'delegates-25-elsewhere', card: 'delegates', view: delegates(false) },
  { picture: 'help-full', card: 'help', view: helpView(commands) },
  {
    picture: 'notifications-25',
    card: 'notifications',
    view: {
      notice: own.notice,
      isEmpty: false,
      override: 'mute',
      groups: each((index) => ({
        owner: longId(index),
        ownerName: long,
        notification: 'banner',
        effective: ' (muted now)',
      })),
    },
  },
  {
    picture: 'who-rings-full',
    card: 'who-rings',
    view: {
      title: `If somebody calls ${long} now`,
      notice: {
        tone: 'warning',
        text: sentence,
        buttons: each(
          (index) => ({
            title: `Forward all calls to the group ${index}`,
            verb: 'choose-target',
            data: { owner: longId(0), rule: 'unanswered', to: 'same', after: '60' },
          }),
          5,
        ),
      },
      moment: sentence,
      isEmpty: false,
      rows: each((index) => ({ who: sentence, time: '20–40 s', before: index, during: 20, after: 20 }), 6),
      end: sentence,
      isOwn: true,
      owner: longId(0),
      canSimulate: true,
    },
  },
  {
    picture: 'calls-full',
    card: 'calls',
    view: {
      isEmpty: false,
      hasOlder: true,
      before: 1764000000000,
      rows: each(
        () => ({
          title: `${long} → for ${long}`,
          outcome: `Picked up by ${long}`,
          day: 'Mon 23 Nov, 14:02',
          rang: 'rang 40 s',
        }),
        10,
      ),
    },
  },
  {
    picture: 'choose-person-full',
    card: 'choose-person',
    view: {
      notice: { tone: 'good', text: `Added ${long}.` },
      title: `Which ${long} do you mean?`,
      people: each(
        (index) => ({
          name: long,
          address: 'wolfeschlegelsteinhausenbergerdorff@contoso.com',
          verb: 'save-delegate',
          data: { owner: longId(99), person: longId(index), people: longId(index) },
        }),
        6,
      ),
    },
  },
]
