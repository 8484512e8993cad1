/** How settings are read from text, and what is said when one cannot work. */
import { identityVariables, type Variable, variableMeant } from './variables.js'

/** A setting that is wrong or missing; the message says which, and what to do. */
export class SettingsWrong extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SettingsWrong'
  }
}

/** Variables and what they are set to, as in the environment of a process. */
export type Variables = Readonly<Record<string, string | undefined>>
export type Read = (name: Variable) => string

/**
 * How a variable is read: without blanks around it. Throws when the bot would be nobody because a name of its identity is
 * not quite right; where the right one is set, the other is somebody else's.
 */
export function reading(env: Variables): Read {
  const read: Read = (name) => (env[name] ?? '').trim()
  for (const [name, value] of Object.entries(env)) {
    const meant = variableMeant(name, identityVariables)
    if (meant === null || (value ?? '').trim() === '' || read(meant) !== '') continue
    throw new SettingsWrong(`${name} is set, which the bot does not read. Write ${meant}, exactly so.`)
  }
  return read
}

/** The names of this machine. */
export const loopback = ['127.0.0.1', 'localhost', '::1']

/** A URL with its name, as it may be repeated: one that has room for a password, a key or a token is only named. */
export function urlNamed(name: Variable, text: string): string {
  return /[@?#]/.test(text) ? name : `${name}: "${text}"`
}

/** A list as people write it: commas, blanks around them, any letters. */
export function namesIn(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim().toLowerCase())
  return names.filter((name) => name !== '')
}

/** A word that stands in the list; any other stops the bot. */
export function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value)
  if (found !== undefined) return found
  throw new SettingsWrong(`${name}: "${value}" is not known in this version. Write ${allowed.join(' or ')}.`)
}
