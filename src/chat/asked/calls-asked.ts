/** Questions about calls that are over: who called, who picked up, what was missed. From the log. */
import { type HistoryRow } from '../../store/store.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { capital, dayAndTime, listOf, span } from '../draw/sentences.ts'
import { type Turn } from '../turn.ts'
import { from, isAnswered, isMissed, type Log, logOf, rowSentence } from './call-log.ts'
import { periodWords } from './period.ts'
import { type Asked, type Question, tell } from './question.ts'

const lately = `[${periodWords}|while i was (out|away|gone|at lunch|in a meeting|off|on holiday)]`
const took =
  '(had|has|got|get|took|picked up|answered|handled|accepted|pick up|answer|take|handle|did pick up|spoke to|talked to)'
const call = "({a call}|it|that|this|that one|<caller> ['s call]|the call (from|of) <caller>)"

export const callsQuestions: readonly Question[] = [
  {
    asks: 'how many calls there were',
    phrases: [
      `how many [missed|unanswered] (calls|times|people) [did|have|has|were|was|are] [we|i|us|there|they|you|<person>|<caller>] [been] [there] [miss|missed|get|got|gotten|have|had|had there|take|taken|took|answer|answered|pick up|picked up|call|called|receive|received|ring|rang|lose|lost|unanswered] [calls|me|us|up] ${lately}`,
      `how (often|many times) (did|has|have) (<caller>|<person>) [call|called|ring|rang] [me|us] ${lately}`,
      `(how often|how many times) (was|were|did) (i|we) [called|get called|miss a call] ${lately}`,
    ],
    answer: howMany,
  },
  {
    asks: 'how long somebody talked',
    phrases: [
      `how long (did|was|has) (<person>|i|we|{a call}|the call|it|that call) [talk|speak|spoke|last|lasted|been|take|on the phone|talking|talked] [(to|with|from|for) <caller>] ${lately}`,
      'how long (did|was) {a call} [last|with <caller>|from <caller>]',
      'how long (is|was) the call (with|from|to) <caller>',
      'how long did (it|{a call}|the phone) ring',
    ],
    answer: howLong,
  },
  {
    asks: 'what one picked up',
    phrases: [
      `(what|which|whose|who) [calls|call] (did|have|has) (i|<person>) [pick up|picked up|answer|answered|take|taken|took|get|had] [calls|call] ${lately}`,
      `(did|have|has) (i|<person>) (pick up|picked up|answer|answered|take|taken|took|miss|missed) (anything|any calls|something|a call|calls|any|the last call|that call|it) ${lately}`,
    ],
    answer: pickedUpBy,
  },
  {
    asks: 'whether and when somebody called',
    phrases: [
      `(did|has|have|was) <caller> [call|called|ring|rang|rung|phone|phoned|try|tried] [calling|to call] [me|us|back|here|in|up] ${lately}`,
      `(when|what time|at what time) (did|has|was) <caller> [last] (call|called|ring|phone|try) [last] [me|us] ${lately}`,
      `(when) was the [last] call (from|of) <caller> ${lately}`,
      `was there a call (from|by) <caller> ${lately}`,
      `(is|was) <caller> (the one|the person|he|she) who called ${lately}`,
      'what did <caller> want',
    ],
    answer: didCall,
  },
  {
    asks: 'what was missed',
    phrases: [
      `(did|have|has) (i|we|{one}) [miss|missed|call|called|ring|rang|phone|phoned|tried to call|try to call|try to reach] [me|us|a|any|anything|something|calls|any calls|a call] ${lately}`,
      `(what|which calls|who) (did|have) (i|we) (miss|missed) ${lately}`,
      `(any|are there any|were there any|was there any|is there any|have i got any|do i have any|do i have) [new] [missed] (calls|call|missed) ${lately}`,
      `(which|what) calls (were|was|are|did we|have been|went) (missed|unanswered|not answered|lost|miss) ${lately}`,
      `who (tried to call|tried to reach|tried calling|tried) [me|us] ${lately}`,
      `(did|has) the phone (ring|rung) ${lately}`,
    ],
    answer: whatWasMissed,
  },
  {
    asks: 'who had a call',
    phrases: [
      `who ${took} ${call} ${lately}`,
      `who was it (that|who) ${took} ${call} ${lately}`,
      `(did|has|have) ({one}|<person>) [else] ${took} ${call} ${lately}`,
      `(was|is) ({a call}|it|that call|that) (answered|picked up|taken|missed) [by (<person>|{one})] ${lately}`,
      `(who|whom) did <caller> (speak to|talk to|get|reach|speak with|talk with) ${lately}`,
      `(what|where) (happened to|became of|did|about|has happened to) ${call} [go] ${lately}`,
      `where did ${call} go`,
    ],
    answer: whoHad,
  },
  {
    asks: 'who called last',
    phrases: [
      `who (called|rang|phoned|has called|did call|just called|was calling|was ringing|tried) [me|us|<owner>|in|here|my group] [last|lately|recently|before|most recently] ${lately}`,
      'who was (that|it|the last caller|the caller|on the phone|that call|the last call|on the line|last)',
      'who (is|was) (the last caller|the last call) [from]',
      'who was {a call} from',
      'what (was|is) the [last] number [that called|of the last caller|of that call]',
      '(who is it|who is that|who is calling|who is this|who is on the phone|whose call is it|whose call was it|whose call was that)',
      'when was (the last call|my last call|our last call)',
      'what was (that|the last) call [about]',
      'who was that from',
    ],
    answer: lastCaller,
  },
]

const calls: Button = { title: 'Last calls', verb: 'show-calls', data: {} }

function none({ period, isCut }: Log): string {
  const when = period === null ? '' : ` ${period.words}`
  return isCut ? `None of the last calls.` : `No call to you or your groups is in the log${when}.`
}

async function howMany(turn: Turn, asked: Asked): Promise<Answer> {
  const log = await logOf(turn, asked)
  const caller = asked.hole('caller') || asked.hole('person')
  const rows = caller === '' ? log.rows : from(caller, log)
  const missed = rows.filter(isMissed)
  const when = log.period === null ? '' : ` ${log.period.words}`
  const atLeast = log.isCut ? 'at least ' : ''
  const isAboutMissed = ['miss', 'missed', 'unanswered', 'lose', 'lost'].some((word) => asked.has(word))
  const own =
    asked.has('i') && !asked.has('we') ? missed.filter(({ owner }) => owner === turn.person.id) : missed
  const who = caller === '' ? '' : ` from ${plainName(caller)}`
  const answered = rows.filter((row) => isAnswered(row) && (!asked.has('i') || row.by === turn.person.id))
  const isAboutTaken = ['take', 'took', 'taken', 'answer', 'answered', 'pick', 'picked'].some((word) =>
    asked.has(word),
  )
  if (isAboutMissed) {
    const callers = [...new Set(own.map((row) => plainName(row.caller)))]
    if (own.length === 0) return tell([`No call${who} was missed${when}.`], [calls])
    const lead = `${capital(`${atLeast}${calledCount(own.length)}`)}${who} ${own.length === 1 ? 'was' : 'were'} missed${when}, of ${rows.length}.`
    return tell([lead, `From ${listOf(callers, 5)}.`], [calls])
  }
  if (isAboutTaken)
    return tell(
      [
        `${capital(calledCount(answered.length))} ${answered.length === 1 ? 'was' : 'were'} picked up${asked.has('i') ? ' by you' : ''}${when}.`,
      ],
      [calls],
    )
  if (rows.length === 0) return tell([`No call${who} came to you and your groups${when}.`], [calls])
  return tell(
    [
      `${capital(`${atLeast}${calledCount(rows.length)}`)}${who} to you and your groups${when}.`,
      `${missed.length} of them missed.`,
    ],
    [calls],
  )
}

function calledCount(count: number): string {
  return count === 0 ? 'no call' : count === 1 ? '1 call' : `${count} calls`
}

async function howLong(turn: Turn, asked: Asked): Promise<Answer> {
  const log = await logOf(turn, asked)
  const caller = asked.hole('caller')
  const row = (caller === '' ? log.rows : from(caller, log))[0]
  const known = 'I do not know how long people talk: I only see a call until somebody has it.'
  if (!row) return tell([known, none(log)], [calls])
  return tell(
    [
      asked.has('ring') ? '' : known,
      rowSentence(row, turn, log.nameOf),
      `It rang for ${span(row.secondsRung)}.`,
    ],
    [calls],
  )
}

async function pickedUpBy(turn: Turn, asked: Asked): Promise<Answer> {
  if (asked.has('miss') || asked.has('missed')) return whatWasMissed(turn, asked)
  const log = await logOf(turn, asked)
  const given = asked.hole('person')
  const isTheirs = ({ by }: HistoryRow) =>
    given === ''
      ? by === turn.person.id
      : by !== undefined && log.nameOf(by).toLowerCase().split(' ').includes(given.toLowerCase())
  const rows = log.rows.filter((row) => isAnswered(row) && isTheirs(row))
  const when = log.period === null ? '' : ` ${log.period.words}`
  const who = given === '' ? 'You' : plainName(given)
  if (rows.length === 0) return tell([`${who} picked up no call${when} that is in your log.`], [calls])
  const each = rows.slice(0, 3).map((row) => rowSentence(row, turn, log.nameOf))
  return tell([`${who} picked up ${calledCount(rows.length)}${when}.`, ...each], [calls])
}

async function didCall(turn: Turn, asked: Asked): Promise<Answer> {
  const log = await logOf(turn, asked)
  const caller = asked.hole('caller')
  const rows = from(caller, log)
  const [last] = rows
  const when = log.period === null ? '' : ` ${log.period.words}`
  if (!last)
    return tell(
      [`No: nobody called “${plainName(caller)}” called you or your groups${when}, as far as my log goes.`],
      [calls],
    )
  const more = rows.length > 1 ? `${calledCount(rows.length)}${when} altogether.` : ''
  return tell([`Yes: ${rowSentence(last, turn, log.nameOf)}`, more], [calls])
}

async function whatWasMissed(turn: Turn, asked: Asked): Promise<Answer> {
  const log = await logOf(turn, asked)
  const missed = log.rows.filter(isMissed)
  const [last] = log.rows
  if (!last) return tell([none(log)])
  const when = log.period === null ? '' : ` ${log.period.words}`
  if (missed.length === 0)
    return tell(
      [`No call was missed${when}.`, `The last one: ${rowSentence(last, turn, log.nameOf)}`],
      [calls],
    )
  const each = missed.slice(0, 3).map((row) => rowSentence(row, turn, log.nameOf))
  const many = missed.length === 1 ? '1 call was' : `${missed.length} calls were`
  return tell([`${log.isCut ? 'At least ' : ''}${many} missed${when}.`, ...each], [calls])
}

/** The call that is meant; and when nobody picked that one up, the last one that somebody did. */
async function whoHad(turn: Turn, asked: Asked): Promise<Answer> {
  const log = await logOf(turn, asked)
  const caller = asked.hole('caller')
  const rows = caller === '' ? log.rows : from(caller, log)
  const [last] = rows
  if (!last)
    return tell([caller === '' ? none(log) : `No call from “${plainName(caller)}” is in your log.`], [calls])
  const answered = rows.find(isAnswered)
  const before =
    answered && answered !== last
      ? `The last one that was picked up: ${rowSentence(answered, turn, log.nameOf)}`
      : ''
  return tell(
    [isAnswered(last) ? '' : 'Nobody picked up the last one.', rowSentence(last, turn, log.nameOf), before],
    [calls],
  )
}

async function lastCaller(turn: Turn, asked: Asked): Promise<Answer> {
  const log = await logOf(turn, asked)
  const [last] = log.rows
  if (!last) return tell([none(log)])
  const [, before] = log.rows
  const more = before
    ? `Before that, ${plainName(before.caller)} called (${dayAndTime(before.at, turn.person.zone)}).`
    : ''
  return tell([rowSentence(last, turn, log.nameOf), more], [calls])
}
