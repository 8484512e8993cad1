/**
 * The one way out to the chat service: deadlines, retries and limits live here, and nowhere else. A POST whose fate is
 * unknown is never repeated, because it may be on the screen already; a PUT may be.
 */
import { type Reach } from '../../store/documents.ts'
import { send, type WireRequest, type WireResult } from '../../wire/wire.ts'
import { type SendQuota, type Priority } from './send-quota.ts'
import { isLostSight, pauseBefore, readMember, sentOr } from './connector-answer.ts'
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

export type ConnectorParts = {
  readonly isLocal: boolean
  readonly budget: SendQuota
  /** A token for the service; null where none is needed. Throws when none can be had. */
  readonly token: () => Promise<string | null>
  readonly wait: (ms: number) => Promise<void>
  /** Whether what is being done may still be done by this instance; unless given it always may. */
  readonly maySend?: () => boolean
  readonly random: () => number
  /** Told of every request: what it was, how it ended and how long it took, for metrics. */
  readonly count: (what: string, result: string, seconds: number) => void
  /** How long one try may take, in milliseconds; four seconds unless said. */
  readonly withinMs?: number
}

type Ask = {
  readonly method: WireRequest['method']
  readonly serviceUrl: string
  readonly path: string
  readonly body?: object
}

const usual: SendOptions = { priority: 2 }
/** Teams loses sight of valid cards for a moment now and then (msteams-docs issue 6139). */
const secondLookMs = 1000
/** A message that was answered without an id can never be found again. */
const idNeverCame: SendFailure = { is: 'gone' }

export class Connector implements Messenger {
  readonly #parts: ConnectorParts

  constructor(parts: ConnectorParts) {
    this.#parts = parts
  }

  async post(to: Reach, message: Message, { priority }: SendOptions = usual): Promise<Sent | SendFailure> {
    return this.sendActivity(to.serviceUrl, to.conversation, asActivity(to, message), priority)
  }

  async update(
    to: Reach,
    activity: string,
    message: Message,
    { priority }: SendOptions = usual,
  ): Promise<Sent | SendFailure> {
    const body = { ...asActivity(to, message), id: activity }
    return this.updateActivity(to.serviceUrl, to.conversation, activity, body, priority)
  }

  async delete(to: Reach, activity: string): Promise<Sent | SendFailure> {
    return this.deleteActivity(to.serviceUrl, to.conversation, activity, 2)
  }

  async open(like: Reach, user: string): Promise<Opened | SendFailure> {
    const tenant =
      like.tenant === undefined ? {} : { tenantId: like.tenant, channelData: { tenant: { id: like.tenant } } }
    const body = { bot: { id: like.bot }, members: [{ id: user }], isGroup: false, ...tenant }
    const result = await this.#ask(like.serviceUrl, 'POST', user, '/v3/conversations', body, 1)
    const sent = sentOr(result, '')
    if (sent.is !== 'sent') return sent
    return sent.id === '' ? { is: 'transient' } : { is: 'opened', conversation: sent.id }
  }

  async member(of: Reach, user: string): Promise<Member | SendFailure> {
    const path = `${conversationPath(of.conversation)}/members/${encodeURIComponent(user)}`
    const result = await this.#ask(of.serviceUrl, 'GET', of.conversation, path, undefined, 4)
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
    priority: Priority,
  ): Promise<Sent | SendFailure> {
    const put = () =>
      this.#ask(serviceUrl, 'PUT', conversation, activityPath(conversation, id), activity, priority)
    if (id === '') return idNeverCame
    const first = await put()
    if (!isLostSight(first)) return sentOr(first, id)
    await this.#parts.wait(secondLookMs)
    return sentOr(await put(), id)
  }

  async deleteActivity(
    serviceUrl: string,
    conversation: string,
    id: string,
    priority: Priority,
  ): Promise<Sent | SendFailure> {
    if (id === '') return idNeverCame
    const path = activityPath(conversation, id)
    return sentOr(await this.#ask(serviceUrl, 'DELETE', conversation, path, undefined, priority), id)
  }

  /** Tries what may be tried again, a few times, with growing waits of random length; others go on meanwhile. */
  async #ask(
    serviceUrl: string,
    method: Ask['method'],
    conversation: string,
    path: string,
    body: object | undefined,
    priority: Priority,
  ): Promise<WireResult> {
    const { isLocal, budget, count, wait, random } = this.#parts
    if (!isServiceUrl(serviceUrl, isLocal)) {
      count(method, 'refusedServiceUrl', 0)
      return { is: 'answered', status: 403, body: null }
    }
    const ask: Ask = { method, serviceUrl, path, ...(body ? { body } : {}) }
    for (let tries = 1; ; tries += 1) {
      const result = await budget.run(conversation, priority, () => this.#once(ask))
      if (result === null) {
        count(method, 'noTurn', 0)
        return { is: 'notSent' }
      }
      const pause = pauseBefore(method, result, tries)
      if (pause === null) return result
      await wait(pause * (1 + random() / 2))
    }
  }

  async #once({ method, serviceUrl, path, body }: Ask): Promise<WireResult> {
    const { token: askToken, count, withinMs, maySend } = this.#parts
    if (maySend?.() === false) {
      count(method, 'notOurs', 0)
      return { is: 'notSent' }
    }
    const token = await askToken().catch(() => undefined)
    if (token === undefined) {
      count(method, 'noToken', 0)
      return { is: 'notSent' }
    }
    const url = `${serviceUrl.endsWith('/') ? serviceUrl.slice(0, -1) : serviceUrl}${path}`
    const began = performance.now()
    const limit = withinMs === undefined ? {} : { withinMs }
    const result = await send({ method, url, token, ...limit, ...(body ? { body } : {}) })
    const seconds = (performance.now() - began) / 1000
    count(method, result.is === 'answered' ? String(result.status) : result.is, seconds)
    return result
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
