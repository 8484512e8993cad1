/** The card for somebody who was not rung and missed a call. */
import { type Call, secondsRung } from '../../core/call.ts'
import { render } from '../draw/card.ts'
import { dayAndTime, listOf, type NameOf, span, targetWords } from '../draw/sentences.ts'
import { type Message } from '../send/messenger.ts'
import { callerWords, nobodyWords, numberWords } from './pickup-card.ts'

export function missedCard(call: Call, nameOf: NameOf, zone: string | undefined): Message {
  const { state } = call
  const end = state.is === 'ringing' ? call.arrivedAt : state.at
  const rang = call.parties.map(({ person }) => nameOf(person))
  const caller = callerWords(call.caller)
  const view = {
    caller,
    number: numberWords(call.caller),
    outcome: outcomeWords(call, nameOf),
    when: `${dayAndTime(call.arrivedAt, zone)}, rang for ${span(secondsRung(call, end))}`,
    rang: rang.length === 0 ? 'It rang nobody.' : `It rang ${listOf(rang, 5)}.`,
  }
  return { card: render('missed-call', view), summary: `Missed call from ${caller}` }
}

function outcomeWords(call: Call, nameOf: NameOf): string {
  const { state } = call
  if (state.is !== 'ended') return ''
  switch (state.outcome) {
    case 'voicemail':
      return 'The call went to voicemail.'
    case 'forwarded':
      return `The call went to ${state.to ? targetWords(state.to, nameOf) : 'somebody else'}.`
    case 'abandoned':
      return 'The caller hung up.'
    default:
      return nobodyWords(call, nameOf)
  }
}
