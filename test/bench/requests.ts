/** What is sent to each of the measured servers: the same few words, each in its own protocol. */
import { createHmac } from 'node:crypto'
import { signed } from '../../src/source/signature.ts'
import { serviceUrl, token } from '../chat/gate/tokens.ts'
import { type Request } from './load.ts'
import { addressOf, conversationOf, idOf, nameOf, userOf } from './people.ts'
import { identity } from './servers/identity.ts'
import { webhookSecret } from './servers/secret.ts'

/** The bot answers this with a sentence, after it has looked for calls that ring the sender. */
const text = 'pickup'
/** Every one is answered once, so no two may have the same id. */
let sent = 0

/** An activity of Teams from one of the people. */
export function activity(person: number, more: object, service = serviceUrl): string {
  sent += 1
  return JSON.stringify({
    type: 'message',
    id: `1:${sent}`,
    timestamp: '2026-01-01T10:00:00.000Z',
    localTimezone: 'Europe/London',
    locale: 'en-GB',
    channelId: 'msteams',
    serviceUrl: service,
    from: { id: userOf(person), name: nameOf(person), aadObjectId: idOf(person) },
    recipient: { id: '28:bot', name: 'Call pickup' },
    conversation: { id: conversationOf(person), conversationType: 'personal', tenantId: identity.tenantId },
    channelData: { tenant: { id: identity.tenantId } },
    ...more,
  })
}

/** A message to a bot of the Bot Framework that wants no token. */
export function openMessage(service: string, person: number): Request {
  return { path: '/api/messages', headers: {}, body: activity(person, { text }, service) }
}

/** A message with a token that the channel signed. */
export function message(authorization: string, person: number, said = text): Request {
  return {
    path: '/api/messages',
    headers: { Authorization: authorization },
    body: activity(person, { text: said }),
  }
}

/** A click on a card's button. */
export function click(authorization: string, person: number, verb: string, data: object): Request {
  const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' }
  const body = activity(person, { type: 'invoke', name: 'adaptiveCard/action', value })
  return { path: '/api/messages', headers: { Authorization: authorization }, body }
}

/** What a telephone system tells of a call. */
export function callEvent(id: string, event: string, owner: number): Request {
  const caller = { kind: 'pstn', number: '+442079460000', name: 'Carl Jones' }
  const body = JSON.stringify({ id, event, owner: addressOf(owner), caller })
  return { path: '/api/calls', headers: { 'X-Signature': signed(body, webhookSecret, Date.now()) }, body }
}

export function telegram(): Request {
  sent += 1
  const chat = { id: 1, type: 'private', first_name: 'Ann' }
  const from = { id: 1, is_bot: false, first_name: 'Ann' }
  const body = JSON.stringify({ update_id: sent, message: { message_id: sent, date: 1, chat, from, text } })
  return { path: '/', headers: { 'X-Telegram-Bot-Api-Secret-Token': 'the-secret' }, body }
}

export function slack(): Request {
  sent += 1
  const event = { type: 'message', channel: 'D1', channel_type: 'im', user: 'U2', text, ts: `${sent}.1` }
  const body = JSON.stringify({ type: 'event_callback', team_id: 'T1', event_id: `E${sent}`, event })
  const at = Math.floor(Date.now() / 1000)
  const digest = createHmac('sha256', 'the-secret').update(`v0:${at}:${body}`).digest('hex')
  const headers = { 'X-Slack-Request-Timestamp': String(at), 'X-Slack-Signature': `v0=${digest}` }
  return { path: '/slack/events', headers, body }
}

/** Tokens of the channel, no two alike. Signing them takes about a millisecond each. */
export function tokens(count: number): readonly string[] {
  return Array.from({ length: count }, (_, jti) => `Bearer ${token(Date.now(), { jti })}`)
}
