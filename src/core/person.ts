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

const schemes = ['sip:', 'mailto:']

/** An address or id as it is compared and kept: no `sip:` or `mailto:` in front, no outer blanks, lower case. */
export function plainAddress(text: string): string {
  const trimmed = text.trim().toLowerCase()
  const scheme = schemes.find((one) => trimmed.startsWith(one)) ?? ''
  return trimmed.slice(scheme.length)
}

const objectId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether the text is an Entra object id. */
export function isObjectId(text: string): boolean {
  return objectId.test(text.toLowerCase())
}

/** What keeps a text from being an address. */
export type AddressFault = 'at' | 'name' | 'dots' | 'characters' | 'domain' | 'length'

/**
 * Letters of any alphabet (RFC 6531: Entra has ASCII only, but telephone systems bring mail addresses, too), digits, and
 * what else a dot-atom holds (RFC 5322), which is more than Entra allows: ' . - _ ! # ^ ~
 */
const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+\-/=?^_`{|}~.]+$/u
const label = /^[\p{L}\p{M}\p{N}-]+$/u
/** RFC 3696. */
const longestAddress = 320

/** Why nobody can have this address; null when somebody can. */
export function addressFault(text: string): AddressFault | null {
  const [local = '', domain, ...more] = text.split('@')
  if (domain === undefined || more.length > 0) return 'at'
  if (text.length > longestAddress) return 'length'
  if (local === '') return 'name'
  if (local.split('.').includes('')) return 'dots'
  if (!localPart.test(local)) return 'characters'
  const labels = domain.split('.')
  const isDomain = labels.length > 1 && labels.every(isLabel)
  return isDomain ? null : 'domain'
}

/** A part of a domain; the longest has 63 characters (RFC 1035). */
function isLabel(text: string): boolean {
  return label.test(text) && text.length <= 63 && !text.startsWith('-') && !text.endsWith('-')
}

/** Whether somebody can have this address. */
export function isAddress(text: string): boolean {
  return addressFault(text) === null
}

/**
 * Whether the text was meant as an address: one @ inside a single word. Nobody new is kept under one that cannot be, but
 * whoever was before addresses were looked at closely stays known by it.
 */
export function isMeantAsAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/u.test(text)
}

/** Whether the address is that of a guest: people of other organizations have #EXT# in theirs here. */
export function isGuest(address: string): boolean {
  return address.toLowerCase().includes('#ext#')
}

/** What stands round an address without being part of it. */
const outside = new Set(' \t\n\u00a0‘’‚‛“”„‟"\'«»‹›`´…–—―/\\<>()[],;:.!?，、；：。！？（）［］¡¿·•')
/** What may begin an address, but is not part of it where its like stands at the end: no domain ends with it. */
const paired: ReadonlyMap<string, string> = new Map([
  ['*', '*'],
  ['_', '_'],
  ['~', '~'],
  ['|', '|'],
  ['}', '{'],
])

/**
 * Reads an address as people write and paste it: "Bo <bo@contoso.com>", “bo@contoso.com”., mailto:bo@contoso.com,
 * [Bo](mailto:bo@contoso.com). A telephone types pat.o’brien for pat.o'brien. Null when there is none, or more than one.
 */
export function readAddress(text: string): string | null {
  const parts = text.toLowerCase().split(/[<>()[\]（）［］]/u)
  const found = new Set(parts.map(addressedIn).filter(isAddress))
  const [only = null] = found
  return found.size === 1 ? only : null
}

/** What a part without brackets says, when that is an address. In a link, characters may stand as %27 (RFC 6068). */
function addressedIn(part: string): string {
  const [, link] = part.split('mailto:')
  const linked = link?.replace(/%([2-7][0-9a-f])/gu, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  return straightApostrophes(withoutOutside(linked ?? part).normalize('NFKC'))
}

/** The apostrophe of a keyboard where a telephone or a word processor wrote its curly one. */
export function straightApostrophes(text: string): string {
  return text.replace(/[‘’ʼ]/gu, "'")
}

/** A dot ends a sentence, but begins none: ".bo@contoso.com" is no address. */
function isBefore(character: string): boolean {
  return character === '@' || (character !== '.' && outside.has(character))
}

/** The text without what stands round it. */
function withoutOutside(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end) {
    const [first, last] = [text.charAt(start), text.charAt(end - 1)]
    const scheme = schemes.find((one) => text.startsWith(one, start))
    if (outside.has(last)) end -= 1
    else if (paired.has(last)) {
      end -= 1
      if (paired.get(last) === first) start += 1
    } else if (isBefore(first)) start += 1
    else if (scheme === undefined) break
    else start += scheme.length
  }
  return text.slice(start, Math.max(start, end))
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

/** Whether this number can be called from everywhere: with its country, and without an extension. */
export function isInternational(number: PhoneNumber): boolean {
  return /^\+[0-9]{7,15}$/.test(number)
}
