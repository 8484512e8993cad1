/** The SDK's authentication with our guards in front and our connector behind: nothing it builds itself talks to anybody. */
import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder'
import {
  AuthenticationConfiguration,
  type AuthenticateRequestResult,
  type ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector'
import { createHash } from 'node:crypto'
import { type TokenShape } from './token-shape.ts'

/** What the bot is registered as; null in local mode, where nobody is authenticated. */
export type Identity = {
  readonly appType: string
  readonly appId: string
  readonly appPassword: string
  readonly tenantId: string
}

/** A verified token is believed for this long at most, in milliseconds. */
const rememberedMs = 5 * 60 * 1000
const mostRemembered = 1000
const channelScope = 'https://api.botframework.com'
const loginUrl = 'https://login.microsoftonline.com/'

type Remembered = { readonly until: number; readonly identity: ClaimsIdentity }

export class GuardedAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #client: (serviceUrl: string) => ConnectorClient
  readonly #verified = new Map<string, Remembered>()
  #userTokens: Promise<UserTokenClient> | undefined

  constructor(identity: Identity | null, client: (serviceUrl: string) => ConnectorClient) {
    const settings = identity ? settingsOf(identity) : {}
    const checks = new AuthenticationConfiguration(['msteams'], (claims) => Promise.resolve(void claims))
    super(settings, new ConfigurationServiceClientCredentialFactory(settings), checks)
    this.#client = client
  }

  override createConnectorFactory(): ConnectorFactory {
    return { create: (serviceUrl: string) => Promise.resolve(this.#client(serviceUrl)) }
  }

  /** Built by the SDK for every turn and used by none of ours: one is enough. */
  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= super.createUserTokenClient(identity)
    return this.#userTokens
  }

  /** Verifies the token, or remembers that it did: the key holds everything that the check depends on. */
  async verify(
    activity: Activity,
    header: string,
    shape: TokenShape,
    now: number,
  ): Promise<AuthenticateRequestResult> {
    const { channelId, serviceUrl } = activity
    const key = createHash('sha256')
      .update(JSON.stringify([header, channelId, serviceUrl]))
      .digest('base64')
    const known = this.#verified.get(key)
    if (known && known.until > now) return this.#result(known.identity)
    const { claimsIdentity } = await super.authenticateRequest(activity, header)
    this.#remember(key, {
      identity: claimsIdentity,
      until: Math.min(now + rememberedMs, shape.expires * 1000),
    })
    return this.#result(claimsIdentity)
  }

  /** Local mode: nobody is asked who they are. */
  async anonymous(activity: Activity): Promise<AuthenticateRequestResult> {
    const { claimsIdentity } = await super.authenticateRequest(activity, '')
    return this.#result(claimsIdentity)
  }

  #result(claimsIdentity: ClaimsIdentity): AuthenticateRequestResult {
    return { audience: channelScope, claimsIdentity, connectorFactory: this.createConnectorFactory() }
  }

  #remember(key: string, value: Remembered): void {
    if (this.#verified.size >= mostRemembered) {
      const [oldest] = this.#verified.keys()
      if (oldest !== undefined) this.#verified.delete(oldest)
    }
    this.#verified.set(key, value)
  }
}

/** Gives the bot's own token for the channel: one request at a time, however many ask. */
export function tokenSource(identity: Identity | null): () => Promise<string | null> {
  if (!identity) return () => Promise.resolve(null)
  const factory = new ConfigurationServiceClientCredentialFactory(settingsOf(identity))
  let asked: Promise<string> | null = null
  const ask = async (): Promise<string> => {
    const login = `${loginUrl}${identity.tenantId}`
    const credentials = await factory.createCredentials(identity.appId, channelScope, login, true)
    if (!('getToken' in credentials)) throw new Error('these credentials give no token')
    return (credentials as { getToken(): Promise<string> }).getToken()
  }
  return () => {
    asked ??= ask().finally(() => (asked = null))
    return asked
  }
}

function settingsOf({ appType, appId, appPassword, tenantId }: Identity) {
  return {
    MicrosoftAppType: appType,
    MicrosoftAppId: appId,
    MicrosoftAppPassword: appPassword,
    MicrosoftAppTenantId: tenantId,
  }
}
