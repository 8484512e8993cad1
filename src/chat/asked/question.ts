/** What a question is: the ways to ask it, and the author of its answer, who only ever reads. */
import { type Answer, say } from '../draw/answer.ts'
import { notice } from '../draw/notice.ts'
import { type Button } from '../draw/parts.ts'
import { type Turn } from '../turn.ts'
import { type AskedWord } from './hole-kinds.ts'
import { type Spans } from './phrase.ts'

export type Question = {
  /** What is asked, in a few words. */
  readonly asks: string
  /** See phrase.ts. Of all questions that fit, the first one answers. */
  readonly phrases: readonly string[]
  /** Null when this cannot be what was asked, after all. */
  readonly answer: (turn: Turn, asked: Asked) => Promise<Answer | null>
}

/** A question as it was asked: its words, and what stands in the holes. */
export class Asked {
  readonly #words: readonly AskedWord[]
  readonly #spans: Spans

  /** Whether a question mark ends it. */
  readonly isMarked: boolean

  constructor(words: readonly AskedWord[], spans: Spans, isMarked: boolean) {
    this.isMarked = isMarked
    this.#words = words
    this.#spans = spans
  }

  /** What was typed in this hole; empty when nothing was. */
  hole(name: string): string {
    return this.#in(name)
      .map(({ typed }) => typed)
      .join(' ')
      .replaceAll(" 's", '’s')
  }

  /** The same as it is compared. */
  plain(name: string): string {
    return this.#in(name)
      .map(({ near }) => near)
      .join(' ')
  }

  has(word: string): boolean {
    return this.#words.some(({ plain, near }) => plain === word || near === word)
  }

  /** All of it with something else in this hole. */
  with(name: string, instead: string): string {
    const [from, to] = this.#spans.get(name) ?? [0, 0]
    const typed = (words: readonly AskedWord[]) => words.map((word) => word.typed)
    return [...typed(this.#words.slice(0, from)), instead, ...typed(this.#words.slice(to))].join(' ')
  }

  #in(name: string): readonly AskedWord[] {
    const [from, to] = this.#spans.get(name) ?? [0, 0]
    return this.#words.slice(from, to)
  }
}

/** Sentences as an answer, with a button or two that do the obvious next thing. */
export function tell(sentences: ReadonlyArray<string | undefined>, buttons: readonly Button[] = []): Answer {
  const text = sentences.filter((sentence) => sentence !== undefined && sentence !== '').join(' ')
  return buttons.length === 0 ? say(text) : notice(text, buttons)
}
