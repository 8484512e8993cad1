/** Choosing a person: which of several was meant, and whom the bot has met lately. */
import { type PersonId } from '../../core/person.ts'
import { type Answer } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type Button, type Choice, type Notice } from '../draw/parts.ts'
import { type Turn } from '../turn.ts'
import { choiceOf, type Found } from './people.ts'

/** People on one card to choose from. */
const mostAsked = 6
const moreFit: Notice = {
  tone: 'warning',
  text: 'More people than these have that name. Write the full name or the address of the one you mean.',
}

/** Which of several people with this name was meant? The button does what was asked in the first place. */
export function choosePerson(
  turn: Turn,
  { given, people }: Extract<Found, { is: 'several' }>,
  button: (person: PersonId) => Omit<Button, 'title'>,
  notice?: Notice,
): Answer {
  const view = {
    notice: notice ?? (people.length > mostAsked ? moreFit : undefined),
    title: `Which ${given} do you mean?`,
    people: people.slice(0, mostAsked).map(({ id, name, address }) => ({
      name: id === turn.person.id ? `${name} (you)` : name,
      address: address ?? '',
      ...button(id),
    })),
  }
  return { is: 'card', card: render('choose-person', view), summary: view.title }
}

/** Where there is no people picker, the people met last are offered; others can be typed. */
const mostOffered = 6

/** People to choose from, without these, and without those whom nobody could tell from others. */
export async function knownPeople(turn: Turn, except: readonly PersonId[]): Promise<readonly Choice[]> {
  const people = await turn.directory.named('')
  return people
    .filter(({ id, address }) => address !== undefined && !except.includes(id))
    .slice(0, mostOffered)
    .map(choiceOf)
}
