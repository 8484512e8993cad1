/** How people ask about something before they do it: "can I …", "should I …", "what if I …", "how do I …". */
import { type Answer } from '../draw/answer.ts'
import { type Turn } from '../turn.ts'
import { type Asked, type Question } from './question.ts'

const ask =
  '((can|could|may|should|shall|might|must|would|will) (i|we) [be able to]|how (do|can|could|would|should|to|did|does|may) [i|we|you|one|someone]|what if (i|we)|what (happens|happen|would happen|will happen) (if|when|once) (i|we)|(is|would) it [be] (possible|ok|okay|alright|allowed|fine|safe|wise|good|better|a good idea|all right) [for me] [if i|to]|is there [a|any] (way|possibility|option) to|(am|are) (i|we) (allowed|able) to|(do|does) (i|we) (have|need) to|where (do|can) i|what do i (say|type|do|write) to|what is the (command|way) (to|for)|would (it|you) (be ok|mind) if i|i (do not know|wonder|am not sure) (how|if i should|whether) (to|i should)|how about (i|we)|do you think i should|do i want to|need i)'

/** The same of what calls or members do: "can my calls …", "should they …". */
const askOfThem =
  '(can|could|may|should|shall|must|would|will|what if|what happens if|what happens when|is it possible that|how do i make|how can i make|how do i let|how can i let)'

/**
 * A question about a deed. Without any word of asking in front, "add Bo?", it is one only where a question mark says so; that
 * what "can you …" asks for be done, is no question.
 */
export function before(
  asks: string,
  deeds: readonly string[],
  answer: (turn: Turn, asked: Asked) => Promise<Answer | null>,
  ofThem: readonly string[] = [],
): readonly Question[] {
  const asked = [...deeds.map((deed) => `${ask} ${deed}`), ...ofThem.map((deed) => `${askOfThem} ${deed}`)]
  return [
    { asks: `whether and how to ${asks}`, phrases: asked, answer },
    {
      asks: `whether to ${asks}`,
      phrases: deeds,
      answer: (turn, bare) => (bare.isMarked ? answer(turn, bare) : Promise.resolve(null)),
    },
  ]
}

/** What comes behind these words may be a command that changes something: it is not done because somebody asked about it. */
export const anythingElse: readonly string[] = [
  '(can|could|would|will) (i|we) [please] <word> [<anything>] [<term>] [<other>]',
]
