/** What Graph's answers mean: done, or one of the ways in which it was not; and whether a read may be asked again. */

/** One request over the wire; `src/wire/wire.ts` has the one that is used. Sends it once, and never throws. */
export type Send = (request: {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly token: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  readonly withinMs: number
}) => Promise<Sent>

/** Answered; certainly not received; or lost: perhaps received, but the answer did not come. */
export type Sent =
  | {
      readonly is: 'answered'
      readonly status: number
      readonly body: unknown
      readonly retryAfterMs?: number
    }
  | { readonly is: 'notSent' | 'lost' }

export type GraphAnswer = { readonly is: 'done'; readonly body: unknown }

export type GraphFailure =
  /** Not done; not to be asked again before that. */
  | { readonly is: 'throttled'; readonly retryAfterMs: number }
  | { readonly is: 'notFound' }
  /** Graph will not do this: 401 and 403 mean the bot may not, other numbers that the request is wrong. */
  | { readonly is: 'refused'; readonly status: number; readonly code: string }
  /** No answer that means anything, this time. A write of which `mayBeDone` is true is not to be repeated unseen. */
  | { readonly is: 'transient'; readonly mayBeDone: boolean }
  /** An answer, but not in a shape anybody promised. */
  | { readonly is: 'badAnswer' }

/** How long to stay away when Graph does not say. */
const throttledMs = 5000
/** A Retry-After up to here is waited for at once; a longer one is for the caller to plan. */
const longestWaitMs = 5000
const mostTries = 3
const firstWaitMs = 200
/** Busy, or broken on the way; asked again, these often pass (Graph's best practices on throttling). */
const passing = [429, 502, 503, 504]

/** Milliseconds to wait before this read is asked again; null when it is not to be. `random` is 0 to 1. */
export function pauseBefore(sent: Sent, tries: number, random: number): number | null {
  if (tries >= mostTries) return null
  const growing = firstWaitMs * 2 ** (tries - 1) * (1 + random)
  if (sent.is !== 'answered') return growing
  if (!passing.includes(sent.status)) return null
  const wished = Math.max(sent.retryAfterMs ?? 0, growing)
  return wished <= longestWaitMs ? wished : null
}

/** What a read came to: its answer is an object, or it is none. */
export function readAnswer(sent: Sent): GraphAnswer | GraphFailure {
  if (sent.is !== 'answered') return { is: 'transient', mayBeDone: false }
  const { status, body, retryAfterMs } = sent
  if (isDone(status)) return isRecord(body) ? { is: 'done', body } : { is: 'badAnswer' }
  if (status === 503 && retryAfterMs !== undefined) return { is: 'throttled', retryAfterMs }
  return failure(status, body, retryAfterMs, false)
}

/** What a write came to. Many are answered without a body. */
export function writeAnswer(sent: Sent): GraphAnswer | GraphFailure {
  if (sent.is !== 'answered') return { is: 'transient', mayBeDone: sent.is === 'lost' }
  const { status, body, retryAfterMs } = sent
  return isDone(status) ? { is: 'done', body } : failure(status, body, retryAfterMs, true)
}

function failure(
  status: number,
  body: unknown,
  retryAfterMs: number | undefined,
  isWrite: boolean,
): GraphFailure {
  if (status === 429) return { is: 'throttled', retryAfterMs: retryAfterMs ?? throttledMs }
  if (status === 404) return { is: 'notFound' }
  if (status === 408 || status >= 500) return { is: 'transient', mayBeDone: isWrite }
  return status >= 400 ? { is: 'refused', status, code: codeIn(body) } : { is: 'badAnswer' }
}

function isDone(status: number): boolean {
  return status >= 200 && status < 300
}

/** Graph's word for what is wrong. Its sentence beside it may name people, and is left behind. */
function codeIn(body: unknown): string {
  const error = isRecord(body) ? body['error'] : undefined
  const said = isRecord(error) ? error['code'] : undefined
  const code = typeof said === 'number' ? String(said) : said
  return typeof code === 'string' && /^[A-Za-z_]{1,60}$|^[0-9]{1,6}$/.test(code) ? code : ''
}

/** Whether it is an object whose fields may be looked at. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
