/** Help: every command with its words and one line, from the command table itself. */
import { render } from './card.ts'
import { type Command } from './command.ts'
import { type Answer, type Turn } from './turn.ts'

const topics = ['Calls', 'Your call group', 'Your settings', 'Trying it out'] as const

export function helpCard(turn: Turn, commands: readonly Command[]): Promise<Answer> {
  const offered = commands.filter(({ isOffered }) => isOffered?.(turn) ?? true)
  const groups = topics
    .map((title) => ({
      title,
      commands: offered
        .filter(({ topic }) => topic === title)
        .map((command) => ({ words: command.title, description: command.description })),
    }))
    .filter(({ commands: rows }) => rows.length > 0)
  return Promise.resolve({ is: 'card', card: render('help', { groups }), summary: 'What I understand' })
}
