/** The only reader of the environment. What cannot work stops the bot here, with a sentence that says what to write. */

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
  readonly logLevel: LogLevel
}

export type BotIdentity = {
  readonly appType: 'SingleTenant'
  readonly appId: string
  readonly appPassword: string
  /** The one tenant this bot serves. */
  readonly tenantId: string
}

export type DatabaseSettings = {
  readonly url: string
  readonly schema: string
  /** How many connections this instance uses for requests. */
  readonly connections: number
}

export type GraphRead = 'eligibility' | 'presence'
export type CallSourceName = 'simulated' | 'webhook'
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** A setting that is wrong or missing; the message says which, and what to do. */
export class SettingsWrong extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SettingsWrong'
  }
}

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
  'CALL_SOURCES',
  'CALL_WEBHOOK_SECRET',
  'ADMIN_API_KEY',
  'ADMINS',
  'GRAPH_READS',
  'GRAPH_URL',
  'HISTORY_DAYS',
  'AUDIT_DAYS',
  'LOG_LEVEL',
  'NODE_ENV',
] as const

type Variable = (typeof variables)[number]
type Read = (name: Variable) => string

const loopback = ['127.0.0.1', 'localhost', '::1']
const callSourceNames: readonly CallSourceName[] = ['simulated', 'webhook']
const graphReadNames: readonly GraphRead[] = ['eligibility', 'presence']
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
    historyDays: readDays('HISTORY_DAYS', read('HISTORY_DAYS') || '90'),
    auditDays: readDays('AUDIT_DAYS', read('AUDIT_DAYS') || '365'),
    logLevel: oneOf('LOG_LEVEL', read('LOG_LEVEL') || 'info', logLevels),
  }
}

/** The bot's app id alone, for making the app package; null when it is not set. */
export function readBotId(env: Readonly<Record<string, string | undefined>>): string | null {
  return (env['MicrosoftAppId'] ?? '').trim() || null
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

/** Nothing of the address is repeated in what is said of it: it may hold a password. */
function readDatabase(read: Read): DatabaseSettings | null {
  const url = read('DATABASE_URL')
  if (url === '') return null
  if (!/^postgres(ql)?:\/\/./.test(url)) {
    throw new SettingsWrong(
      'DATABASE_URL is not the address of a PostgreSQL database. Write postgresql://user:password@host:5432/database.',
    )
  }
  const schema = read('DATABASE_SCHEMA') || 'call_pickup'
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new SettingsWrong(
      `DATABASE_SCHEMA: "${schema}" cannot be the name of a schema here. Use small letters, digits and underscores.`,
    )
  }
  return { url, schema, connections: readConnections(read('DATABASE_CONNECTIONS') || '8') }
}

function readConnections(text: string): number {
  const connections = Number(text)
  if (Number.isInteger(connections) && connections >= 1 && connections <= 100) return connections
  throw new SettingsWrong(
    `DATABASE_CONNECTIONS: "${text}" is not a number of connections. Write a number from 1 to 100.`,
  )
}

/** Graph knows the bot by its registration: without one there is nobody to ask as. */
function readGraphReads(read: Read, isLocal: boolean): readonly GraphRead[] {
  const reads = namesIn(read('GRAPH_READS')).map((name) => oneOf('GRAPH_READS', name, graphReadNames))
  if (reads.length === 0 || !isLocal) return reads
  throw new SettingsWrong(
    'GRAPH_READS: Microsoft Graph is asked as the bot, so set MicrosoftAppId too, or remove it.',
  )
}

/** Tokens go there, so it must be a place that nobody else can play. */
function readGraphUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isLoopback = url !== null && loopback.includes(url.hostname)
  if (url?.protocol === 'https:' || (isLoopback && url.protocol === 'http:')) return text
  throw new SettingsWrong(
    `GRAPH_URL: "${text}" is not an https address. Write https://graph.microsoft.com/v1.0.`,
  )
}

/** A list as people write it: commas, blanks around them, any letters. */
function namesIn(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim().toLowerCase())
  return names.filter((name) => name !== '')
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

function oneOf<T extends string>(name: Variable, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value)
  if (found !== undefined) return found
  throw new SettingsWrong(`${name}: "${value}" is not known in this version. Write ${allowed.join(' or ')}.`)
}
