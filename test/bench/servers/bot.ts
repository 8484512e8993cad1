/** The bot itself, as `npm start` runs it in production, with people in its folder. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from '../../../src/assemble/assemble.ts'
import { SendQuota } from '../../../src/chat/send/send-quota.ts'
import { realClock } from '../../../src/clock.ts'
import { readEnvironment } from '../../../src/environment/environment.ts'
import { createLog } from '../../../src/log.ts'
import { type EmbeddedStore } from '../../../src/store/embedded/embedded-store.ts'
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'
import { hastyClock } from '../../hasty-clock.ts'
import { seed } from '../people.ts'
import { identity } from './identity.ts'
import { webhookSecret } from './secret.ts'

let store: EmbeddedStore

/** How long all that it keeps is as JSON, in megabytes. */
export async function keptMb(): Promise<number> {
  let length = 0
  for await (const { held } of store.archive.pieces(null)) length += JSON.stringify(held).length
  return length / 2 ** 20
}

/** Starts it with so many people, whose groups have so many members. */
export async function serve(_service: string, people = 200, members = 1): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-bot-'))
  const environment = readEnvironment({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    CALL_SOURCES: 'webhook',
    CALL_WEBHOOK_SECRET: webhookSecret,
    MicrosoftAppId: identity.appId,
    MicrosoftAppPassword: identity.appPassword,
    MicrosoftAppTenantId: identity.tenantId,
  })
  store = await openEmbedded({ folder })
  await seed(store, people, members)
  const log = createLog('info', () => realClock.now())
  const running = await start({
    environment,
    store,
    clock: realClock,
    log,
    quota: new SendQuota(hastyClock),
  })
  return running.port
}
