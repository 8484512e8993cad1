/** Every command there is. Routing, help and the list that Teams shows are made from this one table. */
import { adminCommands } from './administration.ts'
import { alsoSaid } from './also-said.ts'
import { callGroupCommands } from './call-group.ts'
import { callsCommands } from './calls.ts'
import { type Command } from './command.ts'
import { delegateCommands } from './delegates.ts'
import { forwardingCommands } from './forwarding.ts'
import { helpCard } from './help.ts'
import { introductionCommands } from './introduction.ts'
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
  ...introductionCommands,
  ...simulateCommands,
]

export const commands: readonly Command[] = rows.map((row) => ({
  ...row,
  phrases: [...row.phrases, ...(row.alone ?? []), ...(alsoSaid[row.title] ?? [])],
}))
