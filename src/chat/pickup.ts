/** The pickup card: what it says at every moment of a call, and what its buttons do. */
import { type Call, type CallId, mayClaim, secondsRung } from '../core/call.ts'
import { type Face, faceOf } from '../core/face.ts'
import { partyOf } from '../core/party.ts'
import { type PersonId } from '../core/person.ts'
import { type CallRecord } from '../store/documents.ts'
import { callerName } from '../switchboard/live-calls.ts'
import { type PickUp } from '../switchboard/switchboard.ts'
import { render } from './card.ts'
import { type CardInput, type Click, type Command, textIn } from './command.ts'
import { type CardJson } from './messenger.ts'
import { findPerson, namesOf } from './people.ts'
import { clockTime, endWords, lateBy, listOf, type NameOf, span, targetWords } from './sentences.ts'
import { type Answer, say, type Turn } from './turn.ts'

export type Shown = { readonly card: CardJson; readonly summary: string }

export const pickupCommands: readonly Command[] = [
  {
    title: 'pickup <owner>',
    description: 'Pick up the call that has rung longest, or the one to this owner.',
    phrases: ['pickup', 'pick up', 'answer', 'take the call', 'take'],
    topic: 'Calls',
    inManifest: true,
    run: pickUpByText,
  },
  {
    title: 'decline',
    description: 'Stop the call that rings you; the others ring on.',
    phrases: ['decline', 'reject', 'not me'],
    topic: 'Calls',
    run: declineByText,
  },
]

export const pickupClicks = {
  'pick-up': async (turn, given) =>
    answerToPickUp(turn, await turn.switchboard.pickUp(textIn(given, 'call'), turn.person.id)),
  decline: (turn, given) => declineCall(turn, textIn(given, 'call')),
  'refresh-call': refresh,
} satisfies Record<string, Click>

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
  const face = faceOf(call, person)
  const title = titleOf(call, person, nameOf)
  if (face?.is !== 'ringing' || !mayClaim(call, person))
    return settled(call, person, face, nameOf, zone, late)
  const again =
    face.notConnected.length > 0
      ? `${nameOf(face.notConnected.at(-1) ?? '')} could not be connected. It is ringing again.`
      : ''
  const view = {
    title,
    caller: callerName(call.caller),
    owner: ownerWords(call, person, nameOf),
    number: call.caller.name === undefined ? '' : (call.caller.number ?? ''),
    since: `Ringing since ${clockTime(call.arrivedAt, zone)}`,
    alsoRings: face.alsoRings.length === 0 ? '' : `Also ringing: ${listOf(face.alsoRings.map(nameOf), 5)}`,
    ends: `If nobody picks up, the call will ${endWords(call.plan, nameOf)}.`,
    note: face.turnOver ? 'Your turn is over, and you can still pick up.' : again,
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
  const end = call.state.is === 'ringing' ? call.arrivedAt : call.state.at
  const view = {
    isYours: call.state.is !== 'ringing' && call.state.by === person,
    title,
    outcome: told.outcome + lateWords,
    detail: told.detail,
    when: `${clockTime(end, zone)}, rang for ${span(secondsRung(call, end))}`,
  }
  return { card: render('pickup-settled', view), summary: `${title}: ${told.outcome}` }
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
      return endedWords(face, person, nameOf, rang)
    case 'declined':
      return { outcome: 'You declined.', detail: 'The others ring on.' }
    case 'removed':
      return {
        outcome: 'This call is no longer yours to take.',
        detail: `You are no longer in ${nameOf(call.owner)}'s call group.`,
      }
    case 'movedOn':
      return { outcome: 'The call has moved on.', detail: `It now rings ${roundWords(face.to)}.` }
    case 'ringing':
    case undefined:
      return { outcome: 'This call is no longer yours to take.', detail: '' }
  }
}

function endedWords(
  face: Extract<Face, { is: 'ended' }>,
  person: PersonId,
  nameOf: NameOf,
  rang: string,
): Told {
  switch (face.outcome) {
    case 'answered':
      if (face.by === undefined) return { outcome: `Answered on a telephone ${rang}.`, detail: '' }
      return face.by === person
        ? { outcome: `You picked up ${rang}.`, detail: 'You are connected.' }
        : { outcome: `${nameOf(face.by)} picked up ${rang}.`, detail: 'They are connected.' }
    case 'forwarded':
      return {
        outcome: `Nobody picked up. The call went to ${face.to ? targetWords(face.to, nameOf) : 'somebody else'}.`,
        detail: '',
      }
    case 'voicemail':
      return { outcome: 'Nobody picked up. The call went to voicemail.', detail: '' }
    case 'missed':
      return { outcome: 'Missed: nobody picked up.', detail: '' }
    case 'abandoned':
      return { outcome: `The caller hung up ${rang}.`, detail: '' }
    case 'busy':
      return { outcome: 'The caller heard a busy tone.', detail: '' }
    case 'rejected':
      return { outcome: 'The call was turned away.', detail: '' }
  }
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

function titleOf(call: Call, person: PersonId, nameOf: NameOf): string {
  return `${callerName(call.caller)} → for ${ownerWords(call, person, nameOf)}`
}

function ownerWords(call: Call, person: PersonId, nameOf: NameOf): string {
  return call.owner === person ? 'you' : nameOf(call.owner)
}

async function shownTo(turn: Turn, record: CallRecord, late?: number): Promise<Shown> {
  const nameOf = await namesOf(turn, peopleIn(record))
  return pickupCard(record.call, turn.person.id, nameOf, turn.person.zone, late)
}

async function answerToPickUp(turn: Turn, answer: PickUp): Promise<Answer> {
  switch (answer.is) {
    case 'notYours':
      return say('This call is not ringing for you. Say "calls" to see what became of it.')
    case 'declined':
      return say('You declined this call, so it is no longer yours to take.')
    case 'yours': {
      const shown = await shownTo(turn, answer.record)
      return { is: 'card', ...shown, isPostedAnyway: answer.isNew }
    }
    case 'tooLate':
      return { is: 'card', ...(await shownTo(turn, answer.record, answer.msBefore)) }
    case 'notRinging':
      return { is: 'card', ...(await shownTo(turn, answer.record)) }
  }
}

async function declineCall(turn: Turn, id: CallId): Promise<Answer> {
  const declined = await turn.switchboard.decline(id, turn.person.id)
  if (!declined) return say('This call is not ringing for you.')
  return { is: 'card', ...(await shownTo(turn, declined.record)), isPostedAnyway: declined.changed }
}

/** Teams asks for the card as it is now; nothing is decided here. */
async function refresh(turn: Turn, given: CardInput): Promise<Answer> {
  const record = await turn.switchboard.look(textIn(given, 'call'), turn.person.id)
  if (record) return { is: 'card', ...(await shownTo(turn, record)) }
  const view = {
    isYours: false,
    title: 'A call from earlier',
    outcome: 'This call is over.',
    detail: '',
    when: '',
  }
  return { is: 'card', card: render('pickup-settled', view), summary: 'This call is over.' }
}

async function pickUpByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const name = rest.join(' ')
  const owner = name === '' ? null : await findPerson(turn, withoutPossessive(name))
  if (owner !== null && owner.is !== 'found') return say(`I do not know whose call you mean by "${name}".`)
  const [record] = await turn.switchboard.ringingFor(turn.person.id, owner?.id)
  if (record) return answerToPickUp(turn, await turn.switchboard.pickUp(record.call.id, turn.person.id))
  return say(
    owner ? 'Nothing rings there now that you could pick up.' : 'Nothing rings now that you could pick up.',
  )
}

async function declineByText(turn: Turn): Promise<Answer> {
  const ringing = await turn.switchboard.ringingFor(turn.person.id)
  const mine = ringing.find(({ call }) => partyOf(call, turn.person.id) !== undefined)
  return mine ? declineCall(turn, mine.call.id) : say('Nothing is ringing you now.')
}

/** "ann's" and "ann's call" mean ann. */
function withoutPossessive(name: string): string {
  const bare = name.replace(/ call$/iu, '')
  return /['’]s$/u.test(bare) ? bare.slice(0, -2) : bare
}
