/** Trying it out without telephony: simulated calls, and people who are busy or away. */
import { type Caller, type Presence } from '../../core/lane.ts'
import { type PersonId, readPhoneNumber } from '../../core/person.ts'
import { type Click, type Command } from '../command.ts'
import { type Answer, say } from '../draw/answer.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { notice } from '../draw/notice.ts'
import { refusalText } from '../draw/refusal.ts'
import { choosePerson } from '../said/choose-person.ts'
import { findPerson, namesOf } from '../said/people.ts'
import { plainWord } from '../said/words.ts'
import { type Turn } from '../turn.ts'

const isSimulated = ({ simulation }: Turn) => simulation !== undefined

export const simulateCommands: readonly Command[] = [
  {
    title: 'simulate call from <name or number> to <owner>',
    description: 'Let a pretend call come in. Add "hang up after 10" or "fail" to see those endings.',
    phrases: ['simulate call', 'simulate a call', 'simulate', 'call me'],
    topic: 'Trying it out',
    isOffered: isSimulated,
    run: simulateCall,
  },
  {
    title: 'simulate presence <available, busy, away or do not disturb> for <person>',
    description: 'Pretend that somebody is in a call or away.',
    phrases: ['simulate presence', 'presence'],
    topic: 'Trying it out',
    isOffered: isSimulated,
    run: simulatePresence,
  },
]

export const simulateClicks = {
  'simulate-call': (turn: Turn, given: CardInput) =>
    letRing(
      turn,
      textIn(given, 'to') || turn.person.id,
      readAsked(new Map([['from', textIn(given, 'from')]])),
    ),
  'hang-up': hangUp,
} satisfies Record<string, Click>

const keywords = ['from', 'to', 'for', 'hang', 'after', 'fail', 'fails', 'failing'] as const

/** What stands behind each keyword, and who calls in front of them: "from Carl to ann, hang up after 10" is { from: Carl, to: ann, hang: up, after: 10 }. */
function byKeyword(words: readonly string[]): ReadonlyMap<string, string> {
  const parts = new Map<string, string[]>()
  let current: string[] = []
  parts.set('from', current)
  for (const word of words) {
    const keyword = keywords.find((one) => one === plainWord(word))
    if (keyword !== undefined) parts.set(keyword, (current = []))
    else if (!['now', 'again'].includes(plainWord(word))) current.push(word)
  }
  return new Map([...parts].map(([keyword, rest]) => [keyword, withoutJoin(rest).join(' ')]))
}

/** "to ann and fail": the "and" is not part of a name. */
function withoutJoin(words: readonly string[]): readonly string[] {
  const end = words.findLastIndex((word) => !['and', 'then', ''].includes(plainWord(word)))
  return words.slice(0, end + 1)
}

type Asked = { readonly from: string; readonly hangUpAfter?: number; readonly connectFails: boolean }

function readAsked(parts: ReadonlyMap<string, string>): Asked {
  const seconds = Number.parseInt(parts.get('after') ?? '', 10)
  return {
    from: parts.get('from') ?? '',
    ...(seconds > 0 && seconds <= 600 ? { hangUpAfter: seconds } : {}),
    connectFails: ['fail', 'fails', 'failing'].some((word) => parts.has(word)),
  }
}

async function simulateCall(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const parts = byKeyword(rest)
  const asked = readAsked(parts)
  const owner = await findPerson(turn, parts.get('to') ?? parts.get('for') ?? 'me')
  if (owner.is === 'several')
    return choosePerson(turn, owner, (to) => ({ verb: 'simulate-call', data: { to, from: asked.from } }))
  return owner.is === 'found' ? letRing(turn, owner.id, asked) : say(refusalText(owner.refusal, (id) => id))
}

async function letRing(turn: Turn, owner: PersonId, { from, ...how }: Asked): Promise<Answer> {
  if (!turn.simulation)
    return say('Calls cannot be simulated here. Ask your admin to turn on the simulated call source.')
  const called = await turn.directory.nameOf(owner)
  const caller = await callerFrom(turn, from)
  const { id, heard } = await turn.simulation.call({ owner: called, caller, ...how })
  if (heard !== 'accepted')
    return say('The call could not come in: nobody by that name has opened this bot yet.')
  return ringingNotice(turn, owner, id)
}

/** A number calls from outside, a known person from inside, any other name from inside too. */
async function callerFrom(turn: Turn, text: string): Promise<Caller> {
  const number = readPhoneNumber(text)
  if (number !== null) return { kind: 'pstn', number }
  if (text === '') return { kind: 'pstn', name: 'Test caller', number: '+442079460000' }
  const known = await findPerson(turn, text)
  if (known.is !== 'found') return { kind: 'internal', name: text }
  const name = await namesOf(turn, [known.id])
  return { kind: 'internal', id: await turn.directory.nameOf(known.id), name: name(known.id) }
}

async function ringingNotice(turn: Turn, owner: PersonId, id: string): Promise<Answer> {
  const name = await namesOf(turn, [owner])
  const to = owner === turn.person.id ? 'you' : name(owner)
  return notice(`A pretend call to ${to} is coming in. Everyone it rings gets a card now.`, [
    { title: 'Caller hangs up', verb: 'hang-up', data: { call: id } },
    { title: 'Who rings', verb: 'who-rings', data: { owner } },
  ])
}

async function hangUp(turn: Turn, given: CardInput): Promise<Answer> {
  const heard = await turn.simulation?.hangUp(textIn(given, 'call'))
  return say(heard === 'accepted' ? 'The caller hung up.' : 'That call was over already.')
}

const presences: Readonly<Record<string, Presence>> = {
  available: 'available',
  free: 'available',
  busy: 'inACall',
  'in a call': 'inACall',
  'in a meeting': 'inACall',
  away: 'offline',
  offline: 'offline',
  'do not disturb': 'doNotDisturb',
  dnd: 'doNotDisturb',
}

const presenceWords: Readonly<Record<Presence, string>> = {
  available: 'available',
  inACall: 'being in a call',
  offline: 'away',
  doNotDisturb: 'not to be disturbed',
}

async function simulatePresence(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const split = rest.findIndex((word) => plainWord(word) === 'for')
  const state = (split < 0 ? rest : rest.slice(0, split)).map(plainWord).join(' ')
  const presence = presences[state]
  const whom = split < 0 ? 'me' : rest.slice(split + 1).join(' ')
  const person = await findPerson(turn, whom)
  if (presence === undefined || !Object.hasOwn(presences, state))
    return say('Say available, busy, away or do not disturb.')
  if (person.is === 'several')
    return say(`Several people are called "${whom}". Write the address of the one you mean.`)
  if (person.is === 'refused') return say(refusalText(person.refusal, (id) => id))
  turn.simulation?.setPresence(person.id, presence)
  const name = await namesOf(turn, [person.id])
  return say(`From now on ${name(person.id)} counts as ${presenceWords[presence]}.`)
}
