/** What a command is. The table of all commands is commands.ts; routing, help and the Teams manifest come from it. */
import { type Answer, type Turn } from './turn.ts'

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

/** The data of a click: what the card carried, and what was filled in. */
export type CardInput = Readonly<Record<string, unknown>>

/** A text of a click's data; empty when it is missing or something else. */
export function textIn(given: CardInput, name: string): string {
  const value = given[name]
  return typeof value === 'string' ? value.slice(0, 4000) : ''
}
