/** Who changes something, and through which door they came. */
import { type PersonId } from '../core/person.ts'

/** `delegate` and `admin`: in the chat, on somebody else's sheet. `bot`: nobody asked for it. */
export type Door = 'chat' | 'delegate' | 'admin' | 'http' | 'terminal' | 'bot'

export type Author = {
  /** Null for somebody who came with the admin key, and for the bot. */
  readonly person: PersonId | null
  readonly door: Door
  /** Nobody is told, as in an import before people have opened the bot. */
  readonly isQuiet?: boolean
}

/** Somebody who changes their own settings in the chat. */
export function themselves(person: PersonId): Author {
  return { person, door: 'chat' }
}

/** Changes that nobody asked for and that mean nothing new to those concerned. */
export const theBot: Author = { person: null, door: 'bot' }

/** Whether somebody came as an admin, whose changes are told as the admin's. */
export function isAdmin({ door }: Author): boolean {
  return door === 'admin' || door === 'http' || door === 'terminal'
}
