/** Questions about what happens to calls: how long they ring, and then; forwarding; busy and away. From the ring plan. */
import { ruleOf } from '../../core/calling-settings.ts'
import { effectiveBusyOption } from '../../core/policy.ts'
import { type RingPlan } from '../../core/ring-plan.ts'
import { endsAfter, stagesOf } from '../../core/stages.ts'
import { whoRings as whoRingsCard } from '../calls/who-rings.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import {
  capital,
  endWords,
  listOf,
  momentWords,
  planSentence,
  seconds,
  targetWords,
} from '../draw/sentences.ts'
import { readTarget } from '../said/target.ts'
import { policyWords } from '../settings/settings.ts'
import { type Turn } from '../turn.ts'
import { numberIn } from './hole-kinds.ts'
import { aboutLine, type Line, peopleInPlan, planNow, planWhen, spokenOf } from './line.ts'
import { type Asked, type Question, tell } from './question.ts'

const nobody = '(nobody|no one|noone|none of us|none of them|none|i|we|they|no body)'
const takes =
  '(answer|answers|answered|pick up|picks up|picked up|pick it up|picks it up|take it|takes it|take the call|takes the call|take a call|takes a call|is there|are there|get it|gets it|is available|am available|reacts)'
const notTaken = `(${nobody} (do|does|can|did) not ${takes}|(nobody|no one|noone|none of us|none of them) ${takes}|i miss (it|a call|the call|calls)|(it|a call|the call|calls) (is|are|goes|go) (unanswered|missed|not answered|not picked up))`
const inACall =
  '((i am|<owner> is|one is|{whose} line is) [on|in] [a|another|the] [other|different|second] (busy|call|phone|line|conversation|talking|engaged)|i am (already on|talking on) the phone|(my|the) line is (busy|engaged)|i am [already] in [a|another] (call|conversation)|busy)'
const away =
  '((i am|<owner> is) (away|offline|out|not here|not there|gone|on holiday|on vacation|off|in a meeting|unavailable|not available|do not disturb|on do not disturb|set to do not disturb|signed out)|(i am|<owner> is) out of [the] office|i (set|turn on|use|go) [to|on] do not disturb|(teams|my teams) is closed)'

export const planQuestions: readonly Question[] = [
  {
    asks: 'who may take calls',
    phrases: [
      'who (can|may|could|will|would|is able to) (take|answer|pick up|get|receive) ({calls}|calls for (me|<owner>)|for (me|<owner>)|the phone for (me|<owner>))',
      'who (gets|takes|answers|picks up|receives|has) (calls for (me|<owner>)|{calls})',
      '(which|what) (people|members|phones) (ring|rings|get my calls) [for (me|<owner>)]',
      'how (are|is|do|does) {calls} (handled|treated|ring|rung|routed|work|go)',
      'what (is|are) {whose} (call flow|ring plan|timeline|routing)',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, ({ owner }) => whoRingsCard(turn, owner)),
  },
  {
    asks: 'who rings at another time',
    phrases: [
      '(who|does it) (rings|will ring|would ring|ring|gets {calls}|takes {calls}) [for <owner>] [on|at|in|during] [the] (monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|night|weekend|weekends|evening|evenings|morning|lunch|noon|midnight|christmas|later|next week|<seconds>) [<anything>]',
      '(do|can) i have [a] (schedule|schedules|business hours|opening hours|office hours)',
    ],
    answer: (turn, asked) =>
      aboutLine(turn, asked, async (line) =>
        asked.hole('seconds') === ''
          ? tell(
              ['It is the same at any time: there are no schedules.', await sentence(turn, line)],
              [whoRings(line)],
            )
          : whoRingsAt(turn, asked, line),
      ),
  },
  {
    asks: 'who rings after some seconds',
    phrases: [
      '(who|which phone) (rings|is ringing|will ring|would ring) [for <owner>] (after|at|in) <seconds> [seconds|s]',
      'what happens after <seconds> [seconds|s] [to {calls}|for <owner>]',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whoRingsAt(turn, asked, line)),
  },
  {
    asks: 'what happens while in a call',
    phrases: [
      `what (happens|happen|will happen|would happen|does happen) (if|when|while) ${inACall} [and [someone|somebody] [calls|rings] [me]]`,
      `what (happens|happen) (to {calls}|if somebody calls me|when someone calls me|if someone calls me|when somebody calls me) (if|when|while) ${inACall}`,
      `what if ${inACall}`,
      `(do|does|will|would|can) ({calls}|my phone|it|i|<owner>) (ring|ring me|get calls|be rung|still ring) (if|when|while) ${inACall}`,
      `where do {calls} go (if|when|while) ${inACall}`,
      `(what|how) is {whose} busy [on busy] [setting|option]`,
      'is busy on busy (on|off|set|enabled)',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whenBusy(turn, line)),
  },
  {
    asks: 'what happens while away',
    phrases: [
      `what (happens|happen|will happen|would happen) (if|when|while) ${away}`,
      `what (happens|happen) to {calls} (if|when|while) ${away}`,
      `what if ${away}`,
      `(do|does|will|would) ({calls}|my phone|it|i|<owner>) (ring|ring me|get calls|be rung) (if|when|while) ${away}`,
      `(where do|who gets|who takes|who answers) {calls} [go] (if|when|while) ${away}`,
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whenAway(turn, line)),
  },
  {
    asks: 'how long it rings, and then',
    phrases: [
      'how (long|many seconds|much time) (does|do|will|would|must|is|can) ({calls}|it|my phone|the phone|they|a call|people|<owner>|we|i) (ring|rings|ringing|wait|have|take|last) [for] [(for|to|at) (me|<owner>|everyone|my group)] [before|until] [(it goes|going|they go|it goes over) to {voicemail}|{voicemail}]',
      'how (long|many seconds|much time) (it|{calls}|my phone|they) (ring|rings|will ring) [for <owner>]',
      'how (long|many seconds) (until|till|before) ({voicemail}|it goes to {voicemail}|they go to {voicemail}|{calls} go to {voicemail}|the {voicemail} [answers|picks up|starts|takes over|kicks in])',
      '(when|after how long|after how many seconds) (does|do|will|is) ({calls}|it|they|a call|unanswered calls|the call|{voicemail}|my {voicemail}) (go|get sent|sent|forwarded|be sent|start|answer|kick in|come on|pick up|take over) [to {voicemail}] [for <owner>]',
      'what is {whose} [ring|ringing|voicemail] (delay|timeout|time|duration|ring time) [set to]',
      '(how long|what) is (the|{whose}) (delay|timeout|ring time|ringing time|voicemail delay|time until voicemail)',
      'after how (long|many seconds) [(does|do|will) (it|{calls}) go to {voicemail}]',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => ifNobody(turn, line)),
  },
  {
    asks: 'what happens if nobody answers',
    phrases: [
      `what (happens|happen|will happen|would happen|do) [to {calls}|with {calls}] (if|when|once|in case) ${notTaken} [for <owner>]`,
      `(where|who) (does|do|will|would|gets) (it|{calls}|they|the call|a call) [go|goes|land|end up|end] (if|when|once) ${notTaken}`,
      `what if ${notTaken}`,
      'where (do|does|will|would) [my|our|the|{whose}] (missed calls|unanswered calls|calls nobody answers|a missed call|an unanswered call) (go|end up|land)',
      'what happens to [my|our|{whose}] (missed calls|unanswered calls)',
      'what (happens|comes) (afterwards|at the end|in the end|when time is up|after the group|after that)',
      '(do|does|have) (i|<owner>) (have|got|use) [a] {voicemail}',
      '(is|are) {whose} {voicemail} (on|off|active|enabled|set up|turned on|set)',
      'is {voicemail} (on|off|active|enabled|set up|turned on|set)',
      '(do|does) {calls} (go|end up) (to|in) {voicemail}',
      'why (do|does) ({calls}|it|they) (go|end up) (to|in|into) {voicemail}',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => ifNobody(turn, line)),
  },
  {
    asks: 'whether and where calls are forwarded',
    phrases: [
      '(is|are) [{whose}|the|call] (forwarding|call forwarding|forward) (on|off|active|enabled|set|turned on|switched on|working)',
      '(am i|is <owner>) (forwarding|forwarded|diverting) [{calls}] [to <target>]',
      '(are|is) {calls} [being] (forwarded|forwarding|going|sent|redirected|set) [to <target>]',
      '(did|do|have) i [also] (forward|forwarded|send|sent|set) [all] [{calls}] [to <target>]',
      '(do|does|will) {calls} (go|get forwarded|ring|get sent|forward) [to <target>]',
      '(where|who|to whom) (are|is|do|did|does|have) ({calls}|i|<owner>) [being] (forwarded|forwarding|forward|sent|going|redirected|forwarded my calls|forward my calls) [to]',
      '(do|does|did|am|is|are) (i|<owner>|{calls}|my phone) also (ring|ringing|rings) [<target>]',
      '(do|does) (i|<owner>) (share|sharing) {calls}',
      '(is|are) (sharing|{whose} sharing|also ring|also ringing) (on|off|active)',
      '(do|does) {calls} (ring|reach) <target> (too|as well|also)',
      'does {group} (get|ring for|receive) {calls}',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whetherForwarded(turn, asked, line)),
  },
]

function whoRings({ owner, isOwn, your }: Line): Button {
  return { title: isOwn ? 'Who rings' : `${your} timeline`, verb: 'who-rings', data: { owner } }
}

function changeIt({ mayEdit, owner }: Line): readonly Button[] {
  return mayEdit ? [{ title: 'Forwarding', verb: 'show-forwarding', data: { owner } }] : []
}

/** The plan of a call in a sentence, said of the owner by name where that is somebody else. */
export async function planWords(turn: Turn, line: Line, plan: RingPlan): Promise<string> {
  const nameOf = await spokenOf(turn, peopleInPlan(plan))
  const words = planSentence(plan, nameOf, line.isOwn ? 'you' : 'them')
  return line.isOwn ? words : words.replace(/^Calls/u, `Calls to ${line.you}`)
}

async function sentence(turn: Turn, line: Line): Promise<string> {
  const plan = await planNow(turn, line)
  return [await planWords(turn, line, plan), momentWords(plan, [], line.isOwn ? 'you' : 'them')]
    .join(' ')
    .trim()
}

async function ifNobody(turn: Turn, line: Line): Promise<Answer> {
  const plan = await planNow(turn, line)
  const nameOf = await spokenOf(turn, peopleInPlan(plan))
  const at = endsAfter(plan)
  const lead =
    at === 0
      ? `${line.isOwn ? 'Your calls' : `${line.your} calls`} ring nobody: they ${endWords(plan, nameOf)} at once.`
      : `${line.isOwn ? 'Your calls' : `${line.your} calls`} ring for ${seconds(at)}. If nobody answers by then, they ${endWords(plan, nameOf)}.`
  const moment = momentWords(plan, [], line.isOwn ? 'you' : 'them')
  return tell([lead, moment], [...changeIt(line), whoRings(line)])
}

async function whoRingsAt(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const at = numberIn(asked.plain('seconds')) ?? 0
  const plan = await planNow(turn, line)
  const nameOf = await spokenOf(turn, [...peopleInPlan(plan), line.owner])
  const now = stagesOf(plan).filter(({ from, to }) => from <= at && at < to)
  const people = now.flatMap((stage) => stage.people)
  const until = Math.min(...now.map(({ to }) => to))
  const from = Math.max(...now.map((stage) => stage.from))
  const whose = line.isOwn ? 'a call to you' : `a call to ${line.you}`
  const words =
    people.length === 0
      ? `${seconds(at)} into ${whose} no phone rings now: calls ${endWords(plan, nameOf)} after ${seconds(endsAfter(plan))}.`
      : `${seconds(at)} into ${whose} it rings ${listOf(people.map(nameOf), 25)} (${from}–${until} s).`
  return tell([words], [whoRings(line)])
}

async function whenBusy(turn: Turn, line: Line): Promise<Answer> {
  const plan = await planWhen(turn, line, 'inACall')
  const { policy, settings } = line.sheet
  const option = effectiveBusyOption(policy.busyOnBusy, settings.busyOnBusy)
  const who = line.isOwn ? 'you are' : `${line.you} is`
  const words = {
    playBusySignal: `While ${who} in a call, another caller hears a busy tone.`,
    redirectAsUnansweredCall: `While ${who} in a call, another call is treated as unanswered.`,
    ringUser: `While ${who} in a call, another call comes in as usual.`,
  }[option]
  if (isForwarded(plan)) return tell([noDifference, await planWords(turn, line, plan)], changeIt(line))
  const plainly = plan.rule === 'R9' ? '' : await planWords(turn, line, plan)
  const decides =
    policy.busyOnBusy === 'userOverride' ? '' : 'The admin decides this; it cannot be chosen here.'
  return tell([words, plainly, decides], changeIt(line))
}

const noDifference = 'That makes no difference, since all calls are forwarded.'

function isForwarded({ rule }: RingPlan): boolean {
  return ['R4', 'R5', 'R6', 'R7', 'R8'].includes(rule)
}

async function whenAway(turn: Turn, line: Line): Promise<Answer> {
  const plan = await planWhen(turn, line, 'offline')
  const who = line.isOwn ? 'you are' : `${line.you} is`
  const lead = isForwarded(plan)
    ? noDifference
    : `While ${who} offline or set to Do not disturb, the phone does not ring.`
  return tell([lead, await planWords(turn, line, plan)], changeIt(line))
}

async function whetherForwarded(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const { settings, policy } = line.sheet
  const rule = settings.forwarding.is === 'on' ? settings.forwarding.rule : null
  const target = asked.hole('target')
  const read = target === '' ? null : await readTarget(turn, target.split(' '), settings.group.members)
  if (read?.is === 'refused')
    return tell(
      [`No: I do not know “${target}” as a place for calls.`, await sentence(turn, line)],
      changeIt(line),
    )
  const meant = read?.is === 'target' ? read.target : null
  const kept = ruleOf(settings.forwarding)
  const nameOf = await spokenOf(
    turn,
    [rule?.to, kept?.to, meant].flatMap((to) => (to?.is === 'person' ? [to.person] : [])),
  )
  const isAsked = meant === null || (rule !== null && JSON.stringify(meant) === JSON.stringify(rule.to))
  const also = asked.has('also') || asked.has('too') || asked.has('share') || asked.has('sharing')
  const kinds = rule?.type === 'immediate' ? 'all calls go to' : 'calls ring you and also ring'
  const whose = line.isOwn ? 'your' : 'their'
  const where = rule === null ? '' : targetWords(rule.to, nameOf, whose)
  const plan = await planNow(turn, line)
  const stale = plan.stale.includes('forwarding')
    ? 'But that is passed over now: it leads to nobody who can be rung.'
    : ''
  const rules = [stale, await sentence(turn, line), policyWords(policy)]
  if (rule === null) {
    const only = line.isOwn ? 'only you ring' : `only ${line.you} rings`
    return tell([`No, forwarding is off: ${only}.`, ...rules], changeIt(line))
  }
  const isShared =
    asked.has('share') || asked.has('sharing') ? rule.to.is === 'group' : rule.type === 'simultaneous'
  const isYes = isAsked && (!also || isShared)
  const isWhere = asked.has('where') || asked.has('who') || asked.has('whom')
  const isHalf = meant === null && !also && rule.type === 'simultaneous'
  const set = `${kinds} ${where}.`
  const words = isWhere || isHalf ? capital(set) : `${isYes ? 'Yes' : 'No'}: ${set}`
  return tell([words, ...rules], changeIt(line))
}
