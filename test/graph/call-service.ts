/**
 * Graph's calls, pretended after teams-platform sections 1.2 to 1.4: an unanswered call is gone after 15 seconds, a
 * transfer that fails goes back to established, and what becomes of a redirect is never told. What goes wrong is drawn
 * by dice: requests that get lost before or after they were done, that Graph throttles, answers late or with 404; notices that come
 * late, twice, together, in any order and in odd spellings (call-notices.ts).
 */
import { type Send, type Sent } from '../../src/graph/answer.ts'
import { answered, idIn, refusal, targetsOf, wordsOf } from './call-answers.ts'
import { CallNotices, type Notified } from './call-notices.ts'
import { faultIn } from './call-requests.ts'
import { callWire } from './call-wire.ts'
import {
  type CallServiceParts,
  type Incoming,
  isRepeated,
  newCall,
  type PretendCall,
} from './pretend-call.ts'

/** Graph gives up a call that nobody answers. */
const unansweredMs = 15_000
const promptMs = 6000
const transferredCode = { code: 0, subcode: 7015, message: 'The call was transferred.' }
const failedCode = { code: 500, subcode: 7000, message: 'The transfer failed.' }

export class CallService {
  readonly calls = new Map<string, PretendCall>()
  /** What the bot asked for that Graph would never take. */
  readonly wrong: string[] = []
  /** How many transfers fail from now on. */
  transfersFail = 0
  /** How many redirects Graph will not do from now on. */
  redirectsFail = 0
  /** Whether those to whom callers are transferred let it ring until they are told to answer. */
  transfersWait = false
  /** How many transfers from now on are answered with 404: whom to ring is not known. */
  transfersUnknown = 0
  /** Graph's side of the wire. */
  readonly send: Send
  readonly #parts: CallServiceParts
  readonly #notices: CallNotices
  #operations = 0
  readonly #ringing: Array<() => void> = []

  constructor(parts: CallServiceParts) {
    this.#parts = parts
    this.send = callWire(this, parts)
    this.#notices = new CallNotices(parts, (id) => {
      const call = this.calls.get(id)
      if (call) call.isUnheard = true
    })
  }

  callIn(incoming: Incoming): PretendCall {
    const { id } = incoming
    const call = newCall(id)
    this.calls.set(id, call)
    this.#notices.incoming(incoming, () => this.#parts.acknowledged?.(id))
    this.#parts.after(unansweredMs, () => {
      if (call.state === 'incoming') this.#end(call, 'unanswered', { code: 408, subcode: 10057 })
    })
    return call
  }

  hangUp(id: string): void {
    const call = this.calls.get(id)
    if (call && call.state !== 'terminated') this.#end(call, 'hungUp', { code: 0, subcode: 0 })
  }

  /** The caller hangs up, and no notice of it ever arrives. */
  vanish(id: string): void {
    const call = this.calls.get(id)
    if (call) Object.assign(call, { state: 'terminated', end: 'hungUp', isUnheard: true })
  }

  /** Those to whom callers are being transferred answer now. */
  answerTransfers(): void {
    for (const end of this.#ringing.splice(0)) end()
  }

  /** What Graph says to a request that arrives. */
  answer(method: string, path: string, body: unknown, sender?: unknown): Extract<Sent, { is: 'answered' }> {
    const [, action = ''] = /\/calls\/[^/]+\/(\w+)$/u.exec(path) ?? []
    const { witness, tell } = this.#parts
    witness?.({ is: 'asked', method, action, body })
    const call = this.calls.get(idIn(path))
    if (!call || call.state === 'terminated') return refusal(404, '7504')
    if (method !== 'GET')
      tell?.(`Graph is asked: ${method === 'DELETE' ? 'hangUp' : action} ${wordsOf(body)}`)
    const answer = this.#done(call, method, action, body, sender)
    if (answer.status < 300)
      witness?.({ is: 'answered', action: method === 'GET' ? 'look' : action, body: answer.body })
    return answer
  }

  #done(
    call: PretendCall,
    method: string,
    action: string,
    body: unknown,
    sender: unknown,
  ): Extract<Sent, { is: 'answered' }> {
    if (method === 'GET') return answered(200, this.#notices.callNow(call))
    if (method === 'DELETE') {
      call.done.push('hangUp')
      this.#end(call, 'letGo', { code: 0, subcode: 0 })
      return answered(204, undefined)
    }
    const fault = faultIn(action, body)
    if (fault !== null) {
      this.wrong.push(`${action}: ${fault}`)
      return refusal(400, 'BadRequest')
    }
    const needs = ['answer', 'redirect', 'reject'].includes(action) ? 'incoming' : 'established'
    if (call.state !== needs && action !== 'keepAlive') {
      if (sender !== null && call.askedBy === sender && isRepeated(call, action, wordsOf(body)))
        this.wrong.push(`${action} was asked for twice, unseen`)
      if (action !== 'cancelMediaProcessing' && action !== 'playPrompt') call.refused += 1
      return refusal(409, '8501')
    }
    if (action === 'redirect' && this.redirectsFail > 0) {
      this.redirectsFail -= 1
      call.refused += 1
      return refusal(403, '7505')
    }
    if (action === 'transfer' && this.transfersUnknown > 0) {
      this.transfersUnknown -= 1
      call.refused += 1
      return refusal(404, '7504')
    }
    call.done.push(`${action} ${wordsOf(body)}`.trim())
    call.askedBy = sender
    return this.#act(call, action, body)
  }

  #act(call: PretendCall, action: string, body: unknown): Extract<Sent, { is: 'answered' }> {
    switch (action) {
      case 'answer':
        this.#establish(call)
        return answered(202, undefined)
      case 'reject':
        this.#end(call, 'rejected', null)
        return answered(202, undefined)
      case 'redirect':
        this.#redirect(call, targetsOf(body))
        return answered(202, undefined)
      case 'transfer':
        this.#transfer(call, wordsOf(body))
        return answered(202, undefined)
      case 'playPrompt':
        return answered(200, this.#play(call, body))
      case 'cancelMediaProcessing':
        return answered(200, this.#operation('cancelMediaProcessingOperation', null, 'completed'))
      default:
        return answered(action === 'keepAlive' ? 200 : 400, undefined)
    }
  }

  #establish(call: PretendCall): void {
    call.state = 'establishing'
    this.#later(() => {
      if (call.state !== 'establishing') return
      call.state = 'established'
      this.#notices.state(call, 'updated', 'establishing')
      this.#notices.state(call, 'updated', 'established')
      this.#notices.participants(call)
    })
  }

  /** Teams rings whoever it is; how that went Graph does not tell. */
  #redirect(call: PretendCall, to: readonly string[]): void {
    call.state = 'redirecting'
    call.handedTo.push(to.join(' '))
    this.#parts.after(this.#parts.dice.below(5 * this.#parts.slowest), () => {
      if (call.state !== 'terminated') this.#end(call, 'handedOver', { code: 0, subcode: 0 })
    })
  }

  /** The other telephone rings; on a bad day for long, or nobody takes the call. */
  #transfer(call: PretendCall, to: string): void {
    const { dice, after, trouble, slowest } = this.#parts
    call.state = 'transferring'
    this.#notices.state(call, 'updated', 'transferring')
    this.transfersFail -= 1
    const fails = this.transfersFail >= 0 || dice.chance(trouble())
    const rings = dice.chance(trouble() / 2) ? 20_000 + dice.below(40_000) : slowest + dice.below(5 * slowest)
    const end = () => {
      if (call.state !== 'transferring') return
      if (dice.chance(0.5)) this.#notices.state(call, 'updated', 'transferAccepted')
      if (fails) {
        call.state = 'established'
        call.failures += 1
        this.#notices.state(call, 'updated', 'established', failedCode)
      } else {
        call.handedTo.push(to)
        call.takenBy = to
        this.#end(call, 'handedOver', transferredCode)
      }
    }
    if (this.transfersWait) this.#ringing.push(end)
    else after(rings, end)
  }

  #play(call: PretendCall, body: unknown): object {
    const { prompts, clientContext } = body as { prompts: readonly object[]; clientContext: string }
    const operation = this.#operation('playPromptOperation', clientContext, 'running')
    this.#parts.after(prompts.length * promptMs, () => {
      if (call.state === 'established') this.#notices.operation(call, { ...operation, status: 'completed' })
    })
    return operation
  }

  #operation(type: string, clientContext: string | null, status: string) {
    this.#operations += 1
    return {
      '@odata.type': `#microsoft.graph.${type}`,
      id: `operation${this.#operations}`,
      clientContext,
      status,
    }
  }

  #end(call: PretendCall, end: NonNullable<PretendCall['end']>, result: Notified['resultInfo']): void {
    call.state = 'terminated'
    call.end = end
    this.#notices.state(call, 'deleted', 'terminated', result)
  }

  #later(run: () => void): void {
    this.#parts.after(this.#parts.dice.below(2 * this.#parts.slowest), run)
  }
}
