/** What is asked of Graph about a call, as Graph wants to be asked (microsoft-graph-docs, call resource; types of v1.0). */
import type {
  CommunicationsIdentitySet,
  InvitationParticipantInfo,
  MediaInfo,
  MediaPrompt,
  RejectReason,
  ServiceHostedMediaConfig,
} from '@microsoft/microsoft-graph-types'
import { isObjectId, readPhoneNumber } from '../../core/person.ts'
import { type LegRequest } from './leg.ts'

export type GraphRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Below Graph's address; escaped. */
  readonly path: string
  readonly body?: object
}

/** What became of a request to Graph. */
export type Asked =
  | { readonly is: 'done'; readonly body: unknown }
  /** Graph knows no such call (any more). */
  | { readonly is: 'gone' }
  | { readonly is: 'refused' }
  /** Certainly not done; worth another try. */
  | { readonly is: 'later'; readonly afterMs: number }
  /** The answer got lost: it may have been done. */
  | { readonly is: 'unknown' }

/** One request to Graph's calls. */
export type AskGraph = (request: GraphRequest) => Promise<Asked>

/** Graph is told of what type an object is where several could stand. */
type Typed<T> = T & { readonly '@odata.type': string }

/** Prompts are queued; twenty of six seconds are two minutes of ringing (playPrompt takes 20 at most). */
const mostPrompts = 20

/** Where Graph reaches us. */
export type OwnAddresses = {
  /** Where Graph tells what becomes of a call. */
  readonly callbackUri: string
  /** Where our ringback is to be had. */
  readonly ringbackUri: string
}

/** The request for what is to be asked about the call with this id. */
export function requestFor(id: string, request: LegRequest, own: OwnAddresses): GraphRequest {
  const path = `/communications/calls/${encodeURIComponent(id)}`
  const post = (action: string, body: object) =>
    ({ method: 'POST', path: `${path}/${action}`, body }) as const
  switch (request.ask) {
    case 'answer':
      return post('answer', {
        callbackUri: own.callbackUri,
        mediaConfig: mediaConfig(own),
        acceptedModalities: ['audio'],
      })
    case 'play':
      return post('playPrompt', { clientContext: request.context, prompts: prompts(own) })
    case 'cancelMedia':
      return post('cancelMediaProcessing', {})
    case 'keepAlive':
      return { method: 'POST', path: `${path}/keepAlive` }
    case 'reject':
      return rejection(id, request.reason)
    case 'redirect':
      return post('redirect', { targets: request.to.map(invitation), timeout: request.seconds })
    case 'transfer':
      return post('transfer', { transferTarget: invitation(request.to) })
    case 'hangUp':
      return { method: 'DELETE', path }
    case 'look':
      return { method: 'GET', path }
  }
}

/** Turns away a call that is not answered yet. */
export function rejection(id: string, reason: RejectReason): GraphRequest {
  const path = `/communications/calls/${encodeURIComponent(id)}/reject`
  return { method: 'POST', path, body: { reason } }
}

function mediaConfig(own: OwnAddresses): Typed<ServiceHostedMediaConfig> {
  return { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig', preFetchMedia: [ringback(own)] }
}

function prompts(own: OwnAddresses): ReadonlyArray<Typed<MediaPrompt>> {
  const prompt = { '@odata.type': '#microsoft.graph.mediaPrompt', mediaInfo: ringback(own) }
  return Array.from({ length: mostPrompts }, () => prompt)
}

function ringback({ ringbackUri }: OwnAddresses): Typed<MediaInfo> {
  return { '@odata.type': '#microsoft.graph.mediaInfo', uri: ringbackUri, resourceId: 'ringback' }
}

/** A person by object id, or a telephone number. */
function invitation(to: string): InvitationParticipantInfo {
  const number = isObjectId(to) ? null : readPhoneNumber(to)
  const who = { '@odata.type': '#microsoft.graph.identity', id: number ?? to }
  const identity: Typed<CommunicationsIdentitySet> = {
    '@odata.type': '#microsoft.graph.identitySet',
    ...(number === null ? { user: who } : { phone: who }),
  }
  return { identity }
}
