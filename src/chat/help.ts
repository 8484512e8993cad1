/** Help: a few examples, and every command with its words and one line, from the command table itself. */
import { type Command } from './command.ts'
import { type Answer } from './draw/answer.ts'
import { render } from './draw/card.ts'
import { type CardViews } from './draw/views.ts'
import { type Turn } from './turn.ts'

const topics = ['Calls', 'Your call group', 'Your settings', 'Administration', 'Trying it out'] as const

export function helpCard(turn: Turn, commands: readonly Command[]): Promise<Answer> {
  const offered = commands.filter(({ isOffered }) => isOffered?.(turn) ?? true)
  const card = render('help', helpView(offered))
  return Promise.resolve({ is: 'card', card, summary: 'What I understand' })
}

/** What a newcomer says first. */
const examples = [
  { words: 'add Bo and Cy', meaning: 'to your call group' },
  { words: 'also ring my group', meaning: 'when somebody calls you' },
  { words: 'who rings', meaning: 'if somebody calls now' },
  { words: 'pickup', meaning: 'takes the call that has rung longest' },
]

/** The commands by topic; topics without any are left out. */
export function helpView(commands: readonly Command[]): CardViews['help'] {
  const groups = topics.map((title, index) => ({
    id: `topic-${index}`,
    title,
    commands: commands
      .filter(({ topic }) => topic === title)
      .map((command) => ({ words: command.title, description: command.description })),
  }))
  return { examples, groups: groups.filter(({ commands: rows }) => rows.length > 0) }
}
