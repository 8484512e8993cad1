/** What the chat service's answers mean: whether to ask again, and what became of the message. */
import { isAddress, plainAddress } from '../../core/person.ts'
import { isWhole } from '../../core/whole.ts'
import { type WireRequest, type WireResult } from '../../wire/wire.ts'
import { type Member, type SendFailure, type Sent } from './messenger.ts'

/** A service that says when to come back is obeyed at once up to here; longer waits are the caller's to plan. */
const longestWaitMs = 2000
const mostTries = 3
/** Each may have taken its whole time, and somebody may be waiting. */
const mostLostTries = 2
const firstWaitMs = 250
/** How long to stay away when the service does not say. */
const throttledMs = 2000

/** Milliseconds to wait at least before another try; null when there must be none. */
export function pauseBefore(method: WireRequest['method'], result: WireResult, tries: number): number | null {
  if (tries >= mostTries) return null
  const growing = firstWaitMs * 2 ** (tries - 1)
  const mayRepeat = method !== 'POST'
  if (result.is === 'notSent') return growing
  if (result.is === 'lost') return mayRepeat && tries < mostLostTries ? growing : null
  const { status, retryAfterMs } = result
  if (status === 429) {
    const wished = retryAfterMs ?? (mayRepeat ? growing : Infinity)
    return wished <= longestWaitMs ? wished : null
  }
  if (status === 412) return growing
  return mayRepeat && isShaky(status) ? growing : null
}

function isShaky(status: number): boolean {
  return status === 408 || status >= 500
}

/** What a result means for the message. */
export function sentOr(result: WireResult, id: string): Sent | SendFailure {
  if (result.is === 'notSent') return { is: 'transient' }
  if (result.is === 'lost') return { is: 'unknown' }
  const { status } = result
  if (status >= 200 && status < 300) return { is: 'sent', id: textIn(result.body, 'id') ?? id }
  if (status === 403) return { is: 'unreachable' }
  if (status === 404) return { is: 'gone' }
  if (status === 413) return { is: 'tooBig' }
  if (status === 429) return { is: 'throttled', retryAfterMs: result.retryAfterMs ?? throttledMs }
  if (isShaky(status)) return { is: 'unknown' }
  return status === 401 || status === 412 ? { is: 'transient' } : { is: 'refused' }
}

/** Whether the service does not know the activity, which of valid cards it says now and then. */
export function isLostSight(result: WireResult): boolean {
  if (result.is !== 'answered' || result.status !== 404) return false
  const { body } = result
  const error = isRecord(body) ? body['error'] : undefined
  return textIn(error, 'code') === 'ActivityNotFoundInConversation'
}

/** The member that the service described. */
export function readMember(result: WireResult): Member {
  const body = result.is === 'answered' ? result.body : null
  const told = [textIn(body, 'userPrincipalName'), textIn(body, 'email')].map((one) =>
    plainAddress(one ?? ''),
  )
  const objectId = textIn(body, 'aadObjectId') ?? textIn(body, 'objectId')
  return {
    is: 'member',
    name: textIn(body, 'name') ?? '',
    addresses: [...new Set(told)].filter(isAddress),
    ...(objectId === undefined || !isWhole(objectId) ? {} : { objectId }),
  }
}

function textIn(value: unknown, name: string): string | undefined {
  const text = isRecord(value) ? value[name] : undefined
  return typeof text === 'string' && text !== '' ? text : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
