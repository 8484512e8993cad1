/** Questions while a call rings, or was taken a moment ago: they mean this call. */
import { type Call, secondsRung } from '../../core/call.ts'
import { faceOf } from '../../core/face.ts'
import { type PersonId } from '../../core/person.ts'
import { namesIn } from '../../core/ringing.ts'
import { mayClaim } from '../../core/step.ts'
import { callerWords, nobodyWords, numberWords, peopleIn } from '../calls/pickup-card.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { capital, endWords, listOf, type NameOf, span } from '../draw/sentences.ts'
import { isPartOf } from '../said/called.ts'
import { type Turn } from '../turn.ts'
import { personIn, spokenOf } from './line.ts'
import { type Asked, type Question, tell } from './question.ts'

const it = '(it|that|this|this call|that call|the call|this one|them|he|she)'
const takes = '(pick up|pick it up|answer|take|get|grab|accept|decline|reject|ignore|dismiss|hang up|pass)'

export const ringingQuestions: readonly Question[] = [
  {
    asks: 'who else rings',
    phrases: [
      'who else [is] (ringing|rings|ring|gets it|has it ringing|got it|is being called|hears it|sees it|rung|called|gets this|can pick up|can take it|can answer)',
      '(who|who all|which of us) is [it] (ringing|ring|being rung) [for|at] [too|also|as well]',
      '(is|does|do) {one} else [also] [ringing|ring|rings|getting it|being called|get it|see it]',
      'is it [also] ringing (anywhere|anyone|anybody|someone|somebody|at somebody) else',
      'am i the only one [ringing|who rings|being rung]',
      'who can [else] (pick up|pick it up|answer it|take it|get it)',
    ],
    answer: (turn) => ofLive(turn, alsoRings),
  },
  {
    asks: 'whether somebody rings, too',
    phrases: [
      `(is|are|does|do) <person> [also] (ringing|rung|ring|rings|being called|getting it|get it|called|on it) [too|as well|also]`,
      `(can|could|may|will|would|should) <person> ${takes} [${it}]`,
      'does it ring <person> [too|as well|also]',
    ],
    answer: (turn, asked) => ofLive(turn, (call, nameOf) => about(turn, asked, call, nameOf)),
  },
  {
    asks: 'whether somebody took it',
    phrases: [
      `(is|has) <person> [picked|got|taking|taken|answering|answered|declined|picking] (up|it|${it}|answering|answered|declined|got|taken)`,
      `(did|does) <person> (pick up|pick it up|get it|take it|answer|answer it|have it|decline|decline it|take ${it})`,
    ],
    answer: (turn, asked) => ofLive(turn, (call, nameOf) => whetherTaken(turn, asked, call, nameOf)),
  },
  {
    asks: 'what comes when nobody picks up',
    phrases: [
      '(what (happens|happen|will happen|would happen|comes)|where does it go|what does it do) (if|when) (nobody|no one|noone|none of us|we do not|everybody declines|everyone declines|nobody does) [answers|picks up|takes it|answer|pick up|does|picks it up|answers it]',
      'where does (it|the call) go [next|then|after]',
      'how long (do i|have i|do we|does it|will it|is it going to) (have|got|ring|left) [left|to answer|to pick up|until voicemail|for|to ring]',
      'when does it (go to voicemail|stop ringing|stop|end)',
    ],
    answer: (turn) => ofLive(turn, ifNobody),
  },
  {
    asks: 'who has it',
    phrases: [
      `who (has|got|took|had|picked up|answered|takes|has taken|has got|did get|is on|is taking|is talking on|is answering) [${it}] [up]`,
      `(has|did) {one} [else] (take|taken|got|get|picked up|pick up|answered|answer|have) [${it}] [up]`,
      `(is|was) ${it} (taken|answered|picked up|over|gone|still ringing|ringing) [by {one}]`,
      'is (it|that|this|the phone) ringing',
      'who picked (it|that|this) up',
    ],
    answer: (turn) => ofLive(turn, whoHadIt),
  },
  {
    asks: 'whether to take it',
    phrases: [
      `(should|can|may|could|shall|must|do|am|would) (i|we) [(have|need|allowed|able|supposed) to] ${takes} [${it}] [now|up|for <owner>]`,
      `(what (happens|happen|will happen|would happen) (if|when)|what if) (i|we) ${takes.replace(')', '|do not answer|do not pick up|do nothing|let it ring|do not)')} [${it}] [up]`,
      '(busy|pick up|decline|accept|reject|ignore|answer|take it|pick it up|mine|mine or yours|not now)',
      'what (can|should|do|shall) i do [now]',
      'do i have to (answer|pick up|take it)',
      '(shall|should) i',
    ],
    answer: (turn, asked) =>
      asked.isMarked || asked.has('i') || asked.has('what') ? ofLive(turn, whatToDo) : Promise.resolve(null),
  },
  {
    asks: 'who calls',
    phrases: [
      '(who|who dis|who is it|who is that|who is this|who is calling|who calls|who is ringing|who rings me|what is (it|that|this)|who is on the (phone|line)|who is there|from who|from whom|who is it from|who is the caller|who is this from)',
      '(who|whom) is (it|this|that|he|she) [calling|ringing] [for]',
      'who (is calling|calls|rings|is ringing) <person>',
      '(why|how come) (is|does) (it|my phone|the phone|this) (ring|ringing)',
      '(whose|who is) (call|phone|line) is (it|that|this|ringing)',
      '(whose|who is) (call|phone|line) [is ringing]',
      `is ${it} [call] [really] (for|from|calling) [<anything>]`,
      `is ${it} <caller> [calling|on the phone|again]`,
      'is it (a|an) (internal|external|important|urgent|private|customer) (call|one|caller)',
      'is <caller> (calling|on the phone|ringing us|the caller)',
      'what number [is (it|that|this|calling|ringing)]',
      `(what|which) is (the number|his number|her number|their number|the name|the callers number|the caller 's number|caller id)`,
      'how long (has it|is it|has this|has that|did it|have they|has he|has she|is this) [been] [ringing|rung|ring|waiting|calling]',
      `where (is|does) ${it} [call|calling|come] [from]`,
      'where are they calling from',
      'do (i|we) know (them|him|her|the number|this number|the caller|who it is|who is calling)',
      'is it (important|urgent|internal|external|someone we know|somebody we know)',
      '(what|which) (call|is this call|is that call|is the call|call is (it|this|that))',
      '(who it is|who that is|who is calling me|who called|who was it|who was that)',
    ],
    answer: (turn, asked) => ofLive(turn, (call, nameOf) => whoCalls(turn, asked, call, nameOf)),
  },
]

type OfCall = (call: Call, nameOf: NameOf, turn: Turn) => string | null | Promise<string | Answer>

/** Answers about the call that rings this person now, or was taken from their hands a moment ago; null without one. */
async function ofLive(turn: Turn, words: OfCall): Promise<Answer | null> {
  const { inReach } = turn.switchboard
  const [ringing] = await inReach.ringingFor(turn.person.id)
  const record = ringing ?? (await inReach.justOver(turn.person.id))
  if (!record) return null
  const nameOf = await spokenOf(turn, peopleIn(record))
  const said = await words(record.call, nameOf, turn)
  if (said === null) return null
  return typeof said === 'string' ? tell([said], buttons(record.call, turn.person.id)) : said
}

function buttons(call: Call, person: PersonId): readonly Button[] {
  if (call.state.is !== 'ringing' || !mayClaim(call, person)) return []
  const pickUp = { title: 'Pick up', verb: 'pick-up', data: { call: call.id } }
  const decline = { title: 'Decline', verb: 'decline', data: { call: call.id } }
  return faceOf(call, person)?.is === 'ringing' ? [pickUp, decline] : [pickUp]
}

/** "Carl Jones (+44 …) is calling Ann. It has rung for 8 s." */
function callSentence(call: Call, nameOf: NameOf, now: number): string {
  const number = numberWords(call.caller)
  const who = `${callerWords(call.caller)}${number === '' ? '' : ` (${number})`}`
  const rang = span(secondsRung(call, now))
  return call.state.is === 'ringing'
    ? `${who} is calling ${nameOf(call.owner)}. It has rung for ${rang}.`
    : `${who} called ${nameOf(call.owner)}. It rang for ${rang}.`
}

function outcome(call: Call, nameOf: NameOf): string {
  const { state } = call
  if (state.is === 'ringing') return 'Nobody has it yet: it still rings.'
  if (state.is === 'connecting') return `${capital(nameOf(state.by))} picked up.`
  if (state.outcome === 'answered')
    return state.by === undefined
      ? 'It was answered on a telephone.'
      : `${capital(nameOf(state.by))} picked up.`
  if (state.outcome === 'abandoned') return 'Nobody has it: the caller hung up.'
  return `${nobodyWords(call, nameOf)} It is over.`
}

async function whetherTaken(turn: Turn, asked: Asked, call: Call, nameOf: NameOf): Promise<string | Answer> {
  const found = await personIn(
    turn,
    asked,
    'person',
    call.parties.map(({ person }) => person),
  )
  if (found.is === 'asked') return found.answer
  const id = found.is === 'found' ? found.id : null
  const winner = call.state.is === 'ringing' ? undefined : call.state.by
  const isDeclined = call.parties.some(({ person, standing }) => person === id && standing === 'declined')
  if (asked.has('declined') || asked.has('decline'))
    return `${isDeclined ? 'Yes, declined.' : 'No, not declined.'} ${whoHas(call, nameOf, turn)}`
  return `${id !== null && id === winner ? 'Yes:' : 'No:'} ${whoHas(call, nameOf, turn)}`
}

/** What becomes of it, from the plan it rings by. */
function ifNobody(call: Call, nameOf: NameOf, turn: Turn): string | null {
  const { state, plan } = call
  if (state.is !== 'ringing') return null
  const later = plan.rounds.slice(state.round + 1).reduce((sum, round) => sum + round.seconds, 0)
  const left = later + Math.max(0, Math.round((state.roundEndsAt - turn.now()) / 1000))
  const end = `If nobody picks up within ${span(left)}, the call will ${endWords(plan, nameOf)}.`
  return `${end} ${callSentence(call, nameOf, turn.now())}`
}

/** A call that is over, and that nobody had, may not be the one that is meant: the log answers. */
function whoHadIt(call: Call, nameOf: NameOf, turn: Turn): string | null {
  const isOver = call.state.is === 'ended' && call.state.outcome !== 'answered'
  return isOver ? null : whoHas(call, nameOf, turn)
}

function whoHas(call: Call, nameOf: NameOf, turn: Turn): string {
  return `${outcome(call, nameOf)} ${callSentence(call, nameOf, turn.now())}`
}

/** Those whose phones ring this moment, whoever asks left out. */
function ringsNow(call: Call, except: PersonId): readonly string[] {
  const { state } = call
  if (state.is !== 'ringing') return []
  const lanes = call.plan.rounds[state.round]?.lanes ?? []
  const phones = lanes.flatMap((lane) => (lane.ring === 'phone' ? [lane.number] : []))
  const people = call.parties.filter(
    ({ person, standing, how }) =>
      standing === 'ringing' && how !== 'silent' && !call.removed.includes(person),
  )
  return [...people.map(({ person }) => person), ...phones].filter((one) => one !== except)
}

function alsoRings(call: Call, nameOf: NameOf, turn: Turn): string {
  if (call.state.is !== 'ringing') return whoHas(call, nameOf, turn)
  const others = ringsNow(call, turn.person.id).map(nameOf)
  const words = others.length === 0 ? 'Nobody else rings now.' : `Also ringing: ${listOf(others, 25)}.`
  return `${words} ${callSentence(call, nameOf, turn.now())}`
}

async function about(turn: Turn, asked: Asked, call: Call, nameOf: NameOf): Promise<string | Answer> {
  const people = [
    ...call.parties.map(({ person }) => person),
    ...call.plan.rounds.flatMap(({ lanes }) => lanes.flatMap(namesIn)),
    call.owner,
  ]
  const found = await personIn(turn, asked, 'person', people)
  if (found.is === 'asked') return found.answer
  if (found.is === 'refused' || !people.includes(found.id))
    return `No: “${asked.hole('person')}” has no part in this call. ${callSentence(call, nameOf, turn.now())}`
  const name = (await spokenOf(turn, [found.id]))(found.id)
  const others = ringsNow(call, '')
  if (call.state.is !== 'ringing') return whoHas(call, nameOf, turn)
  const standing = call.parties.find(({ person }) => person === found.id)?.standing
  const words = others.includes(found.id)
    ? `Yes: it rings ${name}, who can pick up.`
    : standing === 'declined'
      ? `No: ${name} declined.`
      : mayClaim(call, found.id)
        ? `${capital(name)} ${name === 'you' ? 'do' : 'does'} not ring now, but can pick up.`
        : `No: it does not ring ${name} now.`
  return `${words} ${callSentence(call, nameOf, turn.now())}`
}

function whatToDo(call: Call, nameOf: NameOf, turn: Turn): string {
  if (call.state.is !== 'ringing') return whoHas(call, nameOf, turn)
  const others = ringsNow(call, turn.person.id).map(nameOf)
  const can = mayClaim(call, turn.person.id) ? 'Yes, you can pick up.' : 'You cannot pick it up any more.'
  const declined =
    others.length === 0 ? 'nobody else rings then' : `the others ring on: ${listOf(others, 25)}`
  return `${callSentence(call, nameOf, turn.now())} ${can} If you decline, ${declined}.`
}

function whoCalls(turn: Turn, asked: Asked, call: Call, nameOf: NameOf): string {
  const words = callSentence(call, nameOf, turn.now())
  const name = asked.hole('caller') || asked.hole('anything')
  const state = call.state.is === 'ringing' ? '' : ` ${outcome(call, nameOf)}`
  if (name === '') return words + state
  if (['me', 'us'].includes(name))
    return `${call.owner === turn.person.id ? 'Yes' : `No, for ${nameOf(call.owner)}`}: ${words}${state}`
  // What is no part of a name may be anything, "important" too: then only what is known is said.
  const isIt = isPartOf(name, callerWords(call.caller)) || isPartOf(name, nameOf(call.owner))
  return `${isIt ? 'Yes: ' : ''}${words}${state}`
}
