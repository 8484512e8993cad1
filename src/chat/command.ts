/** What a command is. The table of all commands is commands.ts; routing, help and the Teams manifest come from it. */
import { type Answer } from './draw/answer.ts'
import { type CardInput } from './draw/input.ts'
import { type Turn } from './turn.ts'

export type Command = {
  /** What help shows and the manifest lists; parts in angle brackets are to be filled in. */
  readonly title: string
  readonly description: string
  /**
   * Ways to say it, each ending where the filled-in part begins, or with <person> where it stands; <seconds> at the end
   * stands for a number. The longest wins.
   */
  readonly phrases: readonly string[]
  /** Ways to say it behind which nothing else may stand: "busy on busy" declines nothing. */
  readonly alone?: readonly string[]
  readonly topic: 'Calls' | 'Your call group' | 'Your settings' | 'Administration' | 'Trying it out'
  /** Teams shows a short list of commands above the text box; these are in it. */
  readonly inManifest?: true
  /** Absent: always. */
  readonly isOffered?: (turn: Turn) => boolean
  readonly run: (turn: Turn, rest: readonly string[]) => Promise<Answer>
}

/** What a click on a card does: its data is a stranger's letter, read by the function before it is used. */
export type Click = (turn: Turn, given: CardInput) => Promise<Answer>
