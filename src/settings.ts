/** How settings are read from text, and what is said when one cannot work. */

/** A setting that is wrong or missing; the message says which, and what to do. */
export class SettingsWrong extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SettingsWrong'
  }
}

/** The names of this machine. */
export const loopback = ['127.0.0.1', 'localhost', '::1']

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
