/**
 * What Microsoft Graph posts about calls, read. One POST may hold several notices, in any order and more than once; what
 * is not known is left out, and never an error (teams-platform section 1.2, after msgraph-metadata and the call pages).
 */
import { type Caller } from '../core/lane.ts'
import { plainAddress, readPhoneNumber } from '../core/person.ts'
import { type LegEvent } from './graph-leg.ts'

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

export type GraphNotice = { readonly call: string } & (
  | { readonly is: 'incoming'; readonly offer: GraphOffer }
  | {
      readonly is: 'event'
      readonly event: Extract<LegEvent, { is: 'established' | 'terminated' | 'promptEnded' }>
    }
)

type Fields = ReadonlyMap<string, unknown>

/** Longer ids are nobody's. */
const longestId = 200
/** The subcode of a leg that ended because its caller was transferred. */
const transferredSubcode = 7015

/** The notices in a body; null when it is not of Graph's kind (the first may come in an older format). */
export function readNotices(body: unknown): readonly GraphNotice[] | null {
  const value = fieldsOf(body).get('value')
  if (!Array.isArray(value)) return null
  return value.flatMap((one: unknown) => readNotice(fieldsOf(one)) ?? [])
}

function readNotice(notice: Fields): GraphNotice | null {
  const path = wordIn(notice, 'resourceUrl') || wordIn(notice, 'resource')
  const [, call = '', rest = ''] = /\/calls\/([^/?]+)(\/[^?]*)?$/u.exec(path) ?? []
  const change = wordIn(notice, 'changeType').toLowerCase()
  const resource = fieldsOf(notice.get('resourceData'))
  if (call === '' || call.length > longestId) return null
  if (rest.toLowerCase().startsWith('/operations/')) return promptNotice(call, change, resource)
  return rest === '' ? callNotice(call, change, resource) : null
}

/** Only prompts are asked for that go on after their answer: whatever ends is one. */
function promptNotice(call: string, change: string, resource: Fields): GraphNotice | null {
  const status = wordIn(resource, 'status').toLowerCase()
  const isOver = change === 'deleted' || status === 'completed' || status === 'failed'
  const context = wordIn(resource, 'clientContext')
  return isOver ? { call, is: 'event', event: { is: 'promptEnded', context: context || null } } : null
}

function callNotice(call: string, change: string, resource: Fields): GraphNotice | null {
  const state = wordIn(resource, 'state').toLowerCase()
  const result = fieldsOf(resource.get('resultInfo'))
  if (change === 'deleted' || state === 'terminated') {
    const code = numberIn(result, 'code')
    const transferred = numberIn(result, 'subcode') === transferredSubcode && code < 300
    return { call, is: 'event', event: { is: 'terminated', transferred, failed: code >= 400 } }
  }
  if (state === 'established') {
    const failed = numberIn(result, 'code') >= 400
    return { call, is: 'event', event: { is: 'established', failed } }
  }
  const isIncoming = state === 'incoming' && wordIn(resource, 'direction').toLowerCase() !== 'outgoing'
  return isIncoming ? { call, is: 'incoming', offer: offerOf(resource) } : null
}

function offerOf(resource: Fields): GraphOffer {
  const tenant = wordIn(resource, 'tenantId')
  return {
    caller: callerOf(fieldsOf(fieldsOf(resource.get('source')).get('identity')), tenant),
    owners: ownersOf(resource).map(plainAddress),
    lines: listOf(resource.get('targets')).flatMap((target) =>
      linesOf(fieldsOf(fieldsOf(target).get('identity'))),
    ),
    tenant,
    chain: wordIn(resource, 'callChainId'),
  }
}

function ownersOf(resource: Fields): readonly string[] {
  const routes = listOf(resource.get('callRoutes')).map(fieldsOf)
  const forwarded = routes.filter((route) => wordIn(route, 'routingType').toLowerCase() === 'forwarded')
  const context = fieldsOf(resource.get('incomingContext'))
  const identities = [...forwarded.map((route) => route.get('original')), context.get('onBehalfOf')]
  return identities.map((identity) => idIn(fieldsOf(identity), 'user')).filter((id) => id !== '')
}

function linesOf(identity: Fields): readonly string[] {
  return ['applicationInstance', 'application'].map((kind) => idIn(identity, kind)).filter((id) => id !== '')
}

/** Somebody of another tenant is federated; whoever Graph does not name is somebody of ours it keeps to itself. */
function callerOf(identity: Fields, tenant: string): Caller {
  const phone = idIn(identity, 'phone')
  if (phone !== '') {
    const name = nameIn(identity, 'phone')
    return { kind: 'pstn', number: readPhoneNumber(phone) ?? phone, ...(name === '' ? {} : { name }) }
  }
  const kind = ['user', 'guest', 'encrypted'].find((one) => identity.get(one) != null) ?? ''
  const id = kind === 'user' ? plainAddress(idIn(identity, kind)) : ''
  const theirs = wordIn(fieldsOf(identity.get(kind)), 'tenantId')
  const name = nameIn(identity, kind)
  return {
    kind: theirs !== '' && theirs.toLowerCase() !== tenant.toLowerCase() ? 'federated' : 'internal',
    ...(id === '' ? {} : { id }),
    ...(name === '' ? {} : { name }),
  }
}

function idIn(identity: Fields, kind: string): string {
  return wordIn(fieldsOf(identity.get(kind)), 'id')
}

function nameIn(identity: Fields, kind: string): string {
  return wordIn(fieldsOf(identity.get(kind)), 'displayName')
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function fieldsOf(value: unknown): Fields {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return new Map<string, unknown>(isObject ? Object.entries(value) : [])
}

function wordIn(fields: Fields, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' && value.length <= 1000 ? value : ''
}

/** Written in either case: `subcode` stands in the metadata, `subCode` on the pages. */
function numberIn(fields: Fields, name: string): number {
  const found = [...fields].find(([key]) => key.toLowerCase() === name)
  return typeof found?.[1] === 'number' ? found[1] : 0
}
