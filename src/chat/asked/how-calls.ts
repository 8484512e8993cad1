/** "Can I forward my calls to Bo?", "how do I mute Ann?": before it is changed where calls go, and how they are told. */
import { setNotification, setOverride } from '../../core/notifications.ts'
import { type Notification } from '../../core/notification.ts'
import { type ForwardingType } from '../../core/forwarding.ts'
import { type PersonId } from '../../core/person.ts'
import { type Rules, setRules } from '../../core/rules.ts'
import { type Target, voicemail } from '../../core/target.ts'
import { defaultRingTimeout, isRingTimeout, ringTimeouts } from '../../core/unanswered.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { capital, targetWords } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { readTarget } from '../said/target.ts'
import { type Turn } from '../turn.ts'
import { type Deed, explained } from './deed.ts'
import { numberIn } from './hole-kinds.ts'
import { anythingElse, before } from './how-words.ts'
import { aboutLine, type Line, lineOf, personIn } from './line.ts'
import { type Asked, type Question, tell } from './question.ts'

const all = '[all] [of] [{calls}|calls|all calls|everything|me|my phone|it|them|every call]'
const seconds = '<seconds> [seconds|s]'
const aside = '(too|as well|also|with me|together|at the same time|at once|and me)'

export const howCallsQuestions: readonly Question[] = [
  ...before(
    'choose how long calls ring',
    [
      `(go|send|forward|have|let|get|put|divert) ${all} [go] [on] [to] {voicemail} after ${seconds}`,
      `(ring|let|have|make) [me|it|my phone|the phone|{calls}|them|my group] [ring] [for] ${seconds} [long]`,
      `(set|{change}|make|put) [the|my] (delay|ring time|timeout|voicemail delay|ring duration|ringing time|time) [to|of] ${seconds}`,
      '({change}|set|adjust|increase|reduce|shorten|extend|choose|make) how long (it|{calls}|they|my phone|the phone) (ring|rings|takes|wait|waits)',
      '({change}|set|adjust|increase|reduce|shorten|extend) (the|my) [ring|voicemail|ringing] (delay|time|timeout|duration|seconds|ring time)',
      '(let|make|have) (it|{calls}|my phone|them) ring (longer|shorter|for longer)',
      'ring (longer|shorter)',
      '(set up|setup|turn on|switch on|get|use|activate|enable|have|{change}|configure|start|record) [my|a|the] {voicemail}',
      `(send|forward|have|let|put|divert) (unanswered calls|missed calls) [go] [to] [<target>]`,
      '({change}|set|choose|configure) what happens (if|when) (nobody|no one|i do not) (answers|answer|pick up|picks up)',
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => ifUnanswered(turn, asked, line)),
    [
      `({calls}|it|they|the call|my phone) (go|be sent|be forwarded|ring|wait|goes|ring me) [on] [to] [{voicemail}] [after|for] ${seconds}`,
    ],
  ),
  ...before(
    'turn voicemail off',
    [
      '(turn|switch) off [my|the] {voicemail}',
      '(turn|switch) [my|the] {voicemail} off',
      '(disable|stop|remove|deactivate|cancel|avoid) [my|the] {voicemail}',
      '(have|use) no {voicemail}',
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => noVoicemail(turn, line)),
  ),
  ...before(
    'stop forwarding',
    [
      '(stop|cancel|end|disable|remove|undo|deactivate|reset) [the|my|all|call] [call] (forwarding|forward|divert)',
      '(turn|switch) off [the|my|call] [call] (forwarding|forward|divert|forwarding of my calls)',
      '(turn|switch) [the|my|call] [call] forwarding off',
      `(stop|not) (forwarding|sending|forward|diverting) ${all} [to <target>]`,
      '(only ring|ring only|just ring) (me|myself)',
      '(get|have) my calls (back|again|myself)',
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => noForwarding(turn, line)),
  ),
  ...before(
    'ring others, too',
    [
      `also ring <target>`,
      `ring <target> ${aside}`,
      `(let|have|make|get) <target> [to] ring ${aside}`,
      `(let|have|make|get) <target> [to] also ring`,
      `ring (me|my phone) and <target>`,
      '(also ring|ring also) [someone|somebody|people|others]',
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => toForward(turn, asked, line, 'simultaneous')),
    [`{calls} also ring <target>`, `<target> (also ring|ring ${aside})`, `{calls} ring <target> ${aside}`],
  ),
  ...before(
    'forward calls',
    [
      `(forward|send|divert|redirect|transfer|route|move|direct|pass|fwd) ${all} [on|over|through] to <target> [for <owner>]`,
      `(have|get|let|make) {calls} (forwarded|go|sent|ring|redirected|diverted|to go) to <target>`,
      '(forward|divert|redirect|transfer|reroute|send) [all] [{calls}|calls] (until|till|from|between|on|at|tomorrow|tonight|when|while|only|during|every) [<anything>]',
      '(forward|divert|redirect|transfer|reroute) [all] [{calls}|calls|a call|my phone|everything|elsewhere|somewhere|someone]',
      '(set up|setup|turn on|switch on|use|activate|enable|{change}|set|configure|start) [my|the|a|call] [call] (forwarding|forward|divert)',
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => toForward(turn, asked, line, 'immediate')),
    [
      '{calls} (go|be sent|be forwarded|be redirected|be diverted|get forwarded|get sent|forward) [on] [to <target>]',
    ],
  ),
  ...(['mute', 'ring', 'banner'] as const).flatMap((how) =>
    before(
      { mute: 'mute a group', ring: 'unmute a group', banner: 'see a banner only' }[how],
      {
        mute: [
          '(mute|silence|not hear|stop hearing|turn off) (<owner>|{calls}|{group}|everything|all|all groups|my groups|a group|groups|someone|somebody|notifications)',
          '(mute|silence)',
          'not (be rung|ring|get calls) for <owner>',
          'stop (getting|hearing|receiving) [the] {calls}',
        ],
        ring: [
          '(unmute) (<owner>|{calls}|{group}|everything|all|all groups|my groups|a group|someone|somebody)',
          'unmute',
        ],
        banner: [
          '[only] [get|see|have] [only] [a] banner [only] [for] (<owner>|{calls}|{group}|a group)',
          'banner (<owner>|{calls}|{group})',
        ],
      }[how],
      (turn, asked) => toHear(turn, asked, how),
    ),
  ),
  ...before(
    'pick up a call',
    [
      "(pick up|answer|take|accept|grab|get) [a|the|any|another|other|<owner> ['s]|my] [call|calls|phone|one] [(for|of|from) (<owner>|others|my group|someone|somebody|{group})]",
      '(pick up|answer) for <owner>',
    ],
    () =>
      Promise.resolve(
        tell([
          'Yes, you can, while a call rings you or somebody whose calls you share: say "pickup", or press the button on its card. Nothing rings you now.',
        ]),
      ),
  ),
  ...before(
    'decline a call',
    ['(decline|reject|ignore|dismiss|refuse|hang up) [on] [a|the|any|my] [call|calls|one]'],
    () =>
      Promise.resolve(
        tell([
          'Yes, you can: say "decline" while a call rings you, or press the button on its card. The others ring on. Nothing rings you now.',
        ]),
      ),
  ),
  ...before(
    'choose what callers hear while busy',
    [
      '(set|{change}|hear|have|play|get|give|turn on|use) [callers|the|a|my] busy [on busy] [tone|signal|setting|option]',
      '({change}|set|choose) what happens (if|when|while) i am (busy|in a call|on a call|on another call)',
    ],
    (turn, asked) =>
      aboutLine(turn, asked, (line) =>
        explained(turn, line, {
          says: 'if busy',
          does: 'It says what a call does that comes in while you are in one, where your admin lets you choose.',
          button: { title: 'Forwarding', verb: 'show-forwarding', data: { owner: line.owner } },
        }),
      ),
  ),
  {
    asks: 'whether something else may be done',
    phrases: anythingElse,
    answer: (_, asked) => Promise.resolve(harmless.has(asked.plain('word')) ? null : unsure),
  },
]

/** What only shows something may be asked for so. */
const harmless = new Set(
  'see show view look check read open know say type do ask list help talk speak get have'.split(' '),
)
const unsure: Answer = tell(
  ['I cannot answer that, and nothing was changed. Say "help" to see what I understand.'],
  [{ title: 'Help', verb: 'help', data: {} }],
)

function open({ owner }: Line): Button {
  return { title: 'Forwarding', verb: 'show-forwarding', data: { owner } }
}

async function toForward(turn: Turn, asked: Asked, line: Line, type: ForwardingType): Promise<Answer> {
  const verb = type === 'immediate' ? 'forward my calls to' : 'also ring'
  const does =
    type === 'immediate'
      ? 'All calls then go there at once, and your own phone does not ring, until you say "stop forwarding".'
      : 'They then ring together with you, at the same time.'
  const where =
    type === 'immediate' ? 'my group, a person, a number, voicemail' : 'my group, a person, a number'
  const general: Deed = { says: `${verb} <${where}>`, does, button: open(line) }
  const given = asked.hole('target')
  if (given === '') return explained(turn, line, general)
  const read = await readTarget(turn, given.split(' '), line.sheet.settings.group.members)
  if (read.is === 'refused')
    return tell(
      [
        `I do not know where “${plainName(given)}” is. Say "${verb}" and one of: ${where}.`,
        'Nothing was changed.',
      ],
      [open(line)],
    )
  if (read.is === 'several') {
    const found = await personIn(turn, asked, 'target', line.sheet.settings.group.members)
    return found.is === 'asked' ? found.answer : explained(turn, line, general)
  }
  const { target } = read
  const words = await wordsOf(turn, target)
  const forwarding = { is: 'on', rule: { type, to: target } } as const
  const title = type === 'immediate' ? `Forward to ${words}` : `Also ring ${words}`
  return explained(turn, line, {
    says: `${verb} ${words.replace('your', 'my')}`,
    does,
    button: { title, ...toTarget(line, type, target, `${verb} ${words.replace('your', 'my')}`) },
    rule: (owner, subscribers) => setRules(owner, { forwarding }, subscribers),
  })
}

async function wordsOf(turn: Turn, target: Target): Promise<string> {
  return targetWords(target, await namesOf(turn, target.is === 'person' ? [target.person] : []))
}

/** A press leads calls there: people are named by their id. */
function toTarget(
  { owner }: Line,
  rule: ForwardingType,
  target: Target,
  says: string,
): Omit<Button, 'title'> {
  if (target.is === 'person') return { verb: 'choose-target', data: { owner, rule, person: target.person } }
  if (target.is === 'group' || target.is === 'voicemail')
    return { verb: 'choose-target', data: { owner, rule, to: target.is } }
  return { verb: 'say', data: { text: says } }
}

async function ifUnanswered(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const given = numberIn(asked.plain('seconds'))
  const { unanswered } = line.sheet.settings
  const now = unanswered.is === 'on' ? unanswered.rule : { to: voicemail, after: defaultRingTimeout }
  const general: Deed = {
    says: 'voicemail after <seconds>',
    does: `If nobody answers within these seconds, the call goes to voicemail. The seconds can be ${ringTimeouts.join(', ')}; "if unanswered my group after 20" sends it elsewhere.`,
    button: open(line),
  }
  if (given === null) return explained(turn, line, general)
  if (!isRingTimeout(given))
    return tell(
      [
        `Not ${given}: calls can ring for ${ringTimeouts.slice(0, -1).join(', ')} or 60 seconds. Say "voicemail after" and one of these.`,
      ],
      [open(line)],
    )
  const isVoicemail = asked.has('voicemail') || now.to.is === 'voicemail'
  const to = isVoicemail ? voicemail : now.to
  const rules: Rules = { unanswered: { is: 'on', rule: { to, after: given } } }
  const where = await wordsOf(turn, to)
  return explained(turn, line, {
    says: isVoicemail ? `voicemail after ${given}` : `delay ${given}`,
    does: `If nobody answers within ${given} seconds, the call goes to ${where}.`,
    button: {
      title: `${capital(where)} after ${given} seconds`,
      verb: 'choose-target',
      data: {
        owner: line.owner,
        rule: 'unanswered',
        to: isVoicemail ? 'voicemail' : 'same',
        after: String(given),
      },
    },
    rule: (owner, subscribers) => setRules(owner, rules, subscribers),
  })
}

function noVoicemail(turn: Turn, line: Line): Promise<Answer> {
  return explained(turn, line, {
    says: 'if unanswered nothing',
    does: 'A call that nobody takes then just ends.',
    button: open(line),
    rule: (owner, subscribers) => setRules(owner, { unanswered: { is: 'off' } }, subscribers),
  })
}

function noForwarding(turn: Turn, line: Line): Promise<Answer> {
  return explained(turn, line, {
    says: 'stop forwarding',
    does: 'Calls then ring only you; your call group stays as it is.',
    button: line.isOwn
      ? { title: 'Stop forwarding', verb: 'say', data: { text: 'stop forwarding' } }
      : open(line),
    rule: (owner, subscribers) => setRules(owner, { forwarding: { is: 'off' } }, subscribers),
  })
}

/** How a group is heard is everybody's own matter. */
async function toHear(turn: Turn, asked: Asked, how: Notification): Promise<Answer | null> {
  const self = await lineOf(turn, turn.person.id)
  const { memberships } = self.sheet.settings
  const word = { mute: 'mute', ring: 'unmute', banner: 'banner' }[how]
  const does = {
    mute: 'Its calls then neither ring nor show for you; you can still take one with "pickup".',
    ring: 'Its calls then ring you again.',
    banner: 'Its calls then show without a sound.',
  }[how]
  const notifications: Button = { title: 'Notifications', verb: 'show-notifications', data: {} }
  const general: Deed = { says: `${word} <owner or all>`, does, button: notifications }
  const given = asked.hole('owner')
  const isAll = given === '' && (asked.has('everything') || asked.has('all'))
  if (isAll && how !== 'banner') {
    const override = how === 'mute' ? how : null
    return explained(turn, self, {
      says: `${word} all`,
      does,
      button: { title: `${capital(word)} all`, verb: 'say', data: { text: `${word} all` } },
      rule: (me) => setOverride(me, override),
    })
  }
  if (given === '') return explained(turn, self, general)
  const found = await personIn(
    turn,
    asked,
    'owner',
    memberships.map(({ owner }) => owner),
  )
  if (found.is === 'asked') return found.answer
  if (found.is === 'refused')
    return tell(
      [`I do not know whose group you mean by “${plainName(given)}”. Nothing was changed.`],
      [notifications],
    )
  return explained(turn, self, await heardSo(turn, found.id, how, word, does))
}

async function heardSo(
  turn: Turn,
  owner: PersonId,
  how: Notification,
  word: string,
  does: string,
): Promise<Deed> {
  const name = (await namesOf(turn, [owner]))(owner)
  return {
    says: `${word} ${name}`,
    does,
    button: { title: `${capital(word)} ${name}`, verb: 'notify', data: { owner, how } },
    rule: (me) => setNotification(me, owner, how),
  }
}
