/** Help: every command with its words and one line, from the command table itself. */
import { render } from './card.ts'
import { type Command } from './command.ts'
import { type Answer, type Turn } from './turn.ts'
import { type CardViews } from './views.ts'

const topics = ['Calls', 'Your call group', 'Your settings', 'Administration', 'Trying it out'] as const

export function helpCard(turn: Turn, commands: readonly Command[]): Promise<Answer> {
  const offered = commands.filter(({ isOffered }) => isOffered?.(turn) ?? true)
  const card = render('help', helpView(offered))
  return Promise.resolve({ is: 'card', card, summary: 'What I understand' })
}

/** The commands by topic; topics without any are left out. */
export function helpView(commands: readonly Command[]): CardViews['help'] {
  const groups = topics.map((title) => ({
    title,
    commands: commands
      .filter(({ topic }) => topic === title)
      .map((command) => ({ words: command.title, description: command.description })),
  }))
  return { groups: groups.filter(({ commands: rows }) => rows.length > 0) }
}
