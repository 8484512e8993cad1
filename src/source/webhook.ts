/**
 * Any telephone system that can POST JSON: it tells of calls at /api/calls and is told the decisions at the `replyUrl`
 * it gave. Both ways are signed (signature.ts). The same event again has no second effect.
 */
import { readPhoneNumber, plainAddress } from '../core/person.ts'
import { type Caller } from '../core/lane.ts'
import { send, type WireResult } from '../wire/wire.ts'
import { Origins } from './origins.ts'
import { isSigned, signed } from './signature.ts'
import { type CallSource, type Carried, type Hear, type Order, type SourceEvent } from './source.ts'

export type WebhookAnswer = { readonly status: 202 | 400 | 401; readonly body: object }

type WebhookParts = {
  readonly secret: string
  readonly hear: Hear
  /** For how long something lasts. */
  readonly now: () => number
  /** What signatures are made and judged by. */
  readonly wall: () => number
  /** 0 to 1. */
  readonly random: () => number
  /** Whether an order is still this instance's to give. */
  readonly maySend: () => boolean
  readonly send?: typeof send
}

const firstRetryMs = 500
/** A system that wants to be left alone is asked again after a minute at the latest. */
const longestWaitMs = 60_000
const longestId = 256

export class WebhookSource implements CallSource {
  readonly name = 'webhook'
  /** It may tell, but need not: silence after a hand-over means that all is well. */
  readonly reportsConnection = false
  readonly #parts: WebhookParts
  readonly #origins: Origins

  constructor(parts: WebhookParts) {
    this.#parts = parts
    this.#origins = new Origins(parts.now, parts.random)
  }

  /** One POST to /api/calls: checked, read, kept; then answered. */
  async receive(signature: string | undefined, rawBody: Buffer, body: unknown): Promise<WebhookAnswer> {
    const { secret, hear, wall } = this.#parts
    if (!isSigned(signature, rawBody, secret, wall())) {
      return refused(
        401,
        'badSignature',
        'Sign the body as described, with the shared secret and the present time.',
      )
    }
    const event = readEvent(body)
    if ('wrong' in event) return refused(400, 'badEvent', event.wrong)
    const heard = await hear(this.name, event)
    if (heard === 'unknownOwner') {
      return refused(
        400,
        'unknownOwner',
        'Nobody with this address or object id has opened the bot. Ring them yourself.',
      )
    }
    return { status: 202, body: { accepted: true, repeated: heard === 'repeated' } }
  }

  async carryOut(
    leg: Readonly<Record<string, string>> & { readonly id: string },
    order: Order,
  ): Promise<Carried> {
    const url = leg['replyUrl']
    if (url === undefined) return { is: 'done' }
    const { secret, wall, maySend, send: post = send } = this.#parts
    if (!maySend()) return { is: 'later', afterMs: firstRetryMs }
    const entry = this.#origins.enter(new URL(url).origin)
    if (entry.is === 'later') return entry
    const body = JSON.stringify({ id: leg.id, ...order })
    const headers = { 'X-Signature': signed(body, secret, wall()) }
    const result = await post({ method: 'POST', url, token: null, body, headers })
    entry.leave(result.is === 'answered' && !isAskedAgain(result.status))
    return carriedBy(result)
  }
}

/** A system that says no is believed; one that stumbles or says nothing is asked again. */
function carriedBy(result: WireResult): Carried {
  if (result.is !== 'answered') return { is: 'later', afterMs: firstRetryMs }
  if (result.status < 300) return { is: 'done' }
  return isAskedAgain(result.status)
    ? { is: 'later', afterMs: Math.min(result.retryAfterMs ?? firstRetryMs, longestWaitMs) }
    : { is: 'refused' }
}

function isAskedAgain(status: number): boolean {
  return status >= 500 || status === 408 || status === 429
}

function refused(status: 400 | 401, code: string, message: string): WebhookAnswer {
  return { status, body: { error: { code, message } } }
}

type Wrong = { readonly wrong: string }

function readEvent(body: unknown): SourceEvent | Wrong {
  if (!isRecord(body)) return { wrong: 'The body must be a JSON object.' }
  const id = body['id']
  if (typeof id !== 'string' || id === '' || id.length > longestId) {
    return { wrong: `"id" must be a text of 1 to ${longestId} characters.` }
  }
  switch (body['event']) {
    case 'offered':
      return readOffer(id, body)
    case 'ended':
      return { is: 'ended', id }
    case 'connected':
    case 'connectFailed':
      return readOutcome(id, body['event'], body)
    default:
      return { wrong: '"event" must be offered, ended, connected or connectFailed.' }
  }
}

/** Whichever hand-over it is about; a system need not say. */
function readOutcome(
  id: string,
  is: 'connected' | 'connectFailed',
  { number, to }: Readonly<Record<string, unknown>>,
): SourceEvent | Wrong {
  const isNumber = number == null || (Number.isInteger(number) && Number(number) > 0)
  if (!isNumber) return { wrong: '"number" must be the number of the order it is about, if it is given.' }
  if (to != null && (typeof to !== 'string' || to.length > longestId))
    return { wrong: '"to" must be whom the order named, if it is given.' }
  const order = {
    ...(number == null ? {} : { number: Number(number) }),
    ...(to ? { to } : {}),
  }
  return { is, id, order }
}

function readOffer(id: string, body: Readonly<Record<string, unknown>>): SourceEvent | Wrong {
  const { owner, replyUrl } = body
  if (typeof owner !== 'string' || owner === '' || owner.length > longestId) {
    return { wrong: '"owner" must be the address or object id of the person called.' }
  }
  const caller = readCaller(body['caller'])
  if (caller === null) {
    return {
      wrong: '"caller" must have a "kind" of internal, federated or pstn, and may have number, name and id.',
    }
  }
  if (replyUrl === undefined) return { is: 'offered', id, owner, caller }
  if (typeof replyUrl !== 'string' || !isReplyUrl(replyUrl)) {
    return { wrong: '"replyUrl" must be an https address, or http on this machine.' }
  }
  return { is: 'offered', id, owner, caller, remember: { replyUrl } }
}

function readCaller(value: unknown): Caller | null {
  if (!isRecord(value)) return null
  const { kind, name, number, id } = value
  if (kind !== 'internal' && kind !== 'federated' && kind !== 'pstn') return null
  for (const text of [name, number, id]) {
    if (text !== undefined && (typeof text !== 'string' || text.length > longestId)) return null
  }
  return {
    kind,
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...(typeof number === 'string' && number !== '' ? { number: readPhoneNumber(number) ?? number } : {}),
    ...(typeof id === 'string' && id !== '' ? { id: plainAddress(id) } : {}),
  }
}

function isReplyUrl(text: string): boolean {
  if (text.length > 2048 || !URL.canParse(text)) return false
  const { protocol, hostname, username } = new URL(text)
  const isLoopback = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
