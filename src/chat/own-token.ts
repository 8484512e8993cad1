/** The bot's own token for the channel: asked for once by however many wait, and not asked for in vain over and over. */
import { type Clock } from '../store/clock.ts'

/** A token is renewed this long before its end, in milliseconds, or after half of a shorter life. */
const renewBeforeMs = 5 * 60 * 1000
/** A token is good enough to be sent while it has this long to go. */
const usableMs = 10_000
const patienceMs = 3000
const afterFailureMs = 5000

type Held = { readonly token: string; readonly until: number; readonly renewAt: number }

/** The channel's login host gave no token. */
export class TokenMissing extends Error {
  constructor() {
    super('no token for the channel could be had')
    this.name = 'TokenMissing'
  }
}

/** Keeps the token that `ask` gives. While none can be had the old one serves until its end. */
export function keptToken(ask: () => Promise<string>, clock: Clock): () => Promise<string> {
  let held: Held = { token: '', until: -Infinity, renewAt: -Infinity }
  let failedAt = -Infinity
  let asking: Promise<void> | null = null
  const renew = async (): Promise<void> => {
    try {
      const token = await inTime(ask(), clock)
      const until = endOf(token) ?? clock.now() + renewBeforeMs
      // Ended already, by this machine's clock: as good as none, and the next would be no better.
      if (until - clock.now() < usableMs) throw new TokenMissing()
      held = { token, until, renewAt: until - Math.min(renewBeforeMs, (until - clock.now()) / 2) }
    } catch {
      failedAt = clock.now()
    }
  }
  return async () => {
    const isDue = clock.now() >= held.renewAt
    if (isDue && clock.now() - failedAt >= afterFailureMs) {
      asking ??= renew().finally(() => (asking = null))
      await asking
    }
    if (held.until - clock.now() < usableMs) throw new TokenMissing()
    return held.token
  }
}

function inTime(asked: Promise<string>, clock: Clock): Promise<string> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(patienceMs, () => {
      reject(new TokenMissing())
    })
    asked.then(resolve, reject).finally(stop)
  })
}

/** When a token ends, in milliseconds since 1970; null when it does not say. */
function endOf(token: string): number | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    const isDated = typeof claims === 'object' && claims !== null && 'exp' in claims
    return isDated && typeof claims.exp === 'number' ? claims.exp * 1000 : null
  } catch {
    return null
  }
}
