/** The only reader of the environment. What cannot work stops the bot here, with a sentence that says what to write. */
import {
  type GraphCallSettings,
  type GraphRead,
  readGraphCalls,
  readGraphReads,
  readGraphUrl,
} from './graph-settings.ts'
import { type DatabaseSettings, readDatabase } from './database-settings.ts'
import { loopback, namesIn, oneOf, SettingsWrong } from './settings.ts'

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
  readonly logLevel: LogLevel
}

export type BotIdentity = {
  readonly appType: 'SingleTenant'
  readonly appId: string
  readonly appPassword: string
  /** The one tenant this bot serves. */
  readonly tenantId: string
}

export type CallSourceName = 'simulated' | 'webhook' | 'graph'
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Every variable that is read; `.env.example` explains them. */
export const variables = [
  'PORT',
  'HOST',
  'MicrosoftAppType',
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppTenantId',
  'DATA_DIR',
  'DATABASE_URL',
  'DATABASE_SCHEMA',
  'DATABASE_CONNECTIONS',
  'DATABASE_POOLER',
  'CALL_SOURCES',
  'CALL_WEBHOOK_SECRET',
  'ADMIN_API_KEY',
  'ADMINS',
  'GRAPH_READS',
  'GRAPH_URL',
  'PUBLIC_URL',
  'GRAPH_DEFAULT_OWNER',
  'GRAPH_VOICEMAIL_NUMBER',
  'GRAPH_MOST_CALLS',
  'HISTORY_DAYS',
  'AUDIT_DAYS',
  'LOG_LEVEL',
  'NODE_ENV',
] as const

type Variable = (typeof variables)[number]
export type Read = (name: Variable) => string

const callSourceNames: readonly CallSourceName[] = ['simulated', 'webhook', 'graph']
const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']
/** Shorter secrets can be guessed. */
const shortestSecret = 16

/** Reads the settings; throws SettingsWrong at the first that cannot work. An empty value counts as not set. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const read: Read = (name) => (env[name] ?? '').trim()
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
    logLevel: oneOf('LOG_LEVEL', read('LOG_LEVEL') || 'info', logLevels),
  }
}

/** What making the app package needs to know of the bot alone; null while it has no app id. */
export function readBot(
  env: Readonly<Record<string, string | undefined>>,
): { readonly id: string; readonly supportsCalling: boolean } | null {
  const id = (env['MicrosoftAppId'] ?? '').trim()
  return id === '' ? null : { id, supportsCalling: namesIn(env['CALL_SOURCES'] ?? '').includes('graph') }
}

function readIdentity(read: Read): BotIdentity | null {
  const appId = read('MicrosoftAppId')
  if (appId === '') {
    if (read('NODE_ENV') !== 'production') return null
    throw new SettingsWrong(
      'MicrosoftAppId is not set, so nobody could be authenticated. Set it, or unset NODE_ENV=production to run in local mode.',
    )
  }
  const appType = read('MicrosoftAppType') || 'SingleTenant'
  if (appType !== 'SingleTenant') {
    throw new SettingsWrong(`MicrosoftAppType: "${appType}" is not supported. Write SingleTenant.`)
  }
  return {
    appType,
    appId,
    appPassword: required(read, 'MicrosoftAppPassword', 'the client secret of the bot'),
    tenantId: required(read, 'MicrosoftAppTenantId', 'the id of the one tenant to serve'),
  }
}

function required(read: Read, name: Variable, what: string): string {
  const value = read(name)
  if (value === '') throw new SettingsWrong(`${name} is not set. With MicrosoftAppId it must be ${what}.`)
  return value
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
    `HOST: without MicrosoftAppId the bot listens on this machine only. Remove HOST, or write 127.0.0.1.`,
  )
}

function readCallSources(read: Read, isLocal: boolean): readonly CallSourceName[] {
  const text = read('CALL_SOURCES')
  if (text === '') return isLocal ? ['simulated'] : []
  return namesIn(text).map((name) => oneOf('CALL_SOURCES', name, callSourceNames))
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
