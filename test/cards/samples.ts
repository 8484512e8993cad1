/** What the cards show on an ordinary day, once in every state that looks different. */
import { commands } from '../../src/chat/commands.ts'
import { type Notice } from '../../src/chat/draw/parts.ts'
import { type CardName, type CardViews } from '../../src/chat/draw/views.ts'
import { helpView } from '../../src/chat/help.ts'
import { adminSamples } from './admin-samples.ts'
import { permissions, sheet, targets, delays, members, orders, owner } from './people.ts'

/** One card in one state: enough to draw it. */
export type Sample = {
  [N in CardName]: { readonly picture: string; readonly card: N; readonly view: CardViews[N] }
}[CardName]

const ringing: CardViews['pickup'] = {
  title: 'Contoso Logistics → for Ann Ek',
  caller: 'Contoso Logistics',
  owner: 'Ann Ek',
  number: '+44 20 7946 0018',
  since: 'Ringing since 14:02:05',
  alsoRings: 'Also ringing: Bo Lindqvist, Cy Osei and Dee Alvarez',
  ends: 'If nobody picks up, the call will go to voicemail.',
  note: '',
  isTurnOver: false,
  call: 'c-5f3a9e10',
}

const settled: CardViews['pickup-settled'] = {
  isYours: false,
  title: 'Contoso Logistics → for Ann Ek',
  outcome: 'Bo Lindqvist picked up after 8 s.',
  detail: 'They are connected.',
  when: '14:02:13, rang for 8 s',
}

const group: CardViews['call-group'] = {
  ...sheet,
  title: 'Your call group',
  limit: '4 of 25 members',
  isEmpty: false,
  isFull: false,
  isShort: true,
  members: members(4, ['', '(muted)', '', '(has not opened the bot yet)']),
  chosen: '',
  hasOrder: true,
  orders: orders(true),
  inOrderLimit: '',
  isInUse: true,
  rules: 'Also rings your call group. If unanswered: Voicemail after 40 seconds.',
  hasPeoplePicker: true,
  hasKnown: true,
  known: [{ title: 'Eve Moreau (eve@contoso.com)', value: 'eve@contoso.com' }],
}

const forwarding: CardViews['forwarding'] = {
  ...sheet,
  title: 'Where your calls go',
  policy: '',
  forwarding: 'simultaneous',
  forwardTo: 'group',
  forwardWhom: '',
  forwardPerson: '',
  forwardWas: '',
  forwardingError: '',
  forwardTargets: targets,
  unanswered: 'voicemail',
  unansweredWhom: '',
  unansweredPerson: '',
  unansweredWas: '',
  unansweredError: '',
  unansweredTargets: [...targets, { title: 'Nobody: the call ends', value: 'off' }],
  delay: '20',
  delays,
  hasBusyChoice: false,
  busy: 'ringUser',
  hasPeoplePicker: true,
}

const delegates: CardViews['delegates'] = {
  ...sheet,
  title: 'Your delegates',
  limit: '2 of 25',
  isEmpty: false,
  isFull: false,
  chosen: '',
  delegates: [
    { person: 'bo@contoso.com', name: 'Bo Lindqvist', may: 'may take calls and change settings' },
    { person: 'cy@contoso.com', name: 'Cy Osei', may: 'may make calls, take calls and join calls' },
  ],
  permissions,
  hasPeoplePicker: true,
  hasKnown: true,
  known: group.known,
  hasManagers: true,
  managers: [{ owner: 'eve@contoso.com', name: 'Eve Moreau' }],
  otherManagers: 'Finn Berg lets you act for them, not change their settings.',
}

const settings: CardViews['settings'] = {
  title: 'Your calls',
  notice: undefined,
  headline: 'Calls ring you for 20 seconds, together with Bo Lindqvist and Cy Osei, then go to voicemail.',
  moment: '',
  owner,
  policy: '',
  group: 'Bo Lindqvist and Cy Osei, all at once',
  forwarding: 'Also rings your call group',
  unanswered: 'Voicemail after 20 seconds',
  delegates: 'Nobody',
  memberships: 'Eve Moreau and Finn Berg',
  isOwn: true,
}

const timeline: CardViews['who-rings'] = {
  title: 'If somebody calls you now',
  notice: undefined,
  moment: '',
  isEmpty: false,
  rows: [
    { who: 'You', time: '0–40 s', before: 0, during: 40, after: 0 },
    { who: 'Bo Lindqvist', time: '0–20 s', before: 0, during: 20, after: 20 },
    { who: 'Cy Osei', time: '20–40 s', before: 20, during: 20, after: 0 },
  ],
  end: 'After 40 seconds, calls go to voicemail.',
  isOwn: true,
  owner,
  canSimulate: true,
}

const cutOff: Notice = {
  tone: 'warning',
  text: 'The ringing ends before Dee Alvarez would be reached. Ring longer, ring everyone at once, or forward all calls to the group.',
  buttons: [
    {
      title: 'Ring for 60 seconds',
      verb: 'choose-target',
      data: { owner, rule: 'unanswered', to: 'same', after: '60' },
    },
    { title: 'Ring everyone at once', verb: 'ring-order', data: { owner, order: 'simultaneous' } },
    {
      title: 'Forward all calls to the group',
      verb: 'choose-target',
      data: { owner, rule: 'immediate', to: 'group' },
    },
  ],
}

export const samples: readonly Sample[] = [
  ...adminSamples,
  { picture: 'welcome', card: 'welcome', view: { groups: '', isInGroup: false } },
  {
    picture: 'welcome-in-a-group',
    card: 'welcome',
    view: { groups: 'You are already in the call group of Ann Ek.', isInGroup: true },
  },
  { picture: 'added', card: 'added', view: { ownerName: 'Ann Ek', owner } },
  { picture: 'settings', card: 'settings', view: settings },
  {
    picture: 'settings-of-another',
    card: 'settings',
    view: {
      ...settings,
      title: 'Ann Ek’s calls',
      isOwn: false,
      notice: { tone: 'good', text: 'Saved.' },
      headline:
        'Calls ring Ann Ek for 20 seconds, together with Bo Lindqvist and Cy Osei, then end as missed.',
      unanswered: 'Nothing: the call ends',
      policy: 'Your admin has turned off delegation and voicemail.',
    },
  },
  {
    picture: 'settings-cut-off',
    card: 'settings',
    view: {
      ...settings,
      notice: cutOff,
      headline:
        'Calls ring you for 40 seconds, together with Bo Lindqvist and Cy Osei one after the other, then go to voicemail.',
      group: 'Bo Lindqvist, Cy Osei and Dee Alvarez, one after the other',
      unanswered: 'Voicemail after 40 seconds',
    },
  },
  { picture: 'call-group', card: 'call-group', view: group },
  {
    picture: 'call-group-empty',
    card: 'call-group',
    view: {
      ...group,
      limit: '0 of 25 members',
      isEmpty: true,
      members: [],
      hasOrder: false,
      orders: [],
      isInUse: false,
      hasPeoplePicker: false,
    },
  },
  {
    picture: 'call-group-by-teams',
    card: 'call-group',
    view: {
      ...group,
      orders: [
        ...orders(false).map((one) => ({ ...one, isChosen: false })),
        {
          value: 'byTeams',
          title: 'Let Teams ring',
          detail:
            'Every phone rings at once, without cards. Nobody sees who answered, and unanswered calls do not go to voicemail.',
          isChosen: true,
        },
      ],
    },
  },
  {
    picture: 'call-group-long',
    card: 'call-group',
    view: {
      ...group,
      limit: '9 of 25 members',
      isShort: false,
      members: members(9),
      chosen: 'cy@contoso.com',
      orders: orders(false).slice(0, 1),
      inOrderLimit: 'In order works with up to 5 members; here are 9.',
      notice: {
        tone: 'warning',
        text: 'Added Ivo Novak. In order works with up to 5 members, so all of them now ring at once.',
        buttons: [
          {
            title: 'Undo',
            verb: 'take-back',
            data: { owner, people: 'ivo@contoso.com', seen: sheet.seen },
          },
        ],
      },
    },
  },
  { picture: 'forwarding', card: 'forwarding', view: forwarding },
  {
    picture: 'forwarding-wrong',
    card: 'forwarding',
    view: {
      ...forwarding,
      forwardTo: 'somebody',
      forwardWhom: '12',
      forwardingError:
        'I cannot read "12". Write an address, an object id, or a number like +44 20 7946 0000.',
      policy: 'Your admin has turned off voicemail.',
      hasBusyChoice: true,
      hasPeoplePicker: false,
    },
  },
  {
    picture: 'notifications',
    card: 'notifications',
    view: {
      notice: undefined,
      isEmpty: false,
      override: 'mute',
      groups: [
        {
          owner: 'eve@contoso.com',
          ownerName: 'Eve Moreau',
          notification: 'ring',
          effective: ' (muted now)',
        },
        {
          owner: 'finn@contoso.com',
          ownerName: 'Finn Berg',
          notification: 'banner',
          effective: ' (muted now)',
        },
      ],
    },
  },
  {
    picture: 'notifications-empty',
    card: 'notifications',
    view: { notice: undefined, isEmpty: true, override: 'none', groups: [] },
  },
  { picture: 'delegates', card: 'delegates', view: delegates },
  {
    picture: 'delegate',
    card: 'delegate',
    view: {
      title: 'Bo Lindqvist, your delegate',
      owner,
      person: 'bo@contoso.com',
      seen: 'aB3dE6gH',
      may: 'receiveCalls,manageSettings',
      permissions,
    },
  },
  {
    picture: 'delegates-empty',
    card: 'delegates',
    view: {
      ...delegates,
      limit: '0 of 25',
      isEmpty: true,
      delegates: [],
      hasManagers: false,
      managers: [],
      hasPeoplePicker: false,
      notice: {
        tone: 'warning',
        text: 'Say who should be your delegate: a name or an address.',
      },
    },
  },
  { picture: 'who-rings', card: 'who-rings', view: timeline },
  {
    picture: 'who-rings-cut-off',
    card: 'who-rings',
    view: {
      ...timeline,
      rows: timeline.rows.map((row) => ({ ...row, time: row.time.replace('40', '30') })),
      end: 'After 30 seconds, calls go to voicemail.',
      notice: cutOff,
    },
  },
  {
    picture: 'who-rings-nobody',
    card: 'who-rings',
    view: {
      ...timeline,
      moment: 'You are offline or set to Do not disturb.',
      isEmpty: true,
      rows: [],
      end: 'Calls go to voicemail at once.',
    },
  },
  { picture: 'pickup', card: 'pickup', view: ringing },
  {
    picture: 'pickup-again',
    card: 'pickup',
    view: {
      ...ringing,
      note: 'Bo Lindqvist could not be connected. It is ringing again.',
      owner: 'you',
      title: '+44 20 7946 0018 → for you',
      caller: '+44 20 7946 0018',
      number: '',
    },
  },
  {
    picture: 'pickup-turn-over',
    card: 'pickup',
    view: { ...ringing, isTurnOver: true, note: 'It’s the next person’s turn, but you can still pick up.' },
  },
  { picture: 'settled', card: 'pickup-settled', view: settled },
  {
    picture: 'settled-yours',
    card: 'pickup-settled',
    view: {
      ...settled,
      isYours: true,
      outcome: 'You picked up after 8 s.',
      detail: 'Your phone rings next: answer it to talk.',
    },
  },
  {
    picture: 'settled-missed',
    card: 'pickup-settled',
    view: {
      ...settled,
      outcome: 'Nobody picked up. The call went to voicemail.',
      detail: '',
      when: '14:02:45, rang for 40 s',
    },
  },
  {
    picture: 'missed-call',
    card: 'missed-call',
    view: {
      caller: 'Contoso Logistics',
      number: '+44 20 7946 0018',
      outcome: 'The call went to voicemail.',
      rang: 'It rang Bo Lindqvist and Cy Osei.',
      when: 'Mon 23 Nov, 14:02, rang for 40 s',
    },
  },
  {
    picture: 'calls',
    card: 'calls',
    view: {
      isEmpty: false,
      hasOlder: true,
      before: 1_795_000_000_000,
      rows: [
        {
          title: 'Contoso Logistics → for you',
          outcome: 'Picked up by Bo Lindqvist',
          day: 'Mon 23 Nov, 14:02',
          rang: 'rang 8 s',
        },
        {
          title: '+44 20 7946 0018 → for Eve Moreau',
          outcome: 'Caller hung up',
          day: 'Mon 23 Nov, 11:40',
          rang: 'rang 12 s',
        },
        {
          title: 'Finn Berg → for you',
          outcome: 'Went to voicemail',
          day: 'Fri 20 Nov, 16:15',
          rang: 'rang 40 s',
        },
      ],
    },
  },
  { picture: 'calls-empty', card: 'calls', view: { isEmpty: true, hasOlder: false, before: 0, rows: [] } },
  { picture: 'help', card: 'help', view: helpView(commands) },
  {
    picture: 'notice',
    card: 'notice',
    view: {
      text: 'I did not understand that. Did you mean "forwarding"?',
      buttons: [
        { title: 'Forwarding', verb: 'say', data: { text: 'forwarding' } },
        { title: 'Help', verb: 'help', data: {} },
        { title: 'My call group', verb: 'show-group', data: {} },
      ],
    },
  },
  {
    picture: 'notice-simulated',
    card: 'notice',
    view: {
      text: 'Carl Jones calls you.',
      buttons: [
        { title: 'Caller hangs up', verb: 'hang-up', data: { call: 'c-5f3a9e10' } },
        { title: 'Who rings', verb: 'who-rings', data: { owner } },
      ],
    },
  },
  {
    picture: 'notice-plain',
    card: 'notice',
    view: { text: 'There is no ringing call you can pick up.', buttons: [] },
  },
  {
    picture: 'choose-person',
    card: 'choose-person',
    view: {
      notice: { tone: 'good', text: 'Added Cy Osei.' },
      title: 'Which Bo do you mean?',
      people: ['bo', 'bob'].map((name) => ({
        name: `${name === 'bo' ? 'Bo Lindqvist' : 'Bob Ferrari'}`,
        address: `${name}@contoso.com`,
        verb: 'add-members',
        data: { owner, person: `${name}@contoso.com`, people: `${name}@contoso.com` },
      })),
    },
  },
]
