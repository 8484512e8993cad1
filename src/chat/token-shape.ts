/**
 * Looks at a token before anything is fetched or remembered for it: only one that could be the channel's own goes on to
 * be verified. What is refused here never reaches the SDK, which would keep a list of every tenant it is told of.
 */

const channelIssuer = 'https://api.botframework.com'
/** Clocks may differ by five minutes (Bot Connector authentication). */
const skewSeconds = 5 * 60

export type TokenShape = { readonly expires: number }

/** The token's end, in seconds since 1970, when it is made as the channel makes them for this bot; else null. */
export function tokenShape(
  header: string,
  appId: string,
  serviceUrl: string,
  nowMs: number,
): TokenShape | null {
  const [scheme, token, ...more] = header.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined || more.length > 0 || token.length > 16_384)
    return null
  const [head, claims, signature, ...rest] = token.split('.')
  const { alg } = decoded(head)
  const { iss, aud, exp, nbf, serviceurl } = decoded(claims)
  if (rest.length > 0 || !signature || alg !== 'RS256' || iss !== channelIssuer || aud !== appId) return null
  if (typeof exp !== 'number' || typeof serviceurl !== 'string' || serviceurl !== serviceUrl) return null
  const now = nowMs / 1000
  const isEarly = nbf !== undefined && (typeof nbf !== 'number' || nbf > now + skewSeconds)
  return isEarly || exp < now - skewSeconds ? null : { expires: exp }
}

function decoded(part: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}
