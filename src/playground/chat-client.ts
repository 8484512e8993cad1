/** What a member's Teams client sends to the bot, and how it draws what an invoke is answered with. */
import { type CardJson } from '../chat/draw/card.ts'
import { type ChatService, isTooBig, type Member } from './chat-service.ts'

/** The organization that all members are of. */
export const tenant = '11111111-2222-4333-8444-555555555555'
/** The bot as Teams names it. */
export const bot = { id: '28:bot', name: 'Bot' } as const

export type Activity = Readonly<Record<string, unknown>>

/** Where and when an activity is from. */
export type Sending = {
  readonly serviceUrl: string
  readonly id: string
  readonly at: number
  readonly zone: string
}

/** What every activity of this member says. */
export function envelope(member: Member, { serviceUrl, id, at, zone }: Sending): Activity {
  return {
    id,
    timestamp: new Date(at).toISOString(),
    channelId: 'msteams',
    serviceUrl,
    recipient: bot,
    from: { id: member.user, name: member.name, aadObjectId: member.objectId },
    conversation: { id: member.conversation, conversationType: 'personal', tenantId: tenant },
    channelData: { tenant: { id: tenant } },
    localTimezone: zone,
  }
}

/** Installing the bot is told twice. */
export const installed: readonly Activity[] = [
  { type: 'conversationUpdate', membersAdded: [bot] },
  { type: 'installationUpdate', action: 'add' },
]

export const removed: Activity = { type: 'installationUpdate', action: 'remove' }

export function typed(text: string): Activity {
  return { type: 'message', text, textFormat: 'plain' }
}

/** A text in which people are mentioned: each stands in it as <at>name</at>. */
export function typedWith(text: string, mentioned: readonly Member[]): Activity {
  const entities = mentioned.map(({ user, name, objectId }) => ({
    type: 'mention',
    text: `<at>${name}</at>`,
    mentioned: { id: user, name, aadObjectId: objectId },
  }))
  return mentioned.length === 0 ? typed(text) : { ...typed(text), entities }
}

/** A button of a card as it was pressed, with what was filled in. */
export type Pressed = {
  readonly type: 'Action.Execute' | 'Action.Submit'
  readonly verb: string
  readonly data: CardJson
  /** The message that shows the card. */
  readonly shown: string
}

export function pressed({ type, verb, data, shown }: Pressed): Activity {
  return type === 'Action.Submit'
    ? { type: 'message', value: data, replyToId: shown }
    : {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type, verb, data }, trigger: 'manual' },
        replyToId: shown,
      }
}

/** What came of a click; `failed` has what Teams would show under the card. */
export type InvokeDrawn = { readonly is: 'drawn' } | { readonly is: 'failed'; readonly words: string }

const unreachable = 'The bot could not be reached. Please try again.'

/** Draws what the bot answered to a click on a message: a card in its place, a line below, or that it did not work. */
export function drawInvoke(
  service: ChatService,
  conversation: string,
  shown: string,
  { status, body }: { readonly status: number; readonly body: unknown },
): InvokeDrawn {
  const { type, value } =
    typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {}
  if (status !== 200) return { is: 'failed', words: unreachable }
  if (type === 'application/vnd.microsoft.card.adaptive' && isCard(value)) {
    if (isTooBig({ value })) return { is: 'failed', words: 'The card is too long for Teams.' }
    const { screens } = service
    const summary = screens.of(conversation).find(({ id }) => id === shown)?.summary ?? ''
    const drawn = { text: '', card: value, summary, alert: false }
    if (!screens.redraw(conversation, shown, drawn))
      screens.post(conversation, { id: service.newId(), from: 'bot', ...drawn })
    return { is: 'drawn' }
  }
  if (type === 'application/vnd.microsoft.activity.message' && typeof value === 'string') {
    const drawn = { text: value, card: null, summary: '', alert: false }
    service.screens.post(conversation, { id: service.newId(), from: 'bot', ...drawn })
    return { is: 'drawn' }
  }
  if (type !== 'application/vnd.microsoft.error') return { is: 'drawn' }
  return {
    is: 'failed',
    words: isCard(value) && typeof value['message'] === 'string' ? value['message'] : unreachable,
  }
}

function isCard(value: unknown): value is CardJson {
  return typeof value === 'object' && value !== null
}
