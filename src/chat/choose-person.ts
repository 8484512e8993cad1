/** Which of several people with this name was meant? The answer does what was asked in the first place. */
import { render } from './card.ts'
import { type Found } from './people.ts'
import { type Answer, type Turn } from './turn.ts'

export function choosePerson(
  turn: Turn,
  { given, people }: Extract<Found, { is: 'several' }>,
  verb: string,
  carry: Readonly<Record<string, string>>,
): Answer {
  const view = {
    title: `Which ${given} do you mean?`,
    people: people.slice(0, 6).map(({ id, name, address }) => ({
      name: id === turn.person.id ? `${name} (you)` : name,
      address: address ?? '',
      verb,
      data: { ...carry, person: id, people: id },
    })),
  }
  return { is: 'card', card: render('choose-person', view), summary: view.title }
}
