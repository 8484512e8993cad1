/**
 * What Microsoft Graph posts about calls, read. One POST may hold several notices, in any order and more than once; what
 * is not known is left out, and never an error (teams-platform section 1.2, after msgraph-metadata and the call pages).
 */
import { type Caller } from '../../core/lane.ts'
import { isObjectId, plainAddress } from '../../core/person.ts'
import { callerIn } from './caller.ts'
import { type Fields, fieldsIn, fieldsOf, listIn, numberIn, wordIn } from './fields.ts'
import { type LegEvent } from './leg.ts'

/** A call that comes in: who may be its owner, in the order in which they are to be believed. */
export type GraphOffer = {
  readonly caller: Caller
  /** Object ids of people who forwarded, or on whose behalf the call came. */
  readonly owners: readonly string[]
  /** The resource accounts or applications that were called. */
  readonly lines: readonly string[]
  readonly tenant: string
  /** The same for every leg of one call. */
  readonly chain: string
}

export type GraphNotification = { readonly call: string } & (
  | { readonly is: 'incoming'; readonly offer: GraphOffer }
  | {
      readonly is: 'event'
      readonly event: Extract<LegEvent, { is: 'established' | 'terminated' | 'promptEnded' }>
    }
)

/** Longer ids are nobody's. */
const longestId = 200
/** What a leg ended with because its caller was transferred. */
const transferredCode = 7015

/** The notices in a body; null when it is not of Graph's kind (the first may come in an older format). */
export function readNotifications(body: unknown): readonly GraphNotification[] | null {
  const value = fieldsOf(body).get('value')
  if (!Array.isArray(value)) return null
  return value.flatMap((one: unknown) => readNotice(fieldsOf(one)) ?? [])
}

function readNotice(notice: Fields): GraphNotification | null {
  const place = placeIn(wordIn(notice, 'resourceUrl')) ?? placeIn(wordIn(notice, 'resource'))
  if (place === null) return null
  const { call, below } = place
  const change = wordIn(notice, 'changeType').toLowerCase()
  const resource = fieldsIn(notice, 'resourceData')
  if (below[0] === 'operations') return promptNotice(call, change, resource)
  return below.length === 0 ? callNotice(call, change, resource) : null
}

/**
 * The call that an address is about, and what of it: the address may be absolute, in any case, and end in a slash or in a
 * question. A GUID is the same in any case.
 */
function placeIn(address: string): { readonly call: string; readonly below: readonly string[] } | null {
  const [path = ''] = address.split(/[?#]/u)
  const parts = path.split('/').filter((part) => part !== '')
  const at = parts.findIndex((part) => part.toLowerCase() === 'calls')
  const call = decoded(parts[at + 1] ?? '')
  if (at < 0 || call === '' || call.length > longestId) return null
  return {
    call: isObjectId(call) ? call.toLowerCase() : call,
    below: parts.slice(at + 2).map((part) => part.toLowerCase()),
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Only prompts are asked for that go on after their answer: whatever ends is one. */
function promptNotice(call: string, change: string, resource: Fields): GraphNotification | null {
  const status = wordIn(resource, 'status').toLowerCase()
  const isOver = change === 'deleted' || status === 'completed' || status === 'failed'
  const context = wordIn(resource, 'clientContext')
  return isOver ? { call, is: 'event', event: { is: 'promptEnded', context: context || null } } : null
}

function callNotice(call: string, change: string, resource: Fields): GraphNotification | null {
  const state = wordIn(resource, 'state').toLowerCase()
  const result = resultOf(resource)
  if (change === 'deleted' || state === 'terminated')
    return { call, is: 'event', event: { is: 'terminated', ...result } }
  if (state === 'established')
    return { call, is: 'event', event: { is: 'established', failed: result.failed } }
  const isIncoming = state === 'incoming' && wordIn(resource, 'direction').toLowerCase() !== 'outgoing'
  return isIncoming ? { call, is: 'incoming', offer: offerOf(resource) } : null
}

/**
 * How a call came to be as it is. That its caller was transferred Graph says by a number, which may stand in its message
 * alone; the pages of the request show a reason in its place.
 */
function resultOf(resource: Fields): { readonly transferred: boolean; readonly failed: boolean } {
  const result = fieldsIn(resource, 'resultInfo')
  const [code, subcode] = [numberIn(result, 'code'), numberIn(result, 'subcode')]
  const isCode = [code, subcode].includes(transferredCode)
  const isReason = wordIn(resource, 'terminationReason').toLowerCase() === 'apptransferred'
  const isSaid = /#7015\b|\btransferred\b/iu.test(wordIn(result, 'message'))
  const failed = code !== transferredCode && code >= 400
  return { transferred: !failed && (isCode || isReason || isSaid), failed }
}

function offerOf(resource: Fields): GraphOffer {
  const tenant = wordIn(resource, 'tenantId')
  return {
    caller: callerIn(fieldsIn(resource, 'source'), tenant),
    owners: ownersOf(resource).map(plainAddress),
    lines: listIn(resource, 'targets').flatMap((target) => linesOf(fieldsIn(fieldsOf(target), 'identity'))),
    tenant,
    chain: wordIn(resource, 'callChainId'),
  }
}

function ownersOf(resource: Fields): readonly string[] {
  const routes = listIn(resource, 'callRoutes').map(fieldsOf)
  const forwarded = routes.filter((route) => wordIn(route, 'routingType').toLowerCase() === 'forwarded')
  const behalf = fieldsIn(fieldsIn(resource, 'incomingContext'), 'onBehalfOf')
  const identities = [...forwarded.map((route) => fieldsIn(route, 'original')), behalf]
  return identities.map((identity) => idIn(identity, 'user')).filter((id) => id !== '')
}

function linesOf(identity: Fields): readonly string[] {
  return ['applicationInstance', 'application'].map((kind) => idIn(identity, kind)).filter((id) => id !== '')
}

function idIn(identity: Fields, kind: string): string {
  return wordIn(fieldsIn(identity, kind), 'id')
}
