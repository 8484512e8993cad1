/** What the pretended call service reads in a request, and what it answers. */
import { type Sent } from '../../src/graph/answer.ts'

/** The call that a request is about. */
export function idIn(path: string): string {
  return decodeURIComponent(/\/communications\/calls\/([^/]+)/u.exec(path)?.[1] ?? '')
}

/** An answer. */
export function answered(
  status: number,
  body: unknown,
  retryAfterMs?: number,
): Extract<Sent, { is: 'answered' }> {
  return { is: 'answered', status, body, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

/** An answer that says no, with words nobody may write down. */
export function refusal(status: number, code: string): Extract<Sent, { is: 'answered' }> {
  return answered(status, { error: { code, message: 'Ann Smith (ann@contoso.com) cannot be called.' } })
}

/** Everybody a request names. */
export function targetsOf(body: unknown): readonly string[] {
  return [...JSON.stringify(body ?? {}).matchAll(/"(?:user|phone)":\{[^}]*"id":"([^"]+)"/gu)].map(
    ([, id = '']) => id,
  )
}

/** Who or what a request names. */
export function wordsOf(body: unknown): string {
  const named = targetsOf(body).join(' ')
  return named || (/"reason":"(\w+)"/u.exec(JSON.stringify(body ?? {}))?.[1] ?? '')
}
