/** Who the measured bots are registered as. */
import { appId } from '../../chat/gate/tokens.ts'
import { tenant } from '../../peer/peer.ts'

export const identity = {
  appType: 'SingleTenant',
  appId,
  appPassword: 'the password',
  tenantId: tenant,
} as const
