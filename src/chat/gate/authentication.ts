/**
 * Who may speak to the bot, and how the bot speaks: the SDK's authentication with the channel's tokens checked here, and
 * our connector behind it. Nothing the SDK builds itself talks to anybody.
 */
import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder'
import {
  type AuthenticateRequestResult,
  ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector'
import { hash } from 'node:crypto'
import { resources } from '../../wire/own-token.ts'
import { isSignedBy, type SignedToken } from '../../wire/signed-token.ts'
import { type SigningKeys } from '../../wire/signing-keys.ts'

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
const teams = 'msteams'

export class GuardedAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #client: (serviceUrl: string) => ConnectorClient
  readonly #keys: SigningKeys
  readonly #result: AuthenticateRequestResult
  /** When what was verified must be verified again. */
  readonly #verified = new Map<string, number>()
  #userTokens: Promise<UserTokenClient> | undefined

  constructor(identity: Identity | null, keys: SigningKeys, client: (serviceUrl: string) => ConnectorClient) {
    const settings = identity ? settingsOf(identity) : {}
    super(settings, new ConfigurationServiceClientCredentialFactory(settings))
    this.#client = client
    this.#keys = keys
    const claims = identity ? [{ type: 'aud', value: identity.appId }] : []
    const claimsIdentity = new ClaimsIdentity(claims, identity ? true : 'anonymous')
    this.#result = {
      audience: resources.channel,
      claimsIdentity,
      connectorFactory: this.createConnectorFactory(),
    }
  }

  override createConnectorFactory(): ConnectorFactory {
    return { create: (serviceUrl: string) => Promise.resolve(this.#client(serviceUrl)) }
  }

  /** Built by the SDK for every turn and used by none of ours: one is enough. */
  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= super.createUserTokenClient(identity)
    return this.#userTokens
  }

  /** What the SDK's turn needs to know once somebody was let in. */
  get letIn(): AuthenticateRequestResult {
    return this.#result
  }

  /** Whether the channel was seen to have signed a token for just this, not long ago. */
  isKnown(activity: Activity, header: string, now: number): boolean {
    return (this.#verified.get(nameOf(activity, header)) ?? 0) > now
  }

  /** Whether the channel signed a token of the right shape. Throws KeysMissing when it cannot be known. */
  async isSigned(activity: Activity, header: string, token: SignedToken, now: number): Promise<boolean> {
    const found = await this.#keys.find(token.key)
    if (!found || !maySpeak(found.endorsements, activity.channelId)) return false
    if (!isSignedBy(token, found.key)) return false
    this.#remember(nameOf(activity, header), Math.min(now + rememberedMs, token.expires * 1000))
    return true
  }

  #remember(name: string, until: number): void {
    if (this.#verified.size >= mostRemembered) {
      const [oldest] = this.#verified.keys()
      if (oldest !== undefined) this.#verified.delete(oldest)
    }
    this.#verified.set(name, until)
  }
}

/** A name for everything that the check of a token depends on. */
function nameOf({ channelId, serviceUrl }: Activity, header: string): string {
  return hash('sha256', JSON.stringify([header, channelId, serviceUrl]), 'base64')
}

function maySpeak(endorsements: readonly string[], channel: string): boolean {
  return endorsements.includes(channel) && endorsements.includes(teams)
}

function settingsOf({ appType, appId, appPassword, tenantId }: Identity) {
  return {
    MicrosoftAppType: appType,
    MicrosoftAppId: appId,
    MicrosoftAppPassword: appPassword,
    MicrosoftAppTenantId: tenantId,
  }
}
