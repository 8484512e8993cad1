/** Where Microsoft Graph knocks: what it tells of calls, and the sound it fetches for callers. */
import { type IncomingMessage } from 'node:http'
import { readJsonBody } from './json-body.ts'
import { failure, type Reply } from './reply.ts'

/** What the server does for Graph. */
export type GraphDoor = {
  /** Whether these are Graph's words, by their Authorization header; null when it cannot be known just now. */
  readonly isGraph: (authorization: string) => Promise<boolean | null>
  /** Keeps what Graph posted, and then acknowledges it. */
  readonly receive: (body: unknown) => Promise<Reply>
  /** The sound, to whoever knows its name. */
  readonly ringback: (name: string) => Buffer | null
}

export const graphCallsPath = '/api/graph/calls'
export const ringbackPath = '/api/graph/ringback'

/** One POST of Graph's. Its sender is known by the header alone, so a stranger's body is not even read. */
export async function graphPosted(door: GraphDoor | undefined, request: IncomingMessage): Promise<Reply> {
  if (!door) return failure(404, 'notFound', 'This bot takes no calls from Microsoft Graph.')
  const isGraph = await door.isGraph(request.headers.authorization ?? '')
  if (isGraph === null) return failure(503, 'tryAgain', 'The token could not be checked just now.')
  if (!isGraph) return failure(403, 'forbidden', 'This request is not authorized.')
  const body = await readJsonBody(request)
  if (body.is === 'refused') return failure(body.status, body.code, body.message)
  return door.receive(body.value)
}

/** The ringback, by its unguessable name. */
export function ringbackReply(door: GraphDoor | undefined, { url = '' }: IncomingMessage): Reply {
  const [path = ''] = url.split('?')
  const sound = door?.ringback(path.slice(ringbackPath.length + 1)) ?? null
  return sound ? { status: 200, body: sound } : failure(404, 'notFound', 'There is nothing here.')
}
