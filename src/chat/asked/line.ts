/** Whose calls a question is about, whether whoever asks may know, and how these people are spoken of. */
import { type Presence } from '../../core/lane.ts'
import { type PersonId } from '../../core/person.ts'
import { asTeamsRings } from '../../core/ring-in-teams.ts'
import { type RingPlan, ringPlan } from '../../core/ring-plan.ts'
import { type Subscriber } from '../../core/subscriber.ts'
import { ownersShared } from '../calls/who-rings.ts'
import { type Answer, say } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { listOf, type NameOf } from '../draw/sentences.ts'
import { findAmong, type Found, namesOf, shownName } from '../said/people.ts'
import { findOwner } from '../said/whose.ts'
import { mayEdit } from '../settings/edit.ts'
import { type Turn } from '../turn.ts'
import { type Asked, tell } from './question.ts'

export type Line = {
  readonly owner: PersonId
  readonly isOwn: boolean
  /** Whether whoever asks may see and change all of this person's settings. */
  readonly mayEdit: boolean
  readonly sheet: Subscriber
  /** "your", "Ann Ek’s". */
  readonly your: string
  /** "you", "Ann Ek". */
  readonly you: string
}

const notShared =
  'I cannot tell you that: you can ask about your own calls, and about people whose calls you share.'

/** Answers about the person named in the hole `owner`, about whoever asks when nobody is. */
export async function aboutLine(
  turn: Turn,
  asked: Asked,
  answer: (line: Line) => Promise<Answer>,
): Promise<Answer> {
  const name = asked.hole('owner')
  const self = turn.person.id
  if (name === '' || ['me', 'my', 'myself', 'mine'].includes(name.toLowerCase()))
    return answer(await lineOf(turn, self))
  const shared = await ownersShared(turn)
  const found = await findOwner(turn, name, [...shared, self])
  if (found.is === 'several') return whichOne(turn, asked, 'owner', found)
  if (found.is === 'refused') return say(`I do not know whom you mean by “${plainName(name)}”.`)
  const line = await lineOf(turn, found.id)
  const mayKnow = line.isOwn || line.mayEdit || shared.includes(line.owner)
  return mayKnow ? answer(line) : say(notShared)
}

export async function lineOf(turn: Turn, owner: PersonId): Promise<Line> {
  const sheet = await turn.settings.ask((subscribers) => subscribers(owner))
  const isOwn = owner === turn.person.id
  const name = (await namesOf(turn, [owner]))(owner)
  return {
    owner,
    isOwn,
    mayEdit: mayEdit(turn, sheet.settings, owner),
    sheet,
    your: isOwn ? 'your' : `${name}’s`,
    you: isOwn ? 'you' : name,
  }
}

/** Whom a hole names, first of all one of these; a question back when it can be several. */
export async function personIn(
  turn: Turn,
  asked: Asked,
  hole: string,
  meant: readonly PersonId[],
): Promise<Exclude<Found, { is: 'several' }> | { readonly is: 'asked'; readonly answer: Answer }> {
  const name = asked.hole(hole)
  if (['', 'i', 'me', 'myself'].includes(name.toLowerCase())) return { is: 'found', id: turn.person.id }
  const found = await findAmong(turn, name, meant)
  return found.is === 'several' ? { is: 'asked', answer: whichOne(turn, asked, hole, found) } : found
}

/** Asks back; a press asks the same again about that person. */
function whichOne(
  _: Turn,
  asked: Asked,
  hole: string,
  { people }: Extract<Found, { is: 'several' }>,
): Answer {
  const names = people.map((person) => shownName(person, person.id))
  const buttons = people.map(({ id, address }, index): Button => ({
    title: names[index] ?? '',
    verb: 'say',
    data: { text: asked.with(hole, address ?? id) },
  }))
  return tell([`Whom do you mean: ${listOf(names, 3).replace(/ and /u, ' or ')}?`], buttons)
}

/** Names of these people, whoever asks being "you". */
export async function spokenOf(turn: Turn, people: Iterable<PersonId>): Promise<NameOf> {
  const nameOf = await namesOf(turn, people)
  return (id) => (id === turn.person.id ? 'you' : nameOf(id))
}

/** The plan of a call that comes in now. */
export async function planNow(turn: Turn, { sheet, owner }: Line): Promise<RingPlan> {
  const plan = await turn.switchboard.planFor(owner, { kind: 'internal' })
  return turn.canRingByTeams ? asTeamsRings(sheet, plan) : plan
}

/** The plan of a call that comes in while the owner is so, and everybody else is free. */
export async function planWhen(turn: Turn, { owner }: Line, presence: Presence): Promise<RingPlan> {
  return turn.settings.ask((subscribers) =>
    ringPlan(subscribers(owner), { kind: 'internal' }, subscribers, (person) =>
      person === owner ? presence : 'available',
    ),
  )
}

/** Everybody whom a plan may name. */
export function peopleInPlan({ rounds, end }: RingPlan): readonly PersonId[] {
  const rung = rounds.flatMap(({ lanes }) =>
    lanes.flatMap((lane) => (lane.ring === 'phone' ? [] : lane.alerts.map(({ person }) => person))),
  )
  return end.is === 'transfer' && end.to.is === 'person' ? [...rung, end.to.person] : rung
}
