/** The settings for Microsoft Graph: what it is asked about people, and how calls come from it. */
import { isAddress, isInternational, isObjectId, plainAddress, readPhoneNumber } from '../core/person.ts'
import { loopback, namesIn, oneOf, type Read, SettingsWrong, urlNamed } from './read.ts'

export type GraphRead = 'eligibility' | 'presence'

export type GraphCallSettings = {
  /** Where Graph reaches the bot from outside; without a slash at its end. */
  readonly publicUrl: string
  /** Whose calls are those that nobody is named for: an address or object id; empty: they are turned away. */
  readonly defaultOwner: string
  /** The number of a voicemail; empty: calls that would go to voicemail are ended. */
  readonly voicemailNumber: string
  readonly mostCalls: number
}

const graphReadNames: readonly GraphRead[] = ['eligibility', 'presence']
/** Graph lets an application hold so many calls at a time. */
const mostOfAll = 100

/** Graph knows the bot by its registration: without one there is nobody to ask as. */
export function readGraphReads(read: Read, isLocal: boolean): readonly GraphRead[] {
  const reads = namesIn(read('GRAPH_READS')).map((name) => oneOf('GRAPH_READS', name, graphReadNames))
  if (reads.length === 0 || !isLocal) return reads
  throw new SettingsWrong(
    'GRAPH_READS: Microsoft Graph is asked as the bot, so set MicrosoftAppId too, or remove it.',
  )
}

const graphHost = 'graph.microsoft.com'

/** The bot's tokens are for this Graph alone; tests bring one on this machine. Other clouds have other logins and keys, too. */
export function readGraphUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain = url?.username === '' && url.password === ''
  const isGraph = url?.protocol === 'https:' && url.host === graphHost
  const isHere = url !== null && /^https?:$/u.test(url.protocol) && loopback.includes(url.hostname)
  if (isPlain && (isGraph || isHere)) return text
  throw new SettingsWrong(
    `${urlNamed('GRAPH_URL', text)} is not the Microsoft Graph of the public cloud and GCC, and the bot serves no other cloud. Remove it, or write https://${graphHost}/v1.0.`,
  )
}

/** How calls come from Graph. */
export function readGraphCalls(read: Read, isLocal: boolean): GraphCallSettings {
  if (isLocal)
    throw new SettingsWrong(
      'CALL_SOURCES: calls come from Microsoft Graph to a registered bot only. Set MicrosoftAppId too, or leave graph out.',
    )
  return {
    publicUrl: readPublicUrl(read('PUBLIC_URL')),
    defaultOwner: readOwner(read('GRAPH_DEFAULT_OWNER')),
    voicemailNumber: readNumber(read('GRAPH_VOICEMAIL_NUMBER')),
    mostCalls: readMostCalls(read('GRAPH_MOST_CALLS') || String(mostOfAll)),
  }
}

/** Graph posts to https only, and fetches the ringback there. */
function readPublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (url?.protocol === 'https:' && isPlain) return url.href.replace(/\/$/u, '')
  throw new SettingsWrong(
    `${urlNamed('PUBLIC_URL', text)} is not where Microsoft Graph can reach the bot. Write its https address, like https://pickup.contoso.com.`,
  )
}

function readOwner(text: string): string {
  if (text === '' || isAddress(plainAddress(text)) || isObjectId(text)) return plainAddress(text)
  throw new SettingsWrong(
    `GRAPH_DEFAULT_OWNER: "${text}" is nobody. Write an address like ann@contoso.com, or an object id.`,
  )
}

function readNumber(text: string): string {
  const number = readPhoneNumber(text)
  if (text === '') return ''
  if (number !== null && isInternational(number)) return number
  throw new SettingsWrong(
    `GRAPH_VOICEMAIL_NUMBER: "${text}" is not a number that Teams can call. Write it with its country and without an extension, like +44 20 7946 0000.`,
  )
}

function readMostCalls(text: string): number {
  const calls = Number(text)
  if (Number.isInteger(calls) && calls >= 1 && calls <= mostOfAll) return calls
  throw new SettingsWrong(`GRAPH_MOST_CALLS: "${text}" is not a number of calls. Write 1 to ${mostOfAll}.`)
}
