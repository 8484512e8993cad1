/** Whether a request's body is an activity at all: the few fields everything else relies on, and their types. */
import { type Activity } from 'botbuilder'

/** Ids longer than this are nobody's. */
const longestId = 1024

/** The activity, or null when it lacks what the Bot Framework promises. */
export function readableActivity(body: unknown): Activity | null {
  if (!isRecord(body)) return null
  const { type, channelId, serviceUrl, from, recipient, conversation } = body
  const isComplete =
    isText(type) &&
    isText(channelId) &&
    isText(serviceUrl) &&
    hasId(from) &&
    hasId(recipient) &&
    hasId(conversation)
  return isComplete && hasSaneRest(body) ? (body as unknown as Activity) : null
}

function hasSaneRest(body: Readonly<Record<string, unknown>>): boolean {
  const texts = [
    'id',
    'text',
    'name',
    'replyToId',
    'action',
    'localTimezone',
    'deliveryMode',
    'timestamp',
    'localTimestamp',
  ]
  if (texts.some((name) => body[name] != null && typeof body[name] !== 'string')) return false
  const lists = ['membersAdded', 'membersRemoved', 'entities', 'attachments']
  if (lists.some((name) => body[name] != null && !Array.isArray(body[name]))) return false
  const name = isRecord(body['from']) ? body['from']['name'] : undefined
  return (
    (name == null || typeof name === 'string') &&
    (body['channelData'] == null || isRecord(body['channelData']))
  )
}

function hasId(value: unknown): boolean {
  return isRecord(value) && isText(value['id'])
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= longestId
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
