/** "Can I add Bo?", "how do I ring them in order?": before something is done to a call group or to delegates. */
import { type RingWay } from '../../core/call-group.ts'
import { type Change } from '../../core/change.ts'
import { addDelegate, removeDelegate } from '../../core/delegates.ts'
import { addMembers, moveMember, removeMembers, setRingOrder, turnSharingOff } from '../../core/members.ts'
import { type PersonId } from '../../core/person.ts'
import { type Subscriber, type Subscribers } from '../../core/subscriber.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { namesOf } from '../said/people.ts'
import { moveIn } from '../said/place.ts'
import { type Turn } from '../turn.ts'
import { type Deed, explained } from './deed.ts'
import { before } from './how-words.ts'
import { aboutLine, type Line, lineOf, personIn } from './line.ts'
import { type Asked, type Question, tell } from './question.ts'

const some =
  '(somebody|someone|people|person|a person|a member|members|another|another person|more people|a colleague|colleagues|others|anyone|anybody|new people|a new member)'
const into = '[(to|in|into|on) ({group}|it)] [as a member|as member|too|also|as well|back] [for <owner>]'
const outOf = '[out] [of|from] [{group}|it] [for <owner>]'
const ring = '(ring|call) [(them|everyone|everybody|all|people|{group}|the members|my members|it)]'
const order =
  '(in order|one after the other|one by one|one at a time|in turn|sequentially|in sequence|after each other|one after another)'
const atOnce = '(at once|all at once|together|at the same time|simultaneously|all together)'
const they = '(they|{group}|the members|my members|people|everyone|everybody|all|them|it)'

export const howGroupQuestions: readonly Question[] = [
  ...before(
    'make somebody a delegate',
    [
      '(make|add|set|appoint|name|choose|have|get|use|let) <person> [as|be|to be|become] [a|my|{whose}] delegate [for <owner>]',
      `(add|make|set|appoint|name|choose|have|get|create|set up|define|invite) (a|my|another|new|more|some|${some}) [as] [a|my] (delegate|delegates)`,
      '(let|allow) <person> [to] (answer|take|pick up|get|make|change) [my] (calls|settings|phone) [for me]',
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => toDelegate(turn, asked, line)),
  ),
  ...before(
    'end somebody’s being a delegate',
    [
      '(remove|delete|take away|drop) [delegate] <person> [as|from] [a|my] (delegate|delegates)',
      '(remove|delete|drop) (a|my|the) (delegate|delegates)',
      '(remove|delete) delegate <person>',
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => noDelegate(turn, asked, line)),
  ),
  ...before(
    'ring in order',
    [
      `${ring} ${order}`,
      `(make|let|have|get) ${they} [to] [ring] ${order}`,
      `(set|{change}|use|turn on) [the|{whose}] [ring|ringing] (order|in order)`,
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => ringWayOf(turn, line, 'inOrder')),
    [`${they} (ring|be rung|be called) ${order}`],
  ),
  ...before(
    'ring everyone at once',
    [
      `${ring} ${atOnce}`,
      'ring (everyone|everybody|all|all members|all of them)',
      `(make|let|have|get) ${they} [to] ring ${atOnce}`,
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => ringWayOf(turn, line, 'simultaneous')),
    [`${they} (ring|be rung|be called) ${atOnce}`],
  ),
  ...before(
    'stop sharing',
    [
      '(stop sharing|end sharing|turn off sharing|turn sharing off) [my calls]',
      '(delete|empty|clear|remove|dissolve) [all of] {group}',
      '(remove|delete) (everyone|everybody|all) [members] [from {group}]',
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => noSharing(turn, line)),
  ),
  ...before(
    'move somebody',
    [
      '(move|put|make|place|set|have) <person> [ring|to|to the|at|at the|as|in] [the] <place> [place|position] [in {group}]',
      '(move|reorder|{change}) [the] (order|members|people|people around|order of [my|the] members|{group} order)',
      '(swap|exchange) <person> (and|with) <other>',
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => toMove(turn, asked, line)),
  ),
  ...before(
    'leave a group',
    [
      '(leave|quit|exit|get out of) (<owner>|{group}|a group|the group)',
      '(get|remove|take) (me|myself) [out] (of|from|off) (<owner>|{group}|a group)',
      'not be in {group}',
    ],
    (turn, asked) => toLeave(turn, asked),
  ),
  ...before(
    'remove somebody',
    [
      `(remove|delete|kick|drop|exclude|take|take out) <person> ${outOf}`,
      `(remove|delete|kick|drop|exclude|take) ${some} ${outOf}`,
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => toRemove(turn, asked, line)),
  ),
  ...before(
    'add somebody',
    [
      `(add|include|invite) <person> ${into}`,
      `(put|have|get|bring) <person> (to|in|into|on) {group} [too|also|as well]`,
      `(add|include|invite) ${some} ${into}`,
      `(put|have|get|bring) ${some} (to|in|into|on) {group}`,
      '(add|invite) <person> (and|or) <other> [(to|in|into) {group}]',
      '(create|make|set up|start|have|build|get) (a|my|another|the) [new] [call|pickup] group',
      'share (my calls|calls) [with <target>]',
    ],
    (turn, asked) => aboutLine(turn, asked, (line) => toAdd(turn, asked, line)),
  ),
]

type Someone =
  | { readonly id: PersonId; readonly name: string; readonly isNamed: true }
  | { readonly isNamed: false; readonly answer?: Answer }

/** Whom a deed is about, where somebody was named; those of these people first. */
async function someone(turn: Turn, asked: Asked, among: readonly PersonId[]): Promise<Someone> {
  if (asked.hole('person') === '' || asked.hole('other') !== '') return { isNamed: false }
  const found = await personIn(turn, asked, 'person', among)
  if (found.is === 'asked') return { isNamed: false, answer: found.answer }
  if (found.is === 'refused')
    return {
      isNamed: false,
      answer: tell([
        `I do not know whom you mean by “${plainName(asked.hole('person'))}”. Nothing was changed.`,
      ]),
    }
  return { id: found.id, name: (await namesOf(turn, [found.id]))(found.id), isNamed: true }
}

function groupOf({ owner }: Line): Button {
  return { title: 'My call group', verb: 'show-group', data: { owner } }
}

function suffix({ isOwn, you }: Line): string {
  return isOwn ? '' : ` for ${you}`
}

async function toAdd(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const one = await someone(turn, asked, [])
  if (!one.isNamed)
    return (
      one.answer ??
      explained(turn, line, {
        says: 'add <person>',
        does: `Say "add" and one or more names: they come into ${line.your} call group.`,
        button: groupOf(line),
      })
    )
  const { id, name } = one
  return explained(turn, line, {
    says: `add ${name}${suffix(line)}`,
    does: `${name} comes into ${line.your} call group.`,
    button: { title: `Add ${name}`, verb: 'add-members', data: { owner: line.owner, people: id } },
    rule: (owner, subscribers) => addMembers(owner, [id], subscribers),
  })
}

async function toRemove(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const one = await someone(turn, asked, line.sheet.settings.group.members)
  if (!one.isNamed)
    return (
      one.answer ??
      explained(turn, line, {
        says: 'remove <person>',
        does: `Say "remove" and a name: they go out of ${line.your} call group.`,
        button: groupOf(line),
      })
    )
  const { id, name } = one
  return explained(turn, line, {
    says: `remove ${name}${suffix(line)}`,
    does: `${name} goes out of ${line.your} call group.`,
    button: { title: `Remove ${name}`, verb: 'remove', data: { owner: line.owner, person: id } },
    rule: (owner, subscribers) => removeMembers(owner, [id], subscribers),
  })
}

async function toMove(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const one = await someone(turn, asked, line.sheet.settings.group.members)
  if (!one.isNamed)
    return (
      one.answer ??
      explained(turn, line, {
        says: 'move <person> first',
        does: 'Say "move", a name, and up, down, first or last.',
        button: groupOf(line),
      })
    )
  const { id, name } = one
  const to = { top: 'first', bottom: 'last', '1st': 'first' }[asked.plain('place')] ?? asked.plain('place')
  const move = moveIn(to)
  if (move === undefined)
    return explained(turn, line, {
      says: `move ${name} first`,
      does: 'Places are up, down, first, last, or a number.',
      button: groupOf(line),
    })
  return explained(turn, line, {
    says: `move ${name} ${to}`,
    does: `${name} changes places in ${line.your} call group.`,
    button: { title: `Move ${name} ${to}`, verb: 'move', data: { owner: line.owner, person: id, to } },
    rule: (owner, subscribers) => moveMember(owner, id, move, subscribers),
  })
}

function ringWayOf(
  turn: Turn,
  line: Line,
  way: Extract<RingWay, 'inOrder' | 'simultaneous'>,
): Promise<Answer> {
  const words = {
    inOrder: ['ring in order', 'ring one after the other', 'Ring one after the other'],
    simultaneous: ['ring everyone', 'all ring at once', 'Ring everyone at once'],
  }[way]
  return explained(turn, line, {
    says: words[0] ?? '',
    does: `The members of ${line.your} call group then ${words[1] ?? ''}.`,
    button: { title: words[2] ?? '', verb: 'ring-order', data: { owner: line.owner, order: way } },
    rule: (owner, subscribers) => setRingOrder(owner, way, subscribers),
  })
}

function noSharing(turn: Turn, line: Line): Promise<Answer> {
  return explained(turn, line, {
    says: 'stop sharing',
    does: `It empties ${line.your} call group and sends no calls to it.`,
    button: { title: 'Turn sharing off', verb: 'sharing-off', data: { owner: line.owner } },
    rule: turnSharingOff,
  })
}

/** One leaves a group oneself, so it is one's own sheet that is looked at. */
async function toLeave(turn: Turn, asked: Asked): Promise<Answer> {
  const self = await lineOf(turn, turn.person.id)
  const does = 'Its calls ring you no more, and you cannot pick them up.'
  const owners = self.sheet.settings.memberships.map(({ owner }) => owner)
  const open: Deed = {
    says: 'leave <owner>',
    does,
    button: { title: 'Notifications', verb: 'show-notifications', data: {} },
  }
  if (asked.hole('owner') === '') return explained(turn, self, open)
  const found = await personIn(turn, asked, 'owner', owners)
  if (found.is === 'asked') return found.answer
  if (found.is === 'refused')
    return tell([
      `I do not know whose group you mean by “${plainName(asked.hole('owner'))}”. Nothing was changed.`,
    ])
  const name = (await namesOf(turn, [found.id]))(found.id)
  if (!owners.includes(found.id))
    return tell([
      `You are not in the call group of ${name}, so there is nothing to leave. Otherwise, "leave" and a name does it.`,
    ])
  return tell(
    [`Yes, you can: say "leave ${name}", or press the button.`, does, 'Nothing was changed.'],
    [{ title: `Leave ${name}`, verb: 'leave', data: { owner: found.id } }],
  )
}

async function toDelegate(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const one = await someone(turn, asked, line.sheet.settings.group.members)
  const open: Button = { title: 'Delegates', verb: 'show-delegates', data: { owner: line.owner } }
  if (!one.isNamed)
    return (
      one.answer ??
      explained(turn, line, {
        says: 'add delegate <person>',
        does: 'A delegate may take calls for you; the card has what else they may do.',
        button: open,
      })
    )
  const { id, name } = one
  return explained(turn, line, {
    says: `add delegate ${name}`,
    does: `${name} may then take calls for ${line.you}; the card has what else a delegate may do.`,
    button: {
      title: `Add delegate ${name}`,
      verb: 'add-delegate',
      data: { owner: line.owner, people: id, permissions: 'receiveCalls' },
    },
    rule: (owner: Subscriber, subscribers: Subscribers): Change =>
      addDelegate(owner, id, ['receiveCalls'], subscribers),
  })
}

async function noDelegate(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const one = await someone(
    turn,
    asked,
    line.sheet.settings.delegates.map(({ person }) => person),
  )
  const open: Button = { title: 'Delegates', verb: 'show-delegates', data: { owner: line.owner } }
  if (!one.isNamed)
    return (
      one.answer ??
      explained(turn, line, {
        says: 'remove delegate <person>',
        does: 'They may then do nothing for you any more.',
        button: open,
      })
    )
  const { id, name } = one
  return explained(turn, line, {
    says: `remove delegate ${name}`,
    does: `${name} may then do nothing for ${line.you} any more.`,
    button: {
      title: `Remove delegate ${name}`,
      verb: 'remove-delegate',
      data: { owner: line.owner, person: id },
    },
    rule: (owner, subscribers) => removeDelegate(owner, id, subscribers),
  })
}
