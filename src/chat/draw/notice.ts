/** A sentence with a few buttons under it. */
import { type Answer } from './answer.ts'
import { render } from './card.ts'
import { type Button } from './parts.ts'

/** At most three buttons: a person with a phone ringing reads no more. */
export function notice(text: string, buttons: readonly Button[]): Answer {
  return { is: 'card', card: render('notice', { text, buttons: buttons.slice(0, 3) }), summary: text }
}
