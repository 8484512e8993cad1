/** The only reader of the environment. What cannot work stops the bot here, with a sentence that says what to write. */
import { type ReplyHost, readReplyHost, thisMachine } from '../source/reply-hosts.ts'
import { type DatabaseSettings, readDatabase } from './database.ts'
import {
  type GraphCallSettings,
  type GraphRead,
  readGraphCalls,
  readGraphReads,
  readGraphUrl,
} from './graph.ts'
import { type BotIdentity, readAppId, readIdentity } from './identity.ts'
import { loopback, namesIn, oneOf, type Read, reading, SettingsWrong, type Variables } from './read.ts'
import { type Variable, variables } from './variables.js'

export { variables }

export type Environment = {
  readonly port: number
  readonly host: string
  /** Null: local mode. Nobody is authenticated, and nobody from outside this machine is heard. */
  readonly identity: BotIdentity | null
  readonly dataFolder: string
  /** Null: everything is kept in the data folder. */
  readonly database: DatabaseSettings | null
  readonly callSources: readonly CallSourceName[]
  readonly webhookSecret: string
  /** Private hosts that may be told what becomes of calls. */
  readonly replyHosts: readonly ReplyHost[]
  /** Opens /api/admin; empty: all of it is off. */
  readonly adminKey: string
  /** Who may say `admin` in the chat: object ids and addresses, in small letters. */
  readonly admins: readonly string[]
  /** How long ended calls stay in the log, and how long it is remembered who changed what: days. */
  readonly historyDays: number
  readonly auditDays: number
  /** What is asked of Microsoft Graph about people. */
  readonly graphReads: readonly GraphRead[]
  /** Where Graph is; the public one unless said. */
  readonly graphUrl: string
  /** Null: no calls come from Graph. */
  readonly graphCalls: GraphCallSettings | null
  /** Whether there is a page to try everything out; in local mode only. */
  readonly hasPlayground: boolean
  readonly logLevel: LogLevel
}

export type CallSourceName = 'simulated' | 'webhook' | 'graph'
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

const callSourceNames: readonly CallSourceName[] = ['simulated', 'webhook', 'graph']
const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']
/** Shorter secrets can be guessed. */
const shortestSecret = 16

/** Reads the settings; throws SettingsWrong at the first that cannot work. An empty value counts as not set. */
export function readEnvironment(env: Variables): Environment {
  const read = reading(env)
  const identity = readIdentity(read)
  const callSources = readCallSources(read, identity === null)
  return {
    port: readPort(read('PORT')),
    host: readHost(read('HOST'), identity === null),
    identity,
    dataFolder: read('DATA_DIR') || './data',
    database: readDatabase(read),
    callSources,
    webhookSecret: readSecret(
      read,
      'CALL_WEBHOOK_SECRET',
      callSources.includes('webhook') ? 'when CALL_SOURCES has webhook: it signs every call' : null,
    ),
    replyHosts: readReplyHosts(read('CALL_REPLY_HOSTS'), identity === null),
    adminKey: readSecret(
      read,
      'ADMIN_API_KEY',
      read('ADMIN_API_KEY') === '' ? null : 'or be left out: it opens every setting of everybody',
    ),
    admins: namesIn(read('ADMINS')),
    graphReads: readGraphReads(read, identity === null),
    graphUrl: readGraphUrl(read('GRAPH_URL') || 'https://graph.microsoft.com/v1.0'),
    graphCalls: callSources.includes('graph') ? readGraphCalls(read, identity === null) : null,
    historyDays: readDays('HISTORY_DAYS', read('HISTORY_DAYS') || '90'),
    auditDays: readDays('AUDIT_DAYS', read('AUDIT_DAYS') || '365'),
    hasPlayground:
      oneOf('PLAYGROUND', read('PLAYGROUND') || 'on', ['on', 'off']) === 'on' && identity === null,
    logLevel: oneOf('LOG_LEVEL', read('LOG_LEVEL') || 'info', logLevels),
  }
}

/** What making the app package needs to know of the bot alone; null while it has no app id. */
export function readBot(env: Variables): { readonly id: string; readonly supportsCalling: boolean } | null {
  const read = reading(env)
  const id = readAppId(read)
  return id === '' ? null : { id, supportsCalling: namesIn(read('CALL_SOURCES')).includes('graph') }
}

function readPort(text: string): number {
  const port = Number(text || '3978')
  if (/^\d*$/.test(text) && port <= 65_535) return port
  throw new SettingsWrong(`PORT: "${text}" is not a port. Write a number from 1 to 65535.`)
}

function readHost(host: string, isLocal: boolean): string {
  if (!isLocal) return host || '0.0.0.0'
  if (host === '' || loopback.includes(host)) return host || '127.0.0.1'
  throw new SettingsWrong(
    'HOST: without MicrosoftAppId the bot listens on this machine only. Remove HOST, or write 127.0.0.1.',
  )
}

function readCallSources(read: Read, isLocal: boolean): readonly CallSourceName[] {
  const text = read('CALL_SOURCES')
  if (text === '') return isLocal ? ['simulated'] : []
  return namesIn(text).map((name) => oneOf('CALL_SOURCES', name, callSourceNames))
}

/** In local mode a telephone system on this machine needs no setting: everything is on this machine. */
function readReplyHosts(text: string, isLocal: boolean): readonly ReplyHost[] {
  const named = namesIn(text).map((entry) => {
    const host = readReplyHost(entry)
    if (host) return host
    throw new SettingsWrong(
      `CALL_REPLY_HOSTS: "${entry}" is not a host name, address or network. Separate entries with commas, like pbx.contoso.com, 10.0.0.7:8080, 10.20.0.0/16.`,
    )
  })
  return isLocal ? [...thisMachine, ...named] : named
}

/** A secret that is needed must be long enough; `why` says what it is for, null that nobody needs it. */
function readSecret(read: Read, name: Variable, why: string | null): string {
  const secret = read(name)
  if (why === null || secret.length >= shortestSecret) return secret
  throw new SettingsWrong(`${name} must have at least ${shortestSecret} characters ${why}.`)
}

function readDays(name: Variable, text: string): number {
  const days = Number(text)
  if (Number.isInteger(days) && days >= 1 && days <= 3650) return days
  throw new SettingsWrong(`${name}: "${text}" is not a number of days. Write a number from 1 to 3650.`)
}
