/**
 * What may stand in a script of PowerShell. Windows PowerShell may read a file in the code page of its machine, where bytes
 * of other letters are quotes, and it takes curly quotes for straight ones: so nothing but ASCII is written, and of it only
 * what a name, a number or a word of the cmdlets can have.
 */
import { isObjectId } from '../core/person.ts'

/** Entra allows A-Z a-z 0-9 ' . - _ ! # ^ ~ in a user principal name before its @, and a domain behind it. */
const nameInEntra = /^(?:sip:)?[\w'.!#^~-]{1,64}@[a-z0-9.-]{1,255}$/i
const number = /^\+?\d{2,15}(?:;ext=\d{1,10})?$/
/** The cmdlets' own words, and a delay. */
const word = /^(?:[A-Z][A-Za-z]{1,40}|00:0[01]:[0-5]\d)$/

/** A person as Teams can be told of them; null when no name in Entra is like that. */
export function quotedPerson(name: string): string | null {
  return nameInEntra.test(name) || isObjectId(name) ? quoted(name) : null
}

/** A person or a telephone number; null when it is neither. */
export function quotedTarget(target: string): string | null {
  return number.test(target) ? quoted(target) : quotedPerson(target)
}

/** A word of the cmdlets or a delay. They are the bot's own: any other is a fault of the bot. */
export function quotedWord(text: string): string {
  if (word.test(text)) return quoted(text)
  throw new Error('no word of the cmdlets')
}

/** A line that PowerShell skips, about people who are `shown`. */
export function remark(text: string): string {
  return `# ${text}`
}

/** A remark that somebody is left out by whose name Teams cannot know them. */
export function leftOut(where: string, name: string): string {
  return remark(
    `Left out ${where}: ${shown(name)}. Teams knows people by object ids, or addresses of A to Z, digits and . - _ ' ! # ^ ~ alone.`,
  )
}

/** As much of a name as a remark can hold: cut short, and with a ? for every sign that few names have. */
export function shown(name: string): string {
  return name.slice(0, 64).replace(/[^\w@.':+ -]/g, '?')
}

/** In single quotes nothing means anything to PowerShell but a quote, which is doubled. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
