/** A channel that signs what it sends, and a gate that checks it: real keys, made for the test. */
import { type Activity } from 'botbuilder'
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { type AdapterParts, ChatAdapter } from '../../../src/chat/gate/adapter.ts'
import { HandClock } from '../../store/hand-clock.ts'
import { quickConnector } from '../send/wire-service.ts'

export const appId = 'the-app'
export const tenant = 'the-tenant'
export const serviceUrl = 'https://smba.trafficmanager.net/teams/'

type Parts = Readonly<Record<string, unknown>>

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const strangers = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A token as the channel makes it, but for the changes; what is undefined is left out. */
export function token(now: number, claims: Parts = {}, head: Parts = {}, key: KeyObject = ours.privateKey) {
  const seconds = Math.floor(now / 1000)
  const usual = {
    iss: 'https://api.botframework.com',
    aud: appId,
    serviceurl: serviceUrl,
    nbf: seconds - 60,
    exp: seconds + 3600,
  }
  const signed = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT', ...head })}.${part({ ...usual, ...claims })}`
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}

/** A token signed with a key that is not the channel's, under the id of one that is. */
export function strangersToken(now: number): string {
  return token(now, {}, {}, strangers.privateKey)
}

/** The old trick: the public key, which everybody knows, taken for a shared secret. */
export function hmacToken(now: number): string {
  const [, claims = ''] = token(now).split('.')
  const signed = `${part({ alg: 'HS256', kid: 'one' })}.${claims}`
  const secret = ours.publicKey.export({ type: 'spki', format: 'pem' })
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

export function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** The channel's key as its host tells it. */
export function publicJwk(more: Parts = {}) {
  return { ...ours.publicKey.export({ format: 'jwk' }), kid: 'one', endorsements: ['msteams'], ...more }
}

/** A message as Teams sends it, but for the changes. */
export function activity(more: Parts = {}): Parts {
  return {
    type: 'message',
    id: '1',
    text: 'help',
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:ann', name: 'Ann' },
    recipient: { id: '28:bot' },
    conversation: { id: 'a:1', tenantId: tenant },
    ...more,
  }
}

export type Gate = {
  readonly adapter: ChatAdapter
  readonly clock: HandClock
  /** What came through. */
  readonly turns: Activity[]
  /** The addresses that were asked for keys. */
  readonly asked: string[]
  readonly logged: string[]
  /** Replaced, it tells other keys, or none. */
  keys: () => Promise<unknown>
}

const identity = { appType: 'SingleTenant', appId, appPassword: 'password', tenantId: tenant }

/** A gate of a registered bot, or in local mode with null. */
export function openGate(parts: Partial<AdapterParts> = {}): Gate {
  const clock = new HandClock()
  const turns: Activity[] = []
  const asked: string[] = []
  const logged: string[] = []
  const adapter = new ChatAdapter({
    identity,
    connector: quickConnector({ isLocal: parts.identity === null }).connector,
    now: () => clock.now(),
    wall: () => clock.wall(),
    after: (ms, run) => clock.after(ms, run),
    log: { warn: (event, fields) => logged.push(`${event} ${JSON.stringify(fields ?? {})}`) },
    bot: (context) => {
      turns.push(context.activity)
      return Promise.resolve({ status: 200, body: { seen: context.activity.id } })
    },
    readKeys: (url) => {
      asked.push(url)
      if (!url.endsWith('openidconfiguration')) return gate.keys()
      return Promise.resolve({ jwks_uri: 'https://login.botframework.com/v1/.well-known/keys' })
    },
    ...parts,
  })
  const keys = () => Promise.resolve({ keys: [publicJwk()] })
  const gate: Gate = { adapter, clock, turns, asked, logged, keys }
  return gate
}
