/** The bot's token for Graph. */
import { ConfidentialClientApplication } from '@azure/msal-node'
import { type Clock } from '../store/clock.ts'
import { keptToken, TokenMissing } from '../wire/kept-token.ts'
import { type LoginHost, loginHost } from './login-host.ts'

/** What the bot is registered as. */
export type GraphIdentity = {
  readonly tenantId: string
  readonly appId: string
  readonly appPassword: string
}

const login = 'https://login.microsoftonline.com/'
const scope = 'https://graph.microsoft.com/.default'
/** Nobody waits for a token longer than this, in milliseconds. */
const loginMs = 3000

/** Gives the bot's token for Graph, by its client secret. `host` carries the requests to where tokens are given. */
export function graphToken(
  { tenantId, appId, appPassword }: GraphIdentity,
  clock: Clock,
  host: LoginHost = loginHost(loginMs),
): () => Promise<string> {
  const application = new ConfidentialClientApplication({
    auth: { clientId: appId, authority: `${login}${tenantId}`, clientSecret: appPassword },
    system: { networkClient: host },
  })
  return keptToken(async () => {
    // What the library keeps it would give us again where we ask for another.
    const given = await application.acquireTokenByClientCredential({ scopes: [scope], skipCache: true })
    if (!given) throw new TokenMissing()
    return { token: given.accessToken, until: given.expiresOn?.getTime() ?? clock.now() }
  }, clock)
}
