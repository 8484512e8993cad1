/**
 * The gate between the Bot Framework and the bot. Refuses what is not an activity, not from the channel, not of this
 * tenant, or a repetition; answers every invoke with HTTP 200; lets no library text out.
 */
import { type Activity, CloudAdapterBase, type TurnContext } from 'botbuilder'
import { type Instances } from '../../store/instances.ts'
import { readFromHost, SigningKeys } from '../../wire/signing-keys.ts'
import { type Connector } from '../send/connector.ts'
import { isServiceUrl } from '../send/service-urls.ts'
import { readableActivity } from './activity-shape.ts'
import { GuardedAuthentication, type Identity } from './authentication.ts'
import { TurnLimit } from './turn-limit.ts'
import { type After, inTime } from './in-time.ts'
import { Repeats } from './repeats.ts'
import { tokenShape } from './token-shape.ts'
import { turnClient } from './turn-client.ts'

/** What an invoke is answered with; the HTTP status is always 200, this is what stands inside. */
export type InvokeAnswer = { readonly status: number; readonly body?: object }

export type HttpAnswer = { readonly status: number; readonly body?: object }

export type AdapterParts = {
  readonly identity: Identity | null
  readonly connector: Connector
  /** For how long something lasts. */
  readonly now: () => number
  /** What tokens are judged by. */
  readonly wall: () => number
  readonly after: After
  readonly log: { warn(event: string, fields?: Readonly<Record<string, string | number | boolean>>): void }
  readonly bot: (context: TurnContext) => Promise<InvokeAnswer | undefined>
  /** Whether another instance answered a message of this name, and a place to say that this one did. */
  readonly instances?: Pick<Instances, 'wasHeard' | 'heard'>
  /** Reads the JSON of the channel's login host; over the network unless said. */
  readonly readKeys?: (url: string) => Promise<unknown>
}

/** Where the channel publishes its keys (Bot Connector authentication). */
const channelMetadata = 'https://login.botframework.com/v1/.well-known/openidconfiguration'
/** Checking a token may need the channel's keys; nobody waits longer for them than this. */
const keysWithinMs = 3000
/**
 * Every request is answered within this time, whatever it waits for; what it began goes on. Teams sends again what takes 15
 * seconds (msteams-docs issue 6084), and somebody may be looking.
 */
const answeredWithinMs = 7000
/** The status that asks to come again. */
const tooMany = 429

export class ChatAdapter extends CloudAdapterBase {
  readonly #parts: AdapterParts
  readonly #authentication: GuardedAuthentication
  readonly #once: Repeats<HttpAnswer>
  readonly #crowd = new TurnLimit()

  constructor(parts: AdapterParts) {
    const { identity, connector, now, readKeys = readFromHost } = parts
    const keys = new SigningKeys({ now, metadata: channelMetadata, read: readKeys })
    const authentication = new GuardedAuthentication(identity, keys, (url) => turnClient(connector, url))
    super(authentication)
    this.#parts = parts
    this.#authentication = authentication
    this.#once = new Repeats(now)
  }

  /** One POST to /api/messages, from the header and parsed body to the answer. */
  async receive(header: string, body: unknown): Promise<HttpAnswer> {
    const answer = await inTime(this.#parts.after, answeredWithinMs, this.#received(header, body))
    if (answer) return answer
    this.#parts.log.warn('answeredLate')
    return readableActivity(body)?.type === 'invoke' ? lateInvoke : { status: 200 }
  }

  async #received(header: string, body: unknown): Promise<HttpAnswer> {
    const { identity, log } = this.#parts
    const activity = readableActivity(body)
    if (!activity) return refused(400, 'badActivity', 'This is not an activity of the Bot Framework.')
    if (!isServiceUrl(activity.serviceUrl, identity === null)) {
      log.warn('refusedServiceUrl')
      return refused(403, 'forbidden', 'This bot does not answer to that service.')
    }
    const no = identity ? await this.#refusal(identity, header, activity) : null
    return no ?? this.#first(activity)
  }

  /** Why somebody is not let in; null when they are. What costs least is looked at first. */
  async #refusal(identity: Identity, header: string, activity: Activity): Promise<HttpAnswer | null> {
    const now = this.#parts.wall()
    const isKnown = this.#authentication.isKnown(activity, header, now)
    const shape = isKnown ? null : tokenShape(header, identity.appId, activity.serviceUrl, now)
    if (!isKnown && !shape) return this.#unauthorized('tokenShape', 401)
    if (tenantOf(activity) !== identity.tenantId) return this.#unauthorized('otherTenant', 403)
    if (!shape) return null
    const check = this.#authentication.isSigned(activity, header, shape, now)
    const isSigned = await inTime(
      this.#parts.after,
      keysWithinMs,
      check.catch(() => null),
    )
    if (isSigned === null) {
      this.#parts.log.warn('keysMissing')
      return refused(503, 'tryAgain', 'The token could not be checked just now.')
    }
    return isSigned ? null : this.#unauthorized('signature', 401)
  }

  /** Runs a turn, unless it ran already or there is no room for another. */
  async #first(activity: Activity): Promise<HttpAnswer> {
    const { channelId, conversation, type, id } = activity
    if (!id) return this.#run(activity)
    const name = JSON.stringify([channelId, conversation.id, type, id])
    const answer = await this.#once.answer(name, () => this.#runUnlessHeard(name, activity))
    if (answer.status === tooMany) this.#once.forget(name)
    return answer
  }

  /** What is clicked may be asked twice: it looks before it acts, and its answer is a card that has to come again. */
  async #runUnlessHeard(name: string, activity: Activity): Promise<HttpAnswer> {
    const { instances } = this.#parts
    if (!instances || activity.type === 'invoke') return this.#run(activity)
    if (await instances.wasHeard(name).catch(() => false)) return { status: 200 }
    const answer = await this.#run(activity)
    if (answer.status !== tooMany) await instances.heard(name).catch(() => undefined)
    return answer
  }

  async #run(activity: Activity): Promise<HttpAnswer> {
    const leave = this.#crowd.enter(activity.conversation.id)
    if (!leave) {
      this.#parts.log.warn('crowded')
      return refused(tooMany, 'tooMany', 'Too much at once. Please try again.')
    }
    try {
      const answer = await this.processActivity(this.#authentication.letIn, activity, (context) =>
        this.#turn(context),
      )
      const content: unknown = answer?.body
      return { status: answer?.status ?? 200, ...(isObject(content) ? { body: content } : {}) }
    } catch (error) {
      this.#parts.log.warn('turnFailed', { name: error instanceof Error ? error.name : 'unknown' })
      return activity.type === 'invoke' ? failedInvoke : { status: 200 }
    } finally {
      leave()
    }
  }

  async #turn(context: TurnContext): Promise<void> {
    const value = await this.#parts.bot(context)
    if (context.activity.type !== 'invoke') return
    await context.sendActivity({ type: 'invokeResponse', value: value ?? unknownInvoke })
  }

  #unauthorized(reason: string, status: 401 | 403): HttpAnswer {
    this.#parts.log.warn('refusedToken', { reason })
    return refused(status, 'unauthorized', 'This request is not authorized.')
  }
}

const failedInvoke = invokeFailure(
  500,
  'internal',
  'That did not work, and nothing was changed. Please try again.',
)
const lateInvoke = invokeFailure(
  504,
  'late',
  'This takes longer than usual. Please look at the card again in a moment.',
)
const unknownInvoke = invokeFailure(501, 'notSupported', 'This bot does not know how to do that.')

/** Teams wants every invoke answered with HTTP 200, and the status inside. */
function invokeFailure(statusCode: number, code: string, message: string): HttpAnswer {
  return {
    status: 200,
    body: { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } },
  }
}

function refused(status: number, code: string, message: string): HttpAnswer {
  return { status, body: { error: { code, message } } }
}

/** The tenant an activity says it is from; the token's signature vouches for the channel that says so. */
function tenantOf({ conversation, channelData }: Activity): string | undefined {
  const data: unknown = channelData
  const tenant =
    isObject(data) && 'tenant' in data && isObject(data.tenant) && 'id' in data.tenant
      ? data.tenant.id
      : undefined
  const named = conversation.tenantId ?? tenant
  return typeof named === 'string' && (tenant === undefined || tenant === named) ? named : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
