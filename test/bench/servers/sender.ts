/** The bot's way out alone: connector, budget, token, wire. */
import { SendQuota } from '../../../src/chat/send/send-quota.ts'
import { Connector } from '../../../src/chat/send/connector.ts'
import { realClock } from '../../../src/clock.ts'
import { ownToken } from '../../../src/wire/own-token.ts'
import { serviceUrl } from '../../chat/gate/tokens.ts'
import { hastyClock } from '../../hasty-clock.ts'
import { upTo } from '../numbers.ts'
import { identity } from './identity.ts'

const connector = new Connector({
  isLocal: false,
  budget: new SendQuota(hastyClock),
  token: ownToken(identity, 'channel', realClock),
  wait: () => Promise.resolve(),
  random: Math.random,
  count: () => undefined,
})

/** Sends so many messages of this length, all at once. */
export async function fan(method: 'POST' | 'PUT', count: number, bytes: number): Promise<void> {
  const activity = { text: 'x'.repeat(bytes) }
  const sent = await Promise.all(
    upTo(count).map((index) =>
      method === 'POST'
        ? connector.sendActivity(serviceUrl, `a:${index}`, activity, 1)
        : connector.updateActivity(serviceUrl, `a:${index}`, 'a1', activity, 1),
    ),
  )
  if (sent.some(({ is }) => is !== 'sent')) throw new Error('not everything was sent')
}
