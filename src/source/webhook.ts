/**
 * Any telephone system that can POST JSON: it tells of calls at /api/calls and is told the decisions at the `replyUrl`
 * it gave. Both ways are signed (signature.ts). The same event again has no second effect.
 */
import { type Caller } from '../core/lane.ts'
import { isWhole, notWhole, wholeText } from '../core/whole.ts'
import { type Lookup, Reach } from '../wire/reach.ts'
import { send, type WireResult } from '../wire/wire.ts'
import { callerTold } from './caller.ts'
import { Origins } from './origins.ts'
import { mayReply, type ReplyHost, type ReplyUrlFault, replyUrlFault } from './reply-hosts.ts'
import { isSigned, signed, signedAt } from './signature.ts'
import {
  type CallSource,
  type Carried,
  type Hear,
  type Heard,
  type Order,
  type SourceEvent,
} from './source.ts'

export type WebhookAnswer = { readonly status: 202 | 400 | 401 | 409; readonly body: object }

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
  /** Where orders may go besides anybody's hosts; nowhere unless said. */
  readonly replyHosts?: readonly ReplyHost[]
  /** Told of an order that could go nowhere. */
  readonly barred?: (why: ReplyUrlFault | 'lookup') => void
  readonly send?: typeof send
  readonly lookup?: Lookup
}

const firstRetryMs = 500
/** A system that wants to be left alone is asked again after a minute at the latest. */
const longestWaitMs = 60_000
const longestText = 256
const longestUrl = 2048

export class WebhookSource implements CallSource {
  readonly name = 'webhook'
  /** It may tell, but need not: silence after a hand-over means that all is well. */
  readonly reportsConnection = false
  readonly #parts: WebhookParts
  readonly #origins: Origins
  readonly #replyHosts: readonly ReplyHost[]
  readonly #reach: Reach

  constructor(parts: WebhookParts) {
    this.#parts = parts
    this.#origins = new Origins(parts.now, parts.random)
    this.#replyHosts = parts.replyHosts ?? []
    this.#reach = new Reach(mayReply(this.#replyHosts), parts.lookup)
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
    const event = readEvent(body, this.#replyHosts)
    if (isWrong(event)) return refused(400, 'badEvent', event.wrong)
    const said = signedAt(signature)
    const heard = await hear(
      this.name,
      event.is === 'offered' && said !== undefined ? { ...event, said } : event,
    )
    const no = noes[heard]
    if (no) return refused(no.status, heard, no.message)
    return { status: 202, body: { accepted: true, repeated: heard === 'repeated' } }
  }

  async carryOut(
    leg: Readonly<Record<string, string>> & { readonly id: string },
    order: Order,
  ): Promise<Carried> {
    const url = leg['replyUrl']
    if (url === undefined) return { is: 'done' }
    const { secret, wall, maySend, send: post = send } = this.#parts
    // It was told under other settings, perhaps, or by another bot.
    const fault = replyUrlFault(url, this.#replyHosts)
    if (fault) return this.#barred(fault)
    if (!maySend()) return { is: 'later', afterMs: firstRetryMs }
    const entry = this.#origins.enter(new URL(url).origin)
    if (entry.is === 'later') return entry
    const body = JSON.stringify({ id: leg.id, ...order })
    const headers = { 'X-Signature': signed(body, secret, wall()) }
    const result = await post({ method: 'POST', url, token: null, body, headers, reach: this.#reach })
    entry.leave(result.is === 'answered' && !isAskedAgain(result.status))
    return result.is === 'notSent' && result.isBarred ? this.#barred('lookup') : carriedBy(result)
  }

  #barred(why: ReplyUrlFault | 'lookup'): Carried {
    this.#parts.barred?.(why)
    return { is: 'refused' }
  }
}

type No = { readonly status: 400 | 409; readonly message: string }

/** What is said to events that nothing comes of, though somebody waits for something. */
const noes: Readonly<Partial<Record<Heard, No>>> = {
  unknownOwner: {
    status: 400,
    message: 'Nobody with this address or object id has opened the bot. Ring them yourself.',
  },
  idInUse: {
    status: 409,
    message:
      'Another call with this "id" is going on. Give every call an id of its own, or ring them yourself.',
  },
  idUsed: {
    status: 409,
    message:
      'A call like this one, with the same "id", is over. If this is another call, give it an id of its own, or ring them yourself.',
  },
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

function refused(status: 400 | 401 | 409, code: string, message: string): WebhookAnswer {
  return { status, body: { error: { code, message } } }
}

type Wrong = { readonly wrong: string }
type Fields = Readonly<Record<string, unknown>>

function readEvent(body: unknown, hosts: readonly ReplyHost[]): SourceEvent | Wrong {
  if (!isRecord(body)) return { wrong: 'The body must be a JSON object.' }
  const id = readText(body, 'id')
  if (isWrong(id)) return id
  if (id === undefined) return { wrong: '"id" is missing. Give every call an id of its own.' }
  switch (body['event']) {
    case 'offered':
      return readOffer(id, body, hosts)
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
function readOutcome(id: string, is: 'connected' | 'connectFailed', body: Fields): SourceEvent | Wrong {
  const number = body['number'] ?? undefined
  if (number !== undefined && !(Number.isInteger(number) && Number(number) > 0))
    return { wrong: '"number" must be the number of the order it is about, if it is given.' }
  const to = readText(body, 'to')
  if (isWrong(to)) return to
  const order = {
    ...(number === undefined ? {} : { number: Number(number) }),
    ...(to === undefined ? {} : { to }),
  }
  return { is, id, order }
}

function readOffer(id: string, body: Fields, hosts: readonly ReplyHost[]): SourceEvent | Wrong {
  const owner = readText(body, 'owner')
  if (isWrong(owner)) return owner
  if (owner === undefined) return { wrong: '"owner" must be the address or object id of the person called.' }
  const caller = readCaller(body['caller'])
  if (isWrong(caller)) return caller
  const replyUrl = readText(body, 'replyUrl', '', longestUrl)
  if (isWrong(replyUrl)) return replyUrl
  if (replyUrl === undefined) return { is: 'offered', id, owner, caller }
  const fault = replyUrlFault(replyUrl, hosts)
  if (fault) return { wrong: `"replyUrl" ${faults[fault]}` }
  return { is: 'offered', id, owner, caller, remember: { replyUrl } }
}

const faults: Readonly<Record<ReplyUrlFault, string>> = {
  notAUrl: 'must be an https address without a user or password.',
  plain: 'must be an https address. Plain http is for hosts named in CALL_REPLY_HOSTS.',
  private: 'leads into a private network. An admin can name its host in CALL_REPLY_HOSTS.',
  barred: 'is not an address that a telephone system can have. Give the address of yours.',
}

function readCaller(value: unknown): Caller | Wrong {
  if (!isRecord(value))
    return { wrong: '"caller" must be an object with a "kind", and may have a number, a name and an id.' }
  const { kind } = value
  if (kind !== 'internal' && kind !== 'federated' && kind !== 'pstn')
    return { wrong: '"caller.kind" must be internal, federated or pstn.' }
  const number = readText(value, 'number', 'caller.')
  if (isWrong(number)) return number
  // Telephones cut names wherever they end.
  const name = readText(cutName(value), 'name', 'caller.')
  if (isWrong(name)) return name
  const id = readText(value, 'id', 'caller.')
  if (isWrong(id)) return id
  return callerTold(kind, { number, name, id })
}

/** The text in this field. Null, blank and absent are the same, whatever the field: there is none. */
function readText(
  fields: Fields,
  name: string,
  within = '',
  longest = longestText,
): string | Wrong | undefined {
  const value = fields[name] ?? ''
  if (typeof value === 'string' && value.length <= longest) {
    if (!isWhole(value)) return { wrong: `"${within}${name}" ${notWhole}` }
    return value.trim() === '' ? undefined : value
  }
  return { wrong: `"${within}${name}" must be a text of ${longest} characters at most.` }
}

function cutName(fields: Fields): Fields {
  const { name } = fields
  return typeof name === 'string' ? { name: wholeText(name) } : fields
}

function isWrong(read: string | object | undefined): read is Wrong {
  return typeof read === 'object' && 'wrong' in read
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
