/**
 * The gate between the Bot Framework and the bot. Refuses what is not an activity, not from the channel, not of this
 * tenant, or a repetition; answers every invoke with HTTP 200; lets no library text out.
 */
import { type Activity, CloudAdapterBase, type TurnContext } from 'botbuilder'
import { type ConnectorClient } from 'botframework-connector'
import { readableActivity } from './activity-shape.ts'
import { GuardedAuthentication, type Identity } from './authentication.ts'
import { type InvokeAnswer } from './bot.ts'
import { type Connector } from './connector.ts'
import { isServiceUrl } from './service-urls.ts'
import { tokenShape } from './token-shape.ts'

export type HttpAnswer = { readonly status: number; readonly body?: object }

export type AdapterParts = {
  readonly identity: Identity | null
  readonly connector: Connector
  readonly now: () => number
  readonly after: (ms: number, run: () => void) => () => void
  readonly log: { warn(event: string, fields?: Readonly<Record<string, string | number | boolean>>): void }
  readonly bot: (context: TurnContext) => Promise<InvokeAnswer | undefined>
}

/** Teams delivers again what was not answered within 15 seconds (msteams-docs issue 6084). */
const repeatedWithinMs = 60_000
const mostRemembered = 10_000
/** Checking a token may need the channel's keys; nobody waits longer for them than this. */
const keysWithinMs = 3000

type Once = { readonly at: number; readonly answer: Promise<HttpAnswer> }

export class ChatAdapter extends CloudAdapterBase {
  readonly #parts: AdapterParts
  readonly #authentication: GuardedAuthentication
  readonly #once = new Map<string, Once>()

  constructor(parts: AdapterParts) {
    const authentication = new GuardedAuthentication(parts.identity, (url) => clientFor(parts.connector, url))
    super(authentication)
    this.#parts = parts
    this.#authentication = authentication
  }

  /** One POST to /api/messages, from the header and parsed body to the answer. */
  async receive(header: string, body: unknown): Promise<HttpAnswer> {
    const { identity, now, log } = this.#parts
    const activity = readableActivity(body)
    if (!activity) return refused(400, 'badActivity', 'This is not an activity of the Bot Framework.')
    if (!isServiceUrl(activity.serviceUrl, identity === null)) {
      log.warn('refusedServiceUrl')
      return refused(403, 'forbidden', 'This bot does not answer to that service.')
    }
    const shape = identity
      ? tokenShape(header, identity.appId, activity.serviceUrl, now())
      : { expires: Infinity }
    if (!shape) return this.#unauthorized('tokenShape')
    if (identity && tenantOf(activity) !== identity.tenantId) return this.#unauthorized('otherTenant', 403)
    const verified = await this.#inTime(
      identity
        ? this.#authentication.verify(activity, header, shape, now())
        : this.#authentication.anonymous(activity),
    )
    if (verified === 'late') return refused(503, 'tryAgain', 'The token could not be checked just now.')
    if (verified === 'refused') return this.#unauthorized('tokenRefused')
    return this.#first(activity, () => this.#run(verified, activity))
  }

  async #run(
    verified: Parameters<CloudAdapterBase['processActivity']>[0],
    activity: Activity,
  ): Promise<HttpAnswer> {
    try {
      const answer = await this.processActivity(verified, activity, async (context) => {
        const value = await this.#parts.bot(context)
        if (activity.type === 'invoke')
          await context.sendActivity({ type: 'invokeResponse', value: value ?? { status: 501 } })
      })
      const content: unknown = answer?.body
      return { status: answer?.status ?? 200, ...(isObject(content) ? { body: content } : {}) }
    } catch (error) {
      this.#parts.log.warn('turnFailed', { name: error instanceof Error ? error.name : 'unknown' })
      return activity.type === 'invoke' ? failedInvoke : { status: 200 }
    }
  }

  /** The same activity again gets the same answer, and nothing happens twice. */
  #first(activity: Activity, run: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
    const now = this.#parts.now()
    if (!activity.id) return run()
    const key = JSON.stringify([activity.channelId, activity.conversation.id, activity.type, activity.id])
    const known = this.#once.get(key)
    if (known && now - known.at < repeatedWithinMs) return known.answer
    for (const [old, { at }] of this.#once) {
      if (now - at < repeatedWithinMs && this.#once.size < mostRemembered) break
      this.#once.delete(old)
    }
    const answer = run()
    this.#once.set(key, { at: now, answer })
    return answer
  }

  /** What the SDK says of a token, without its words, and not later than is bearable. */
  async #inTime<T>(verifying: Promise<T>): Promise<T | 'late' | 'refused'> {
    let stop: () => void = () => undefined
    const late = new Promise<'late'>((resolve) => {
      stop = this.#parts.after(keysWithinMs, () => {
        resolve('late')
      })
    })
    const verified = verifying.catch(() => 'refused' as const)
    return Promise.race([verified, late]).finally(stop)
  }

  #unauthorized(reason: string, status: 401 | 403 = 401): HttpAnswer {
    this.#parts.log.warn('refusedToken', { reason })
    return refused(status, 'unauthorized', 'This request is not authorized.')
  }
}

const failedInvoke: HttpAnswer = {
  status: 200,
  body: {
    statusCode: 500,
    type: 'application/vnd.microsoft.error',
    value: { code: 'internal', message: 'That did not work, and nothing was changed. Please try again.' },
  },
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

/** As much of the SDK's client as a turn uses, over our connector. A failure becomes the SDK's kind of error. */
function clientFor(connector: Connector, serviceUrl: string): ConnectorClient {
  const sent = async (sending: ReturnType<Connector['sendActivity']>) => {
    const result = await sending
    if (result.is !== 'sent') throw new SendFailed(result.is)
    return { id: result.id }
  }
  const conversations = {
    sendToConversation: (conversation: string, activity: object) =>
      sent(connector.sendActivity(serviceUrl, conversation, activity, 0)),
    replyToActivity: (conversation: string, _to: string, activity: object) =>
      sent(connector.sendActivity(serviceUrl, conversation, activity, 0)),
    updateActivity: (conversation: string, id: string, activity: object) =>
      sent(connector.updateActivity(serviceUrl, conversation, id, activity)),
  }
  return { conversations } as unknown as ConnectorClient
}

/** A message of a turn that could not be sent. */
export class SendFailed extends Error {
  constructor(reason: string) {
    super(`not sent: ${reason}`)
    this.name = 'SendFailed'
  }
}
