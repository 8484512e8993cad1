/** People as the rules of calling know them: a stable id, a name, perhaps an address. */

/**
 * Opaque and stable for as long as we know somebody: the Entra object id, else the channel's user id,
 * else the address by which they were first named. Always lower case.
 */
export type PersonId = string

export type Person = {
  readonly id: PersonId
  readonly name: string
  /** Plain and lower case: no `sip:` in front. */
  readonly address?: string
}

/** E.164 with an optional `;ext=`, or a short number of an office: digits only, as dialled. */
export type PhoneNumber = string

/** An address or id as it is compared and kept: no `sip:` or `mailto:` in front, no outer blanks, lower case. */
export function plainAddress(text: string): string {
  const trimmed = text.trim().toLowerCase()
  for (const scheme of ['sip:', 'mailto:']) {
    if (trimmed.startsWith(scheme)) return trimmed.slice(scheme.length)
  }
  return trimmed
}

const objectId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether the text is an Entra object id. */
export function isObjectId(text: string): boolean {
  return objectId.test(text.toLowerCase())
}

/** Whether the text reads as an address: something, one @, a domain; no blanks; 320 characters at most (RFC 3696). */
export function isAddress(text: string): boolean {
  if (text.length > 320 || /[\s<>"'(),:;\\[\]]/.test(text)) return false
  const at = text.indexOf('@')
  return at > 0 && at === text.lastIndexOf('@') && at < text.length - 1 && !text.endsWith('.')
}

/**
 * Reads a telephone number as people write it ("+44 (0)20 7946 0000", "tel:+4420…;ext=12", "4711").
 * Null when it is neither E.164 (7 to 15 digits after the +) nor a short number (2 to 15 digits).
 */
export function readPhoneNumber(text: string): PhoneNumber | null {
  const bare = text.trim().toLowerCase().replace(/^tel:/, '')
  const [main = '', ...rest] = bare.split(';')
  const digits = main.replace('(0)', '').replace(/[\s().\-/]/g, '')
  if (!/^(\+[0-9]{7,15}|[0-9]{2,15})$/.test(digits)) return null
  if (rest.length === 0) return digits
  const extension = /^(?:ext=)?([0-9]{1,10})$/.exec(rest.join(';').trim())?.[1]
  return extension === undefined ? null : `${digits};ext=${extension}`
}
