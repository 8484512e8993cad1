/** Somebody has left: what letting go of them would do, and doing it. */
import { type Click } from '../command.ts'
import { type Answer } from '../draw/answer.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { listOf } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { adminCard, author, backToAdministration } from './admin-card.ts'
import { undoButton } from './clean-up.ts'

export const removePersonClicks = {
  'admin-left': (turn: Turn, given: CardInput) => leaving(turn, textIn(given, 'person'), false),
  'admin-left-apply': (turn: Turn, given: CardInput) => leaving(turn, textIn(given, 'person'), true),
} satisfies Record<string, Click>

async function leaving(turn: Turn, person: string, apply: boolean): Promise<Answer> {
  const swept = await turn.sweeping.left(author(turn), person, apply)
  const nameOf = await namesOf(turn, [person, ...(swept?.concerned ?? [])])
  const name = nameOf(person)
  if (swept === null)
    return adminCard({
      title: name,
      lead: 'They share no calls with anyone, so there is nothing to clean up.',
      buttons: [backToAdministration],
    })
  const concerned = listOf(swept.concerned.map(nameOf), 6)
  if (swept.undo !== null)
    return adminCard({
      title: name,
      notice: {
        tone: 'good',
        text: `${name} is out of all groups and delegations. ${concerned} were told. You can undo this for 30 days.`,
        buttons: [undoButton(swept.undo)],
      },
      buttons: [backToAdministration],
    })
  return adminCard({
    title: `Has ${name} left?`,
    lead: 'This takes them out of every group and delegation, and ends their own sharing. Nothing has been changed yet.',
    rows: [{ title: 'Concerned', detail: concerned, side: '' }],
    buttons: [
      { title: 'Clean up', verb: 'admin-left-apply', data: { person } },
      { title: 'No', verb: 'admin-rights', data: { person } },
    ],
  })
}
