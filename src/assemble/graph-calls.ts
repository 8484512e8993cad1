/** Calls that Microsoft Graph brings: the source, the door at which Graph knocks, and the sound that callers hear. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Clock } from '../clock.ts'
import { type Environment } from '../environment/environment.ts'
import { type GraphAnswer, type GraphFailure } from '../graph/answer.ts'
import { Graph } from '../graph/client.ts'
import { graphCallsPath, type GraphDoor, ringbackPath } from '../http/graph-door.ts'
import { type Log } from '../log.ts'
import { type Metrics } from '../metrics.ts'
import { GraphSource, type GraphParts } from '../source/graph/graph.ts'
import { type AskGraph, type Asked } from '../source/graph/requests.ts'
import { ringback } from '../source/graph/ringback.ts'
import { callServiceMetadata, isCallService } from '../source/graph/token.ts'
import { ownToken } from '../wire/own-token.ts'
import { KeysMissing, readFromHost, SigningKeys } from '../wire/signing-keys.ts'
import { send } from '../wire/wire.ts'

export type GraphCalls = {
  readonly source: GraphSource
  readonly door: GraphDoor
}

export type GraphCallsParts = Omit<
  GraphParts,
  'own' | 'ask' | 'turnedAway' | 'tenantId' | 'voicemailNumber' | 'defaultOwner' | 'mostCalls'
> & {
  readonly clock: Clock
  readonly metrics: Metrics
  readonly log: Log
  /** Whether this instance may act; another has taken over what it does otherwise. */
  readonly maySend: () => boolean
  /** The bot's token for Graph, and the documents with the call service's keys; over the network unless given. */
  readonly token?: () => Promise<string>
  readonly readKeys?: (url: string) => Promise<unknown>
}

const laterMs = 500
/** Whoever wants to be left alone is asked again after so long at the latest: a call does not wait longer. */
const longestWaitMs = 30_000

/** Absent where no calls come from Graph. */
export function graphCalls(
  { identity, graphCalls: settings, graphUrl: baseUrl }: Environment,
  parts: GraphCallsParts,
): GraphCalls | null {
  if (identity === null || settings === null) return null
  const { clock, metrics, log, readKeys = readFromHost, token = ownToken(identity, 'graph', clock) } = parts
  const { appId, appPassword, tenantId } = identity
  const now = () => clock.now()
  const graph = new Graph({ baseUrl, token, count: metrics.graph, send, clock, random: Math.random })
  const ask = asking(graph, (what) => {
    log.warn('graphRefused', what)
  })
  const keys = new SigningKeys({ now, metadata: callServiceMetadata, read: readKeys })
  const { publicUrl, ...others } = settings
  // The same after a restart and on every instance, and known to nobody else.
  const name = `${createHmac('sha256', appPassword).update('ringback').digest('base64url')}.wav`
  const source = new GraphSource({
    ...parts,
    ...others,
    tenantId,
    turnedAway: (why) => {
      log.warn('graphCallTurnedAway', { why })
    },
    ask: (request) => (parts.maySend() ? ask(request) : Promise.resolve({ is: 'later', afterMs: laterMs })),
    own: { callbackUri: `${publicUrl}${graphCallsPath}`, ringbackUri: `${publicUrl}${ringbackPath}/${name}` },
  })
  const sound = ringback()
  const door: GraphDoor = {
    isGraph: async (authorization) => {
      try {
        const isGraph = await isCallService(authorization, { appId, tenantId, keys, now: () => clock.wall() })
        if (!isGraph) log.warn('refusedGraphToken')
        return isGraph
      } catch (error) {
        if (!(error instanceof KeysMissing)) throw error
        log.warn('graphKeysMissing')
        return null
      }
    },
    receive: async (body) => ({ status: await source.receive(body) }),
    ringback: (asked) => (isSame(asked, name) ? sound : null),
  }
  return { source, door }
}

/** Graph's answers as the source takes them. What may have been done is not asked for again. */
export function asking(
  graph: Pick<Graph, 'read' | 'write'>,
  refused: (what: RefusedRequest) => void = () => undefined,
): AskGraph {
  return async ({ method, path, body }) => {
    const answer = method === 'GET' ? await graph.read(path) : await graph.write(method, path, body)
    const action = method === 'POST' ? (path.split('/').at(-1) ?? '') : method
    if (answer.is === 'refused') refused({ action, status: answer.status, code: answer.code })
    return askedBy(answer)
  }
}

/** What Graph would not do, and its word for why: a permission that nobody consented to shows here. */
type RefusedRequest = { readonly action: string; readonly status: number; readonly code: string }

function askedBy(answer: GraphAnswer | GraphFailure): Asked {
  switch (answer.is) {
    case 'done':
      return answer
    case 'notFound':
      return { is: 'gone' }
    case 'refused':
      return { is: 'refused' }
    case 'throttled':
      return { is: 'later', afterMs: Math.min(answer.retryAfterMs, longestWaitMs) }
    case 'transient':
      return answer.mayBeDone ? { is: 'unknown' } : { is: 'later', afterMs: laterMs }
    case 'badAnswer':
      return { is: 'unknown' }
  }
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)]
  return first.length === second.length && timingSafeEqual(first, second)
}
