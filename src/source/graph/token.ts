/**
 * Whether Graph's call service sent a request: its tokens have issuers and keys of their own, other than those of the
 * chat (msteams-docs calls-and-meetings; the AuthenticationProvider of microsoft-graph-comms-samples).
 */
import { isSignedBy, readToken } from '../../wire/signed-token.ts'
import { type SigningKeys } from '../../wire/signing-keys.ts'

/** Where the call service publishes its keys. */
export const callServiceMetadata = 'https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration'

const issuers: readonly unknown[] = ['https://graph.microsoft.com', 'https://api.botframework.com']

export type CallServiceParts = {
  readonly appId: string
  /** The one tenant that is served. */
  readonly tenantId: string
  readonly keys: Pick<SigningKeys, 'find'>
  readonly now: () => number
}

/** Whether this Authorization header is the call service's, for this bot and tenant. Throws KeysMissing when that cannot be known. */
export async function isCallService(
  header: string,
  { appId, tenantId, keys, now }: CallServiceParts,
): Promise<boolean> {
  const token = readToken(header, now())
  if (!token) return false
  const { iss, aud, tid } = token.claims
  const isOurs = typeof tid === 'string' && tid.toLowerCase() === tenantId.toLowerCase()
  if (!issuers.includes(iss) || aud !== appId || !isOurs) return false
  const found = await keys.find(token.key)
  return found !== null && isSignedBy(token, found.key)
}
