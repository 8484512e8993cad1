/** The settings that make the bot somebody in Teams: all of them, or none for local mode. */
import { type Read, SettingsWrong } from './read.ts'
import { identityVariables, type Variable } from './variables.js'

export type BotIdentity = {
  readonly appType: 'SingleTenant'
  readonly appId: string
  readonly appPassword: string
  /** The one tenant this bot serves. */
  readonly tenantId: string
}

/** The bot as it is registered; null in local mode. Half an identity is a mistake: nobody would be authenticated. */
export function readIdentity(read: Read): BotIdentity | null {
  const appId = readAppId(read)
  const appType = read('MicrosoftAppType') || 'SingleTenant'
  if (appId === '') return nobody(read, appType)
  if (appType !== 'SingleTenant') {
    throw new SettingsWrong(`MicrosoftAppType: "${appType}" is not supported. Write SingleTenant.`)
  }
  return {
    appType,
    appId,
    appPassword: required(read, 'MicrosoftAppPassword', 'the client secret of the bot'),
    tenantId: required(
      (name) => readId(read, name),
      'MicrosoftAppTenantId',
      'the id of the one tenant to serve',
    ),
  }
}

/** Local mode, where nobody has set anything that only a registered bot needs. */
function nobody(read: Read, appType: string): null {
  const others = identityVariables.filter((name) =>
    name === 'MicrosoftAppType' ? appType !== 'SingleTenant' : read(name) !== '',
  )
  if (others.length > 0) {
    const are = others.length === 1 ? 'is' : 'are'
    throw new SettingsWrong(
      `MicrosoftAppId is not set, but ${inARow(others)} ${are}. Set it to the app id of the Azure Bot, or remove the rest to run in local mode.`,
    )
  }
  if (read('NODE_ENV') !== 'production') return null
  throw new SettingsWrong(
    'MicrosoftAppId is not set, so nobody could be authenticated. Set it, or unset NODE_ENV=production to run in local mode.',
  )
}

function inARow(names: readonly string[]): string {
  return names.join(', ').replace(/, (?=[^,]*$)/u, ' and ')
}

/** The app id alone, for whoever needs no more; empty when there is none. */
export function readAppId(read: Read): string {
  return readId(read, 'MicrosoftAppId')
}

/** An id has letters, digits, dots and dashes; quotes, brackets and blanks are of whoever wrote it down. */
function readId(read: Read, name: Variable): string {
  const id = read(name)
  if (/^[\w.-]*$/.test(id)) return id
  throw new SettingsWrong(
    `${name} is not an id: it contains more than letters, digits and dashes. Copy it from the Azure portal, like 00000000-0000-0000-0000-000000000000.`,
  )
}

function required(read: Read, name: Variable, what: string): string {
  const value = read(name)
  if (value === '') throw new SettingsWrong(`${name} is not set. With MicrosoftAppId it must be ${what}.`)
  return value
}
