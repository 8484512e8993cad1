/**
 * A token of the bot's own: asked for once by however many wait, kept until shortly before its end, and not asked for in
 * vain over and over.
 */
import { type Clock } from '../clock.ts'

export type Token = {
  readonly token: string
  /** When it ends: milliseconds since 1970. */
  readonly until: number
}

/** A token is renewed this long before its end, in milliseconds, or after half of a shorter life. */
const renewBeforeMs = 5 * 60 * 1000
/** A token is good enough to be sent while it has this long to go. */
const usableMs = 10_000
/** Somebody may be waiting for the call that waits for the token. */
const patienceMs = 3000
const afterFailureMs = 5000

/** The host that gives tokens gave none. */
export class TokenMissing extends Error {
  constructor() {
    super('no token could be had')
    this.name = 'TokenMissing'
  }
}

/** Keeps the token that `ask` gives. While no other can be had the old one serves until its end; then it is TokenMissing. */
export function keptToken(ask: () => Promise<Token>, clock: Clock): () => Promise<string> {
  let held = { token: '', until: -Infinity, renewAt: -Infinity }
  let failedAt = -Infinity
  let asking: Promise<void> | null = null
  const renew = async (): Promise<void> => {
    try {
      const { token, until } = await inTime(ask(), clock)
      const life = until - clock.now()
      // Ended already, by this machine's clock: as good as none, and the next would be no better.
      if (life < usableMs) throw new TokenMissing()
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
    if (!isUsable()) throw new TokenMissing()
    return held.token
  }
}

function inTime(asked: Promise<Token>, clock: Clock): Promise<Token> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(patienceMs, () => {
      reject(new TokenMissing())
    })
    asked.then(resolve, reject).finally(stop)
  })
}
