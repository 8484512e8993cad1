/**
 * Answers what people ask, from the plan, the log and the audit. A question never changes anything: authors of answers only
 * read, and a button does what is offered. What is no question known here goes on to the commands.
 */
import { type Answer } from '../draw/answer.ts'
import { type Turn } from '../turn.ts'
import { type AskedText, readAsked, Vocabulary } from './asked-words.ts'
import { callsQuestions } from './calls-asked.ts'
import { changesQuestions } from './changes-asked.ts'
import { delegateQuestions } from './delegates-asked.ts'
import { groupQuestions } from './group-asked.ts'
import { ordinals } from './hole-kinds.ts'
import { howCallsQuestions } from './how-calls.ts'
import { howGroupQuestions } from './how-group.ts'
import { notifyQuestions } from './notify-asked.ts'
import { planQuestions } from './plan-asked.ts'
import { fitting, type Phrase, readPhrase, wordsIn } from './phrase.ts'
import { Asked, type Question } from './question.ts'
import { ringingQuestions } from './ringing-asked.ts'
import { termsQuestions } from './terms-asked.ts'
import { whyQuestions } from './why-asked.ts'

/** Every question there is. Of several that fit, the first one answers. */
export const questions: readonly Question[] = [
  ...ringingQuestions,
  ...whyQuestions,
  ...planQuestions,
  ...groupQuestions,
  ...notifyQuestions,
  ...delegateQuestions,
  ...changesQuestions,
  ...callsQuestions,
  ...howGroupQuestions,
  ...howCallsQuestions,
  ...termsQuestions,
]

type Known = { readonly question: Question; readonly phrase: Phrase }

const known: readonly Known[] = questions.flatMap((question) =>
  question.phrases.map((phrase) => ({ question, phrase: readPhrase(phrase) })),
)

const vocabulary = new Vocabulary([...known.flatMap(({ phrase }) => wordsIn(phrase)), ...ordinals.keys()])

/** The answer to what was asked; null when these words are none of the questions. */
export async function answerTo(turn: Turn, text: string): Promise<Answer | null> {
  const read = readAsked(text, vocabulary)
  if (read === null) return null
  for (const { question, asked } of fits(read)) {
    const answer = await question.answer(turn, asked)
    if (answer !== null) return answer
  }
  return null
}

function* fits({ words, isMarked }: AskedText) {
  for (const { question, phrase } of known) {
    const spans = fitting(words, phrase)
    if (spans) yield { question, asked: new Asked(words, spans, isMarked) }
  }
}
