/** The wire to the pretended call service: what goes wrong on it is drawn by dice. */
import { type Send, type Sent } from '../../src/graph/answer.ts'
import { answered, idIn, refusal } from './call-answers.ts'
import { type CallService } from './call-service.ts'
import { type CallServiceParts } from './pretend-call.ts'

/** What may become of a request on a bad day; gone and notFound: 404, for a call that ends in this instant, or lives on. */
const faults = [
  'throttled',
  'lostBefore',
  'notSent',
  'lostAfter',
  'brokenAfter',
  'slow',
  'gone',
  'notFound',
] as const

/** Carries requests to the service, on a bad day not all of them, and not at once. */
export function callWire(
  service: CallService,
  { dice, after, trouble, slowest, life, tell }: CallServiceParts,
): Send {
  const pause = (ms: number) => new Promise<void>((done) => after(ms, done))
  /** Graph does not do it, as though it knew no such call: its caller is gone in this instant, or it is wrong for once. */
  const unknown = (path: string, isGone: boolean): Sent => {
    const id = idIn(path)
    tell?.(`Graph says that it knows no ${id}${isGone ? ', whose caller is gone' : ''}`)
    const call = service.calls.get(id)
    if (isGone) service.hangUp(id)
    else if (call) call.refused += 1
    return refusal(404, '7504')
  }
  return async ({ method, url, body, withinMs }) => {
    const sender = life?.()
    const way = dice.chance(trouble()) ? dice.pick(faults) : null
    const latency = 1 + dice.below(way === 'slow' ? 10 * slowest : slowest)
    await pause(Math.min(latency, withinMs))
    if (way === 'throttled') return answered(429, undefined, 500 + dice.below(1500))
    if (way === 'lostBefore') return { is: 'lost' }
    if (way === 'notSent') return { is: 'notSent' }
    const path = new URL(url).pathname
    if (method !== 'GET' && (way === 'gone' || way === 'notFound')) return unknown(path, way === 'gone')
    const answer = service.answer(method, path, body, sender)
    if (way === 'lostAfter') return { is: 'lost' }
    if (way === 'brokenAfter') return answered(dice.pick([500, 502, 503, 504]), undefined)
    if (latency > withinMs) return { is: 'lost' }
    await pause(1 + dice.below(slowest))
    return answer
  }
}
