/** Whether a request's body is an activity at all: the few fields everything else relies on, and their types. */
import { type Activity } from 'botbuilder'
import { brokenIn, isWhole, wholeText } from '../../core/whole.ts'

/** Ids longer than this are nobody's. */
const longestId = 1024

/** The activity, its words made whole; null when it lacks what the Bot Framework promises. */
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
  if (!isComplete || !hasSaneRest(body)) return null
  if (brokenIn(body) !== null) makeWhole(body)
  return body as unknown as Activity
}

/**
 * Takes the halves of letters out of what somebody typed, or is called: they are no reason not to hear them. An id would be
 * another's without them. Not by calling itself, and in place: what comes in may be nested deeper than a stack is high.
 */
function makeWhole(body: object): void {
  const left: object[] = [body]
  for (let next = left.pop(); next; next = left.pop()) {
    const fields = next as Record<string, unknown>
    for (const [name, value] of Object.entries(fields)) {
      const isBroken = typeof value === 'string' && !isWhole(value)
      if (!isWhole(name) || (isBroken && /id$/iu.test(name))) Reflect.deleteProperty(fields, name)
      else if (isBroken) fields[name] = wholeText(value)
      else if (typeof value === 'object' && value !== null) left.push(value)
    }
  }
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
    (value['aadObjectId'] == null || value['aadObjectId'] === '' || isText(value['aadObjectId']))
  )
}

function hasId(value: unknown): boolean {
  return isRecord(value) && isText(value['id'])
}

function isTextOrNothing(value: unknown): boolean {
  return value == null || typeof value === 'string'
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= longestId && isWhole(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
