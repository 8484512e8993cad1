/** The bot's own token for the channel, as the channel's login host gives it. */
import { type Token } from '../wire/kept-token.ts'

/** How long a token that does not say when it ends is kept, in milliseconds. */
const undatedMs = 5 * 60 * 1000

/** A token, and when it ends by its own word. */
export function dated(token: string, now: number): Token {
  return { token, until: endOf(token) ?? now + undatedMs }
}

function endOf(token: string): number | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    const isDated = typeof claims === 'object' && claims !== null && 'exp' in claims
    return isDated && typeof claims.exp === 'number' ? claims.exp * 1000 : null
  } catch {
    return null
  }
}
