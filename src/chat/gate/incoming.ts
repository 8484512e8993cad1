/** Reads an activity of the Bot Framework into what it means here. Everything in it is a stranger's letter until read. */
import { type Activity, ActivityTypes } from 'botbuilder'
import { type Sender } from '../../switchboard/directory.ts'
import { type CardInput } from '../draw/input.ts'
import { Recent } from '../draw/recent.ts'
import { type Mention } from '../turn.ts'

export type Incoming =
  | {
      readonly is: 'text'
      readonly sender: Sender
      readonly text: string
      readonly mentions: readonly Mention[]
    }
  | Clicked
  /** Somebody opened the bot, installed it, or was added to its chat. */
  | { readonly is: 'opened'; readonly sender: Sender }
  | { readonly is: 'removed'; readonly sender: Sender }
  | { readonly is: 'notPersonal' }
  | { readonly is: 'nothing' }

export type Clicked = {
  readonly is: 'click'
  readonly sender: Sender
  readonly verb: string
  readonly data: CardInput
  /** Teams redraws live cards by itself when they are seen; that must never count as somebody's decision. */
  readonly isAutomatic: boolean
  /** An invoke is answered in its own HTTP answer, a message by another message. */
  readonly isInvoke: boolean
  /** The activity that shows the card, where the channel tells. */
  readonly card?: string
}

/** The verb of the refresh that Teams sends by itself. */
export const refreshVerb = 'refresh-call'

export function readActivity(activity: Activity): Incoming {
  if (activity.conversation.isGroup === true) return { is: 'notPersonal' }
  switch (activity.type) {
    case String(ActivityTypes.Message):
      return readMessage(activity)
    case String(ActivityTypes.Invoke):
      return activity.name === 'adaptiveCard/action' ? readInvoke(activity) : { is: 'nothing' }
    case String(ActivityTypes.ConversationUpdate):
      return readArrival(activity)
    case String(ActivityTypes.InstallationUpdate):
      return readInstallation(activity)
    default:
      return { is: 'nothing' }
  }
}

function readMessage(activity: Activity): Incoming {
  const sender = senderOf(activity, activity.from)
  const value: unknown = activity.value
  if (isRecord(value)) {
    const card = typeof activity.replyToId === 'string' ? { card: activity.replyToId } : {}
    return {
      is: 'click',
      sender,
      verb: verbIn(value),
      data: value,
      isAutomatic: false,
      isInvoke: false,
      ...card,
    }
  }
  return { is: 'text', sender, ...readText(activity) }
}

function readInvoke(activity: Activity): Incoming {
  const value: unknown = activity.value
  const action = isRecord(value) && isRecord(value['action']) ? value['action'] : {}
  const data = isRecord(action['data']) ? action['data'] : {}
  const verb = typeof action['verb'] === 'string' ? action['verb'] : verbIn(data)
  const isAutomatic = (isRecord(value) && value['trigger'] === 'automatic') || verb === refreshVerb
  return { is: 'click', sender: senderOf(activity, activity.from), verb, data, isAutomatic, isInvoke: true }
}

/** The person among those who arrived; in Teams only the bot is listed and the person is the sender. */
function readArrival(activity: Activity): Incoming {
  const added: unknown = activity.membersAdded
  if (!Array.isArray(added) || added.length === 0) return { is: 'nothing' }
  const members = added.filter(
    (member): member is Activity['from'] => isRecord(member) && typeof member['id'] === 'string',
  )
  const person = members.find(({ id }) => id !== activity.recipient.id) ?? activity.from
  if (person.id === activity.recipient.id) return { is: 'nothing' }
  return { is: 'opened', sender: senderOf(activity, person) }
}

function readInstallation(activity: Activity): Incoming {
  const sender = senderOf(activity, activity.from)
  const action = String(activity.action ?? '')
  // An upgrade takes the app away and brings it back: nobody leaves.
  if (action === 'remove') return { is: 'removed', sender }
  return action.startsWith('add') ? { is: 'opened', sender } : { is: 'nothing' }
}

function senderOf(activity: Activity, who: Activity['from']): Sender {
  const { conversation, serviceUrl, channelId, recipient } = activity
  const tenant = conversation.tenantId
  const zone = zoneIn(activity)
  return {
    user: who.id,
    name: who.name,
    ...(who.aadObjectId ? { objectId: who.aadObjectId } : {}),
    ...(zone === undefined ? {} : { zone }),
    reach: {
      channel: channelId,
      serviceUrl,
      conversation: conversation.id,
      bot: recipient.id,
      user: who.id,
      ...(typeof tenant === 'string' ? { tenant } : {}),
    },
  }
}

const longestZone = 64
const zones = new Recent<string | null>(100)

/** The sender's time zone, if it is one this machine knows. */
function zoneIn({ localTimezone }: Activity): string | undefined {
  const told: unknown = localTimezone
  if (typeof told !== 'string' || told === '' || told.length > longestZone) return undefined
  return zones.of(told, () => zoneNamed(told)) ?? undefined
}

function zoneNamed(told: string): string | null {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: told }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

/** More mentions than this in one message are nobody's. */
const mostMentions = 50

/**
 * The text with each mention as @1, @2, … in the order of `mentions`: what a mention shows may be cut short, hold commas,
 * or be the same for two people. The bot's own mention, which some clients put in front of everything, is left out.
 */
function readText({ text: typed, entities, recipient }: Activity): { text: string; mentions: Mention[] } {
  const mentions: Mention[] = []
  let text = typeof typed === 'string' ? typed : ''
  const given: readonly unknown[] = Array.isArray(entities) ? entities : []
  for (const entity of given.slice(0, mostMentions)) {
    const mention = mentionIn(entity)
    if (!mention) continue
    const isBot = mention.id === recipient.id
    if (!isBot) mentions.push(mention)
    text = text.replace(shownIn(entity, mention), isBot ? ' ' : ` @${mentions.length} `)
  }
  return { text: withoutEscapes(text.replaceAll(`<at>${recipient.name}</at>`, ' ')), mentions }
}

function mentionIn(entity: unknown): Mention | null {
  const mentioned = isRecord(entity) && isRecord(entity['mentioned']) ? entity['mentioned'] : {}
  const { id, name, aadObjectId } = mentioned
  if (typeof id !== 'string' || typeof name !== 'string') return null
  return { id, name, ...(typeof aadObjectId === 'string' ? { objectId: aadObjectId } : {}) }
}

/** How a mention stands in the text. */
function shownIn(entity: unknown, { name }: Mention): string {
  const shown = isRecord(entity) ? entity['text'] : ''
  const isTag = typeof shown === 'string' && shown.startsWith('<at') && shown.endsWith('</at>')
  return isTag ? shown : `<at>${name}</at>`
}

const escaped: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}

/** Some clients send what was typed as if for a page. */
function withoutEscapes(text: string): string {
  return text.replace(/&(?:nbsp|lt|gt|quot|#39|amp);/gu, (found) => escaped[found] ?? found)
}

function verbIn(data: CardInput): string {
  return typeof data['verb'] === 'string' ? data['verb'] : ''
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
