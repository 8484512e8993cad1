/** What somebody gets as an answer: a card, or a sentence. */
import { type CardJson } from './card.ts'
import { plainText } from './plain.ts'

/** A card, or a sentence. A card comes with a line for the notification and for screens that draw no cards. */
export type Answer =
  | {
      readonly is: 'card'
      readonly card: CardJson
      readonly summary: string
      /** The same card is on its way as a consequence of what was decided: where a click cannot redraw, say nothing more. */
      readonly isPostedAnyway?: boolean
    }
  | { readonly is: 'text'; readonly text: string }

/** A sentence; what it quotes is made fit to be shown. */
export function say(text: string): Answer {
  return { is: 'text', text: plainText(text) }
}
