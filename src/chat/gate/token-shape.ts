/**
 * Looks at a token before anything is fetched or remembered for it: only one that could be the channel's own goes on to
 * have its signature checked.
 */
import { readToken, type SignedToken } from '../../wire/signed-token.ts'

const channelIssuer = 'https://api.botframework.com'

/** A token that is made as the channel makes them for this bot; null when it is not. */
export function tokenShape(
  header: string,
  appId: string,
  serviceUrl: string,
  nowMs: number,
): SignedToken | null {
  const token = readToken(header, nowMs)
  const { iss, aud, serviceurl } = token?.claims ?? {}
  return iss === channelIssuer && aud === appId && serviceurl === serviceUrl ? token : null
}
