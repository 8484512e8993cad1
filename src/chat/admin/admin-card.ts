/** What the cards of admins have in common: their look, the way back, and whom they are about. */
import { type PersonId } from '../../core/person.ts'
import { type Author } from '../../switchboard/author.ts'
import { type Answer, say } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { refusalText } from '../draw/refusal.ts'
import { type CardViews } from '../draw/views.ts'
import { choosePerson } from '../said/choose-person.ts'
import { findPerson } from '../said/people.ts'
import { type Turn } from '../turn.ts'

export type AdminView = CardViews['admin']

export const backToAdministration: Button = { title: 'Administration', verb: 'admin', data: {} }
/** Rows on one card. */
export const rowsShown = 10

/** An admin in the chat. */
export function author(turn: Turn): Author {
  return { person: turn.person.id, door: 'admin' }
}

/** A card of rows, links and buttons; what is left out is not on it. */
export function adminCard(view: Partial<AdminView> & { readonly title: string }): Answer {
  const whole: AdminView = {
    notice: undefined,
    lead: '',
    rows: [],
    links: [],
    buttons: [],
    asksForName: false,
    nameLabel: '',
    namePlaceholder: '',
    ...view,
  }
  return { is: 'card', card: render('admin', whole), summary: view.title }
}

/** Runs with the person these words name; asks which one when several have the name. */
export async function withPerson(
  turn: Turn,
  words: string,
  verb: string,
  run: (person: PersonId) => Promise<Answer>,
): Promise<Answer> {
  const found = await findPerson(turn, words)
  if (found.is === 'several') return choosePerson(turn, found, (person) => ({ verb, data: { person } }))
  return found.is === 'refused' ? say(refusalText(found.refusal, plainName)) : run(found.id)
}

/** "1 person", "31 people". */
export function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`
}
