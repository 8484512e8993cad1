/** Picking up and declining: typed, clicked, and what is answered at once; pickup-card.ts has the card's words. */
import { type CallId } from '../../core/call.ts'
import { type Caller } from '../../core/lane.ts'
import { partyOf } from '../../core/party.ts'
import { type PersonId } from '../../core/person.ts'
import { type CallRecord } from '../../store/documents.ts'
import { type PickUp } from '../../switchboard/switchboard.ts'
import { type Click, type Command } from '../command.ts'
import { type Answer, say } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { plainName } from '../draw/plain.ts'
import { isPartOf } from '../said/called.ts'
import { type Found, namesOf } from '../said/people.ts'
import { findOwner, whose } from '../said/whose.ts'
import { plainWord } from '../said/words.ts'
import { type Turn } from '../turn.ts'
import { peopleIn, pickupCard, type Shown } from './pickup-card.ts'

export const pickupCommands: readonly Command[] = [
  {
    title: 'pickup <owner>',
    description: 'Pick up the call that has rung longest, or the one to this owner.',
    phrases: ['pickup', 'pick up', 'pick', 'answer', 'take the call', 'take'],
    topic: 'Calls',
    inManifest: true,
    run: pickUpByText,
  },
  {
    title: 'decline <owner>',
    description: 'Stop the call that rings you; the others ring on.',
    phrases: ['decline', 'reject', 'dismiss', 'ignore'],
    alone: [
      'not me',
      'hang up',
      'stop ringing',
      'stop the ringing',
      'not now',
      'busy',
      'i am busy',
      'im busy',
      'i cant talk',
      'i cant take it',
      'i cant',
      'cant',
      'be quiet',
    ],
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

async function shownTo(turn: Turn, record: CallRecord, late?: number): Promise<Shown> {
  const nameOf = await namesOf(turn, peopleIn(record))
  return pickupCard(record.call, turn.person.id, nameOf, turn.person.zone, late)
}

async function answerToPickUp(turn: Turn, answer: PickUp): Promise<Answer> {
  switch (answer.is) {
    case 'notYours':
      return say('This call is not ringing for you. Say "calls" to see what became of it.')
    case 'declined':
      return say('You declined this call, so you can’t pick it up any more.')
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
  const record = await turn.switchboard.inReach.look(textIn(given, 'call'), turn.person.id)
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
  const { found, to, from } = await callsMeant(turn, rest)
  const meant = to[0] ?? (await justOver(turn, ownersIn(found))) ?? from[0]
  if (meant)
    return aLineWhereSettled(
      await answerToPickUp(turn, await turn.switchboard.pickUp(meant.call.id, turn.person.id)),
    )
  if (found?.is === 'refused') return say(unknownOwner(rest))
  return say(
    found
      ? 'There is no ringing call there that you can pick up.'
      : 'There is no ringing call you can pick up.',
  )
}

/** A card in answer to what was typed is redrawn by nobody, and would not tell how the call went on; a line never claims to. */
function aLineWhereSettled(answer: Answer): Answer {
  return answer.is === 'card' && answer.isPostedAnyway !== true ? say(answer.summary) : answer
}

/** Words that mean whichever call rings: "pick up this call now". */
const whichever = new Set(['this', 'that', 'it', 'one', 'now'])

type Meant = {
  /** Whose call; null when nobody was named. */
  readonly found: Found | null
  /** The calls to them that the person may pick up, and those from a caller with this name, the longest ringing first. */
  readonly to: readonly CallRecord[]
  readonly from: readonly CallRecord[]
}

/** Which calls are meant: those to the owner who is named, first of all where one rings; else those from who is named. */
async function callsMeant(turn: Turn, rest: readonly string[]): Promise<Meant> {
  const name = whose(rest.filter((word) => !whichever.has(plainWord(word))))
  const all = await turn.switchboard.inReach.ringingFor(turn.person.id)
  if (name === '') return { found: null, to: all, from: [] }
  const owners = all.map(({ call }) => call.owner)
  const found = await findOwner(turn, name, owners)
  const callers = await turn.directory.people(all.flatMap(({ call }) => call.caller.id ?? []))
  const nameOf = ({ id = '', ...caller }: Caller) => caller.name ?? callers.get(id)?.name ?? ''
  return {
    found,
    to: await ringingAt(turn, ownersIn(found)),
    from: all.filter(({ call }) => isPartOf(name, nameOf(call.caller))),
  }
}

function unknownOwner(rest: readonly string[]): string {
  return `I do not know whose call you mean by "${plainName(rest.join(' '))}".`
}

/** The call that this person was too late for: they hear who has it. */
async function justOver(
  turn: Turn,
  owners: ReadonlyArray<PersonId | undefined>,
): Promise<CallRecord | undefined> {
  const calls = await Promise.all(
    owners.map((owner) => turn.switchboard.inReach.justOver(turn.person.id, owner)),
  )
  return calls.find((record) => record !== null) ?? undefined
}

/** Of several people with a name the one whose call rings is meant; whoever it is when nobody was named. */
function ownersIn(found: Found | null): ReadonlyArray<PersonId | undefined> {
  switch (found?.is) {
    case undefined:
      return [undefined]
    case 'found':
      return [found.id]
    case 'several':
      return found.people.map(({ id }) => id)
    case 'refused':
      return []
  }
}

/** The calls to these owners that the person may pick up, the longest ringing first. */
async function ringingAt(
  turn: Turn,
  owners: ReadonlyArray<PersonId | undefined>,
): Promise<readonly CallRecord[]> {
  const { inReach } = turn.switchboard
  const calls = await Promise.all(owners.map((owner) => inReach.ringingFor(turn.person.id, owner)))
  return calls.flat().sort((one, other) => one.call.arrivedAt - other.call.arrivedAt)
}

async function declineByText(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const { found, to, from } = await callsMeant(turn, rest)
  const mine = [...to, ...from].find(({ call }) => partyOf(call, turn.person.id) !== undefined)
  if (mine) return declineCall(turn, mine.call.id)
  return say(found?.is === 'refused' ? unknownOwner(rest) : 'Nothing is ringing you now.')
}
