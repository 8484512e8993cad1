/** The bot's own tokens, by its client secret, for the channel and for Graph. */
import { ConfidentialClientApplication } from '@azure/msal-node'
import { type Clock } from '../clock.ts'
import { keptToken, TokenMissing } from './kept-token.ts'
import { type LoginHost, loginHost } from './login-host.ts'

/** What the bot is registered as. */
export type Registration = {
  readonly tenantId: string
  readonly appId: string
  readonly appPassword: string
}

/** What there are tokens for. */
export const resources = {
  channel: 'https://api.botframework.com',
  graph: 'https://graph.microsoft.com',
} as const

const login = 'https://login.microsoftonline.com/'
/** Nobody waits for a token longer than this, in milliseconds. */
const loginMs = 3000

/** Gives the bot's token for a resource. `host` carries the requests to where tokens are given. */
export function ownToken(
  { tenantId, appId, appPassword }: Registration,
  resource: keyof typeof resources,
  clock: Clock,
  host: LoginHost = loginHost(loginMs),
): () => Promise<string> {
  const scopes = [`${resources[resource]}/.default`]
  const settings = {
    auth: { clientId: appId, authority: `${login}${tenantId}`, clientSecret: appPassword },
    system: { networkClient: host },
  }
  return keptToken(async () => {
    // Anew each time: it would give us the token again that it keeps, and after a failure ask nobody for a minute.
    const application = new ConfidentialClientApplication(settings)
    const given = await application.acquireTokenByClientCredential({ scopes })
    if (!given) throw new TokenMissing()
    // The library reckons by the wall clock, which may be set while the token is kept.
    const lifeMs = given.expiresOn ? given.expiresOn.getTime() - clock.wall() : 0
    return { token: given.accessToken, until: clock.now() + lifeMs }
  }, clock)
}
