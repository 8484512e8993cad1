/** The pickup card: what it says to one person at every moment of a call. */
import { type Call, secondsRung } from '../../core/call.ts'
import { type Face, faceOf, faceOnceDecided } from '../../core/face.ts'
import { type Caller } from '../../core/lane.ts'
import { type PersonId } from '../../core/person.ts'
import { namesIn } from '../../core/ringing.ts'
import { mayClaim } from '../../core/step.ts'
import { type CallRecord } from '../../store/documents.ts'
import { callerName } from '../../switchboard/live-calls.ts'
import { type CardJson, render } from '../draw/card.ts'
import { plainName } from '../draw/plain.ts'
import { clockTime, endWords, lateBy, listOf, type NameOf, span, targetWords } from '../draw/sentences.ts'

export type Shown = { readonly card: CardJson; readonly summary: string }

/** The people whose names a call's cards mention. */
export function peopleIn({ call }: CallRecord): readonly PersonId[] {
  const planned = call.plan.rounds.flatMap(({ lanes }) =>
    lanes.flatMap((lane) => (lane.ring === 'phone' ? [] : lane.alerts.map(({ person }) => person))),
  )
  const { state } = call
  const winner = state.is === 'ringing' || state.by === undefined ? [] : [state.by]
  const target = state.is === 'ended' && state.to?.is === 'person' ? [state.to.person] : []
  return [call.owner, ...planned, ...call.parties.map(({ person }) => person), ...winner, ...target]
}

/** One person's card of a call, live while they may still pick up, settled and without buttons otherwise. */
export function pickupCard(
  call: Call,
  person: PersonId,
  nameOf: NameOf,
  zone: string | undefined,
  late?: number,
): Shown {
  const { state } = call
  const face = state.is === 'ringing' ? faceOf(call, person) : faceOnceDecided(state)
  const title = titleOf(call, person, nameOf)
  if (face?.is !== 'ringing' || !mayClaim(call, person))
    return settled(call, person, face, nameOf, zone, late)
  const again =
    face.notConnected.length > 0
      ? `${nameOf(face.notConnected.at(-1) ?? '')} could not be connected. It is ringing again.`
      : ''
  const view = {
    title,
    caller: callerWords(call.caller),
    owner: ownerWords(call, person, nameOf),
    number: numberWords(call.caller),
    since: `Ringing since ${clockTime(call.arrivedAt, zone)}`,
    alsoRings: face.alsoRings.length === 0 ? '' : `Also ringing: ${listOf(face.alsoRings.map(nameOf), 5)}`,
    ends: `If nobody picks up, ${nextWords(call, nameOf)}.`,
    note: face.turnOver ? 'It’s the next person’s turn, but you can still pick up.' : again,
    isTurnOver: face.turnOver,
    call: call.id,
  }
  return { card: render('pickup', view), summary: `${title}. Pick up?` }
}

function settled(
  call: Call,
  person: PersonId,
  face: Face | null,
  nameOf: NameOf,
  zone: string | undefined,
  late?: number,
): Shown {
  const title = titleOf(call, person, nameOf)
  const told = settledWords(call, person, face, nameOf)
  const lateWords = late === undefined ? '' : ` That was ${lateBy(late)} before you.`
  const outcome = told.outcome + lateWords
  const end = call.state.is === 'ringing' ? call.arrivedAt : call.state.at
  const view = {
    isYours: call.state.is !== 'ringing' && call.state.by === person,
    title,
    outcome,
    detail: told.detail,
    when: `${clockTime(end, zone)}, rang for ${span(secondsRung(call, end))}`,
  }
  return { card: render('pickup-settled', view), summary: `${title}: ${outcome}` }
}

/** What comes when this round is over: the next ones, and the end. */
function nextWords({ plan, state }: Call, nameOf: NameOf): string {
  const rounds = state.is === 'ringing' ? plan.rounds.slice(state.round + 1) : []
  const people = rounds.flatMap(({ lanes }) => lanes.flatMap((lane) => namesIn(lane).map(nameOf)))
  const end = endWords(plan, nameOf)
  return people.length === 0 ? `the call will ${end}` : `the call will ring ${listOf(people)}, then ${end}`
}

type Told = { readonly outcome: string; readonly detail: string }

/** What is said when there is nothing left to decide for this person. */
function settledWords(call: Call, person: PersonId, face: Face | null, nameOf: NameOf): Told {
  const rang = `after ${span(secondsRung(call, call.state.is === 'ringing' ? call.arrivedAt : call.state.at))}`
  switch (face?.is) {
    case 'taken':
      return face.by === person
        ? { outcome: `You picked up ${rang}.`, detail: 'Your phone rings next: answer it to talk.' }
        : { outcome: `${nameOf(face.by)} picked up ${rang}.`, detail: 'Being connected now.' }
    case 'ended':
      return endedWords(face, person, nameOf, rang, nobodyWords(call, nameOf))
    case 'declined':
      return { outcome: 'You declined.', detail: 'The others ring on.' }
    case 'removed':
      return {
        outcome: 'You can no longer pick up this call.',
        detail: `You are no longer in ${nameOf(call.owner)}’s call group.`,
      }
    case 'movedOn':
      return { outcome: 'The call has moved on.', detail: `It now rings ${roundWords(face.to)}.` }
    case 'ringing':
    case undefined:
      return { outcome: 'You can no longer pick up this call.', detail: '' }
  }
}

function endedWords(
  face: Extract<Face, { is: 'ended' }>,
  person: PersonId,
  nameOf: NameOf,
  rang: string,
  nobody: string,
): Told {
  switch (face.outcome) {
    case 'answered':
      if (face.by === undefined) return { outcome: `Answered on a telephone ${rang}.`, detail: '' }
      return face.by === person
        ? {
            outcome: `You picked up ${rang}.`,
            detail: face.isAssumed ? 'The call went to your phone.' : 'You are connected.',
          }
        : {
            outcome: `${nameOf(face.by)} picked up ${rang}.`,
            detail: face.isAssumed ? 'The call went to their phone.' : 'They are connected.',
          }
    case 'forwarded':
      return {
        outcome: `${nobody} The call went to ${face.to ? targetWords(face.to, nameOf) : 'somebody else'}.`,
        detail: '',
      }
    case 'voicemail':
      return { outcome: `${nobody} The call went to voicemail.`, detail: '' }
    case 'missed':
      return { outcome: `Missed. ${nobody}`, detail: '' }
    case 'abandoned':
      return { outcome: `The caller hung up ${rang}.`, detail: '' }
    case 'busy':
      return { outcome: 'The caller heard a busy tone.', detail: '' }
    case 'rejected':
      return { outcome: 'The call was turned away.', detail: '' }
    case 'leftToTeams':
      return { outcome: 'Teams rang everybody by itself.', detail: '' }
  }
}

/** Why a call that rang went on: nobody took it, or whoever did could not be connected. */
export function nobodyWords({ notConnected }: Call, nameOf: NameOf): string {
  const tried = [...new Set(notConnected)].map(nameOf)
  return tried.length === 0 ? 'Nobody picked up.' : `${listOf(tried)} could not be connected.`
}

function roundWords(ring: Extract<Face, { is: 'movedOn' }>['to']): string {
  return {
    owner: 'the owner',
    group: 'the call group',
    delegates: 'the delegates',
    person: 'somebody else',
    phone: 'a phone',
  }[ring]
}

/** What a caller is called, fit to be shown: others chose it. */
export function callerWords(caller: Caller): string {
  return plainName(callerName(caller))
}

/** A caller's number under their name; empty when there is none, or no name above it. */
export function numberWords({ name, number }: Caller): string {
  return name === undefined || number === undefined ? '' : plainName(number)
}

function titleOf(call: Call, person: PersonId, nameOf: NameOf): string {
  return `${callerWords(call.caller)} → for ${ownerWords(call, person, nameOf)}`
}

function ownerWords(call: Call, person: PersonId, nameOf: NameOf): string {
  return call.owner === person ? 'you' : nameOf(call.owner)
}
