/**
 * The one way out to the chat service: deadlines, retries and limits live here, and nowhere else. A POST whose fate is
 * unknown is never repeated, because it may be on the screen already; a PUT may be.
 */
import { type Reach } from '../store/documents.ts'
import { type Budget, type Priority } from './budget.ts'
import {
  type Member,
  type Message,
  type Messenger,
  type Opened,
  type SendFailure,
  type SendOptions,
  type Sent,
} from './messenger.ts'
import { isServiceUrl } from './service-urls.ts'
import { send, type WireRequest, type WireResult } from './wire.ts'

export type ConnectorParts = {
  readonly isLocal: boolean
  readonly budget: Budget
  /** A token for the service; null where none is needed. Throws when none can be had. */
  readonly token: () => Promise<string | null>
  readonly wait: (ms: number) => Promise<void>
  readonly random: () => number
  /** Told of every request: what it was and how it ended, for metrics. */
  readonly count: (what: string, result: string) => void
}

type Ask = {
  readonly method: WireRequest['method']
  readonly serviceUrl: string
  readonly path: string
  readonly conversation: string
  readonly body?: object
  readonly priority: Priority
}

/** A service that says when to come back is obeyed at once up to here; longer waits are the caller's to plan. */
const longestWaitMs = 2000
const mostTries = 3
const firstWaitMs = 250
/** Teams loses sight of valid cards for a moment now and then (msteams-docs issue 6139). */
const secondLookMs = 1000

export class Connector implements Messenger {
  readonly #parts: ConnectorParts

  constructor(parts: ConnectorParts) {
    this.#parts = parts
  }

  async post(
    to: Reach,
    message: Message,
    { priority }: SendOptions = { priority: 2 },
  ): Promise<Sent | SendFailure> {
    return this.sendActivity(to.serviceUrl, to.conversation, asActivity(to, message), priority)
  }

  async update(to: Reach, activity: string, message: Message): Promise<Sent | SendFailure> {
    const body = { ...asActivity(to, message), id: activity }
    return this.updateActivity(to.serviceUrl, to.conversation, activity, body)
  }

  async delete(to: Reach, activity: string): Promise<Sent | SendFailure> {
    return sentOr(
      await this.#ask(to.serviceUrl, 'DELETE', to.conversation, activityPath(to.conversation, activity)),
      activity,
    )
  }

  async open(like: Reach, user: string): Promise<Opened | SendFailure> {
    const tenant =
      like.tenant === undefined ? {} : { tenantId: like.tenant, channelData: { tenant: { id: like.tenant } } }
    const body = { bot: { id: like.bot }, members: [{ id: user }], isGroup: false, ...tenant }
    const result = await this.#ask(like.serviceUrl, 'POST', user, '/v3/conversations', body, 1)
    const sent = sentOr(result, '')
    return sent.is === 'sent' ? { is: 'opened', conversation: sent.id } : sent
  }

  async member(of: Reach, user: string): Promise<Member | SendFailure> {
    const path = `${conversationPath(of.conversation)}/members/${encodeURIComponent(user)}`
    const result = await this.#ask(of.serviceUrl, 'GET', of.conversation, path)
    const sent = sentOr(result, user)
    return sent.is === 'sent' ? readMember(result) : sent
  }

  /** Posts an activity as it is; what a turn answers with. */
  async sendActivity(
    serviceUrl: string,
    conversation: string,
    activity: object,
    priority: Priority,
  ): Promise<Sent | SendFailure> {
    const path = `${conversationPath(conversation)}/activities`
    return sentOr(await this.#ask(serviceUrl, 'POST', conversation, path, activity, priority), '')
  }

  async updateActivity(
    serviceUrl: string,
    conversation: string,
    id: string,
    activity: object,
  ): Promise<Sent | SendFailure> {
    const put = () => this.#ask(serviceUrl, 'PUT', conversation, activityPath(conversation, id), activity)
    const first = await put()
    if (!isLostSight(first)) return sentOr(first, id)
    await this.#parts.wait(secondLookMs)
    return sentOr(await put(), id)
  }

  async #ask(
    serviceUrl: string,
    method: Ask['method'],
    conversation: string,
    path: string,
    body?: object,
    priority: Priority = 2,
  ): Promise<WireResult> {
    const { isLocal, budget, count } = this.#parts
    if (!isServiceUrl(serviceUrl, isLocal)) {
      count(method, 'refusedServiceUrl')
      return { is: 'answered', status: 403, body: null }
    }
    const ask: Ask = { method, serviceUrl, path, conversation, priority, ...(body ? { body } : {}) }
    return budget.run(conversation, priority, () => this.#tryAgain(ask))
  }

  /** Tries what may be tried again, three times at most, with growing waits of random length. */
  async #tryAgain(ask: Ask): Promise<WireResult> {
    const { wait, random } = this.#parts
    for (let tries = 1; ; tries += 1) {
      const result = await this.#once(ask)
      const pause = tries < mostTries ? pauseBefore(ask, result, tries) : null
      if (pause === null) return result
      await wait(pause * (0.5 + random()))
    }
  }

  async #once({ method, serviceUrl, path, body }: Ask): Promise<WireResult> {
    const token = await this.#parts.token().catch(() => undefined)
    if (token === undefined) {
      this.#parts.count(method, 'noToken')
      return { is: 'notSent' }
    }
    const url = `${serviceUrl.endsWith('/') ? serviceUrl.slice(0, -1) : serviceUrl}${path}`
    const result = await send({ method, url, token, ...(body ? { body } : {}) })
    this.#parts.count(method, result.is === 'answered' ? String(result.status) : result.is)
    return result
  }
}

/** Milliseconds to wait before another try; null when there must be none. */
function pauseBefore({ method }: Ask, result: WireResult, tries: number): number | null {
  const growing = firstWaitMs * 2 ** (tries - 1)
  if (result.is === 'notSent') return growing
  if (result.is === 'lost') return method === 'POST' ? null : growing
  const { status, retryAfterMs } = result
  if (status === 429) return retryAfterMs !== undefined && retryAfterMs <= longestWaitMs ? retryAfterMs : null
  if (status === 412) return growing
  const isShaky = status === 408 || status >= 500
  return isShaky && method !== 'POST' ? growing : null
}

/** What a result means for the message. */
function sentOr(result: WireResult, id: string): Sent | SendFailure {
  if (result.is === 'notSent') return { is: 'transient' }
  if (result.is === 'lost') return { is: 'unknown' }
  const { status } = result
  if (status >= 200 && status < 300) return { is: 'sent', id: textIn(result.body, 'id') ?? id }
  if (status === 403) return { is: 'unreachable' }
  if (status === 404) return { is: 'gone' }
  if (status === 413) return { is: 'tooBig' }
  if (status === 429) return { is: 'throttled', retryAfterMs: result.retryAfterMs ?? secondLookMs }
  return status === 408 || status >= 500 ? { is: 'unknown' } : { is: 'transient' }
}

function isLostSight(result: WireResult): boolean {
  if (result.is !== 'answered' || result.status !== 404) return false
  const { body } = result
  const error = isRecord(body) ? body['error'] : undefined
  return textIn(error, 'code') === 'ActivityNotFoundInConversation'
}

function readMember(result: WireResult): Member {
  const body = result.is === 'answered' ? result.body : null
  const address = textIn(body, 'userPrincipalName') ?? textIn(body, 'email')
  const objectId = textIn(body, 'aadObjectId') ?? textIn(body, 'objectId')
  return {
    is: 'member',
    name: textIn(body, 'name') ?? '',
    ...(address === undefined ? {} : { address }),
    ...(objectId === undefined ? {} : { objectId }),
  }
}

/** A message as the Bot Framework writes it. */
function asActivity(to: Reach, { text, card, summary, alert }: Message): object {
  const isTeams = to.channel === 'msteams'
  return {
    type: 'message',
    from: { id: to.bot },
    recipient: { id: to.user },
    conversation: { id: to.conversation },
    channelId: to.channel,
    ...(text === undefined ? {} : { text, textFormat: 'plain' }),
    ...(card
      ? { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] }
      : {}),
    ...(summary === undefined ? {} : { summary }),
    ...(alert && isTeams ? { channelData: { notification: { alert: true } } } : {}),
  }
}

function conversationPath(conversation: string): string {
  return `/v3/conversations/${encodeURIComponent(conversation)}`
}

function activityPath(conversation: string, activity: string): string {
  return `${conversationPath(conversation)}/activities/${encodeURIComponent(activity)}`
}

function textIn(value: unknown, name: string): string | undefined {
  const text = isRecord(value) ? value[name] : undefined
  return typeof text === 'string' && text !== '' ? text : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
