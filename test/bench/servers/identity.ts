/** Who the measured bots are registered as. */
import { tenant } from '../../../src/playground/chat-client.ts'
import { appId } from '../../chat/gate/tokens.ts'

export const identity = {
  appType: 'SingleTenant',
  appId,
  appPassword: 'the password',
  tenantId: tenant,
} as const
