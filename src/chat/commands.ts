/** Every command there is. Routing, help and the list that Teams shows are made from this one table. */
import { adminCommands } from './administration.ts'
import { callGroupCommands } from './call-group.ts'
import { callsCommands } from './calls.ts'
import { type Command } from './command.ts'
import { delegateCommands } from './delegates.ts'
import { forwardingCommands } from './forwarding.ts'
import { helpCard } from './help.ts'
import { notificationCommands } from './notification.ts'
import { pickupCommands } from './pickup.ts'
import { settingsCommands } from './settings.ts'
import { simulateCommands } from './simulate.ts'
import { whoRingsCommands } from './who-rings.ts'

const rows: readonly Command[] = [
  {
    title: 'help',
    description: 'Everything you can say.',
    phrases: [
      'help',
      'hi',
      'hello',
      'hey',
      'commands',
      'what can you do',
      'what do you do',
      'who are you',
      'how does this work',
      'good morning',
      'good afternoon',
      'good evening',
    ],
    topic: 'Your settings',
    inManifest: true,
    run: (turn) => helpCard(turn, commands),
  },
  ...settingsCommands,
  ...callGroupCommands,
  ...forwardingCommands,
  ...notificationCommands,
  ...delegateCommands,
  ...whoRingsCommands,
  ...pickupCommands,
  ...callsCommands,
  ...adminCommands,
  ...simulateCommands,
]

/** How people say the same in passing, by the title of the command. */
export const alsoSaid: Readonly<Record<string, readonly string[]>> = {
  'my group': [
    'who is in my group',
    'whos in my group',
    'group members',
    'members of my group',
    'list my group',
  ],
  'add <person>': [
    'add <person> to the group',
    'add <person> to the call group',
    'add <person> to group',
    'put <person> in my group',
    'put <person> in the group',
  ],
  'remove <person>': [
    'remove <person> from the group',
    'remove <person> from the call group',
    'take <person> out',
    'take <person> out of my group',
    'take <person> off',
    'kick out',
  ],
  'move <person> up, down, first or last': ['make'],
  'ring in order': ['ring them in order', 'ring one at a time', 'one at a time', 'one after the other'],
  'ring everyone': ['ring them all', 'ring together', 'all together'],
  'stop sharing': ['clear my group', 'empty my group', 'remove my group', 'remove everyone', 'remove all'],
  'forward my calls to <my group, a person, a number, voicemail>': [
    'forward all my calls to',
    'forward everything to',
    'forward calls',
    'send all my calls to',
    'send calls to',
    'redirect my calls to',
    'divert my calls to',
  ],
  'also ring <my group, a person, a number>': [
    'ring <person> too',
    'ring <person> as well',
    'ring <person> at the same time',
    'also call',
  ],
  'stop forwarding': [
    'turn forwarding off',
    'cancel forwarding',
    'remove forwarding',
    'disable forwarding',
    'dont forward my calls',
    'ring only me',
    'only ring me',
  ],
  'if unanswered <voicemail, my group, a person, nothing> after <seconds>': [
    'if nobody answers',
    'if no one answers',
    'if not answered',
    'if i dont pick up',
    'if i do not pick up',
    'when i dont answer',
    'when i do not answer',
    'when nobody answers',
  ],
  notifications: ['which groups am i in', 'what groups am i in'],
  'mute <owner or all>': ['silence', 'mute the group of', 'do not disturb', 'do not disturb me', 'dnd'],
  'banner <owner>': ['banner for', 'show a banner for'],
  'ring <owner>': ['ring for', 'ring me for'],
  'leave <owner>': ['leave the group of'],
  'add delegate <person>': [
    'add <person> as delegate',
    'add <person> as a delegate',
    'add <person> as my delegate',
    'make <person> my delegate',
    'make <person> a delegate',
  ],
  'remove delegate <person>': [
    'remove <person> as delegate',
    'remove <person> as a delegate',
    'remove <person> as my delegate',
    'remove <person> from my delegates',
  ],
  'pickup <owner>': [
    'pickup for',
    'pick up for',
    'pick it up',
    'pickup the call',
    'pick up the call',
    'pick up the phone',
    'pick up call',
    'pickup the call for',
    'pick up the call for',
    'pickup the call to',
    'pick up the call to',
    'answer it',
    'answer call',
    'answer the call',
    'answer the phone',
    'answer for',
    'take it',
    'take call',
    'take this call',
    'accept',
    'accept the call',
    'ill take it',
    'ill get it',
    'i take it',
    'i got it',
    'got it',
    'mine',
  ],
  decline: [
    'hang up',
    'stop ringing',
    'stop the ringing',
    'dismiss',
    'ignore',
    'not now',
    'busy',
    'i am busy',
    'im busy',
    'i cant talk',
    'i cant take it',
    'i cant',
    'be quiet',
  ],
}

export const commands: readonly Command[] = rows.map((row) => ({
  ...row,
  phrases: [...row.phrases, ...(alsoSaid[row.title] ?? [])],
}))
