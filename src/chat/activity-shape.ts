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
    isAccount(from) &&
    isAccount(recipient) &&
    hasId(conversation)
  return isComplete && hasSaneRest(body) ? (body as unknown as Activity) : null
}

const texts = ['text', 'name', 'action', 'localTimezone', 'deliveryMode', 'timestamp', 'localTimestamp']
const lists = ['membersAdded', 'membersRemoved', 'entities', 'attachments']

function hasSaneRest(body: Readonly<Record<string, unknown>>): boolean {
  const { id, replyToId, channelData, membersAdded } = body
  return (
    [id, replyToId].every((one) => one == null || one === '' || isText(one)) &&
    texts.every((name) => isTextOrNothing(body[name])) &&
    lists.every((name) => body[name] == null || Array.isArray(body[name])) &&
    (!Array.isArray(membersAdded) || membersAdded.every(isAccount)) &&
    (channelData == null || isRecord(channelData))
  )
}

/** A person or a bot: what they are called and their object id are words, where they are told. */
function isAccount(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value['id']) &&
    isTextOrNothing(value['name']) &&
    isTextOrNothing(value['aadObjectId'])
  )
}

function hasId(value: unknown): boolean {
  return isRecord(value) && isText(value['id'])
}

function isTextOrNothing(value: unknown): boolean {
  return value == null || typeof value === 'string'
}

/** Half of a letter is in no id, and cannot be written in an address. */
const brokenLetter = /\p{Surrogate}/u

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= longestId && !brokenLetter.test(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
