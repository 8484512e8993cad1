/** Tokens with which Microsoft's services say who they are (JSON Web Tokens, RFC 7519), taken apart before they are believed. */
import { type KeyObject, verify } from 'node:crypto'

type Fields = Readonly<Record<string, unknown>>

export type SignedToken = {
  /** The id of the key it says it was signed with. */
  readonly key: string
  readonly claims: Fields
  /** Seconds since 1970. */
  readonly expires: number
  readonly signed: string
  readonly signature: string
}

/** Clocks may differ by five minutes (Bot Connector authentication). */
const skewSeconds = 5 * 60
const longestToken = 16_384

/** What an Authorization header carries; null when it is no RS256 token with a key id that is good now. Nothing is verified. */
export function readToken(header: string, nowMs: number): SignedToken | null {
  const [scheme, token, ...more] = header.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || more.length > 0 || token.length > longestToken)
    return null
  const [head = '', body = '', signature = '', ...rest] = token.split('.')
  const { alg, kid } = decoded(head)
  const claims = decoded(body)
  if (rest.length > 0 || signature === '' || alg !== 'RS256' || typeof kid !== 'string') return null
  const { exp, nbf } = claims
  const now = nowMs / 1000
  if (typeof exp !== 'number' || exp < now - skewSeconds) return null
  const isEarly = nbf !== undefined && (typeof nbf !== 'number' || nbf > now + skewSeconds)
  return isEarly ? null : { key: kid, claims, expires: exp, signed: `${head}.${body}`, signature }
}

/** Whether this key signed the token. */
export function isSignedBy({ signed, signature }: SignedToken, key: KeyObject): boolean {
  return verify('sha256', Buffer.from(signed), key, Buffer.from(signature, 'base64url'))
}

function decoded(part: string): Fields {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Fields) : {}
  } catch {
    return {}
  }
}
