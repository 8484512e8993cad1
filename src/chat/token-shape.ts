/**
 * Looks at a token before anything is fetched or remembered for it: only one that could be the channel's own goes on to
 * have its signature checked.
 */

const channelIssuer = 'https://api.botframework.com'
/** Clocks may differ by five minutes (Bot Connector authentication). */
const skewSeconds = 5 * 60
const longestToken = 16_384

export type TokenShape = {
  /** Seconds since 1970. */
  readonly expires: number
  /** The id of the key it says it was signed with. */
  readonly key: string
  readonly signed: string
  readonly signature: string
}

/** The parts of a token that is made as the channel makes them for this bot; null when it is not. */
export function tokenShape(
  header: string,
  appId: string,
  serviceUrl: string,
  nowMs: number,
): TokenShape | null {
  const [scheme, token, ...more] = header.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || more.length > 0 || token.length > longestToken)
    return null
  const [head = '', claims = '', signature = '', ...rest] = token.split('.')
  const { alg, kid } = decoded(head)
  const { iss, aud, exp, nbf, serviceurl } = decoded(claims)
  if (rest.length > 0 || signature === '' || alg !== 'RS256' || typeof kid !== 'string') return null
  if (iss !== channelIssuer || aud !== appId || serviceurl !== serviceUrl) return null
  const now = nowMs / 1000
  if (typeof exp !== 'number' || exp < now - skewSeconds) return null
  const isEarly = nbf !== undefined && (typeof nbf !== 'number' || nbf > now + skewSeconds)
  return isEarly ? null : { expires: exp, key: kid, signed: `${head}.${claims}`, signature }
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}
