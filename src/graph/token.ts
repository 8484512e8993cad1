/** The bot's token for Graph: asked for once by however many wait, kept until shortly before its end. */
import { ConfidentialClientApplication } from '@azure/msal-node'
import { type Clock } from '../store/clock.ts'
import { type LoginHost, loginHost } from './login-host.ts'

/** What the bot is registered as. */
export type GraphIdentity = {
  readonly tenantId: string
  readonly appId: string
  readonly appPassword: string
}

export type Token = {
  readonly token: string
  /** When it ends: milliseconds since 1970. */
  readonly until: number
}

const login = 'https://login.microsoftonline.com/'
const scope = 'https://graph.microsoft.com/.default'
/** A token is renewed this long before its end, or after half of a shorter life. */
const renewBeforeMs = 5 * 60 * 1000
/** A token is good enough to be sent while it has this long to go. */
const usableMs = 10_000
/** Somebody may be waiting for the call that waits for the token. */
const patienceMs = 3000
const afterFailureMs = 5000

/** No token for Graph could be had. */
export class NoGraphToken extends Error {
  constructor() {
    super('no token for Microsoft Graph could be had')
    this.name = 'NoGraphToken'
  }
}

/** Gives the bot's token for Graph, by its client secret. `host` carries the requests to where tokens are given. */
export function graphToken(
  { tenantId, appId, appPassword }: GraphIdentity,
  clock: Clock,
  host: LoginHost = loginHost(patienceMs),
): () => Promise<string> {
  const application = new ConfidentialClientApplication({
    auth: { clientId: appId, authority: `${login}${tenantId}`, clientSecret: appPassword },
    system: { networkClient: host },
  })
  return keptToken(async () => {
    // What the library keeps it would give us again where we ask for another.
    const given = await application.acquireTokenByClientCredential({ scopes: [scope], skipCache: true })
    if (!given) throw new NoGraphToken()
    return { token: given.accessToken, until: given.expiresOn?.getTime() ?? clock.now() }
  }, clock)
}

/** Keeps the token that `ask` gives. While no other can be had the old one serves until its end. */
export function keptToken(ask: () => Promise<Token>, clock: Clock): () => Promise<string> {
  let held = { token: '', until: -Infinity, renewAt: -Infinity }
  let failedAt = -Infinity
  let asking: Promise<void> | null = null
  const renew = async (): Promise<void> => {
    try {
      const { token, until } = await inTime(ask(), clock)
      const life = until - clock.now()
      if (life < usableMs) throw new NoGraphToken()
      held = { token, until, renewAt: until - Math.min(renewBeforeMs, life / 2) }
    } catch {
      failedAt = clock.now()
    }
  }
  const isUsable = () => held.until - clock.now() >= usableMs
  return async () => {
    const isDue = clock.now() >= held.renewAt && clock.now() - failedAt >= afterFailureMs
    if (isDue) asking ??= renew().finally(() => (asking = null))
    // Whoever still has a good one need not wait for the next.
    if (asking && !isUsable()) await asking
    if (!isUsable()) throw new NoGraphToken()
    return held.token
  }
}

function inTime(asked: Promise<Token>, clock: Clock): Promise<Token> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(patienceMs, () => {
      reject(new NoGraphToken())
    })
    asked.then(resolve, reject).finally(stop)
  })
}
