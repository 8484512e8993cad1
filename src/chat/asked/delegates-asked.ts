/** Questions about delegates and rights: who may do what for whom, and what the admin allows. */
import { type DelegatePermission, delegatePermissions } from '../../core/delegate.ts'
import { type PersonId } from '../../core/person.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { capital, listOf, mayWords, permissionWords } from '../draw/sentences.ts'
import { policyWords } from '../settings/settings.ts'
import { type Turn } from '../turn.ts'
import { aboutLine, type Line, personIn, spokenOf } from './line.ts'
import { type Asked, type Question, tell } from './question.ts'

const may = '(can|may|could|is|does)'
const deeds: ReadonlyArray<readonly [DelegatePermission, string]> = [
  [
    'receiveCalls',
    '(take|takes|answer|answers|pick up|picks up|receive|receives|get|gets) ({calls}|for me|my phone|the phone)',
  ],
  [
    'makeCalls',
    '(make|makes|place|start|dial) [a|my] (calls|call|phone calls) [for (me|<owner>)|on my behalf|in my name]',
  ],
  ['pickUpHeldCalls', '(pick up|take|resume) [a|my|the] (held|parked) (calls|call)'],
  ['joinActiveCalls', 'join [a|my|the|an] [active] (calls|call)'],
  [
    'manageSettings',
    '(see|{change}|manage|add|adds|remove|forward|mute|move|set|look at|read|view) ({settings}|(my|our|the) [own] (settings|group|forwarding)|[<other>] [(to|from|in) {group}|for (me|<owner>)])',
  ],
]

export const delegateQuestions: readonly Question[] = [
  ...deeds.map(([permission, deed]): Question => ({
    asks: `whether somebody may ${permissionWords[permission]}`,
    phrases: [
      `${may} <person> [allowed to|able to] ${deed}`,
      `${may} (i|me) [allowed to|able to] ${deed.replaceAll('my|our|the', 'the')} for <owner>`,
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whetherMay(turn, asked, line, permission)),
  })),
  {
    asks: 'what somebody may do',
    phrases: [
      'what (can|may|could|is|does|will) <person> [allowed to|able to] do [for (me|<owner>|us)] [(with|to|about) {settings}] [as {whose} delegate]',
      'what (can|may) (my|the|a) (delegate|delegates) do [for me]',
      'what (rights|permissions) (does|has|do|have) (<person>|my delegates) (have|got) [(for|on|over) (me|<owner>|{settings})]',
      'what is <person> allowed [to do]',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whatMay(turn, asked, line)),
  },
  {
    asks: 'what one may do for somebody',
    phrases: [
      'what (can|may|am) i [allowed to] do for <owner>',
      'what (rights|permissions) (do|have) i have (for|on|over) <owner>',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whatMayI(turn, line)),
  },
  {
    asks: 'who may act for somebody',
    phrases: [
      `who (can|may|could|is) [allowed to|able to] (act|speak|decide|${deeds.at(-1)?.[1] ?? ''}) [for (me|<owner>)|on my behalf]`,
      'who (can|may) make calls (for|on behalf of) (me|<owner>)',
      'who (manages|controls|is in charge of|is responsible for|has access to|sees) {settings}',
      'who (is|are) {whose} (delegate|delegates)',
      'who are the delegates of <owner>',
      '(do|does) (i|<owner>) have (a|any) (delegate|delegates)',
      'how many delegates (do i have|does <owner> have|are there)',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whoMay(turn, line)),
  },
  {
    asks: 'whether somebody is a delegate',
    phrases: [
      '(is|are|was) <person> (a|{whose}) delegate [of (mine|<owner>)|for me]',
      'am i (a|the|{whose}) delegate [(of|for) <owner>]',
      "am i <owner> ['s] delegate",
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => isDelegate(turn, asked, line)),
  },
  {
    asks: 'which policy counts',
    phrases: [
      '(what|which) is {whose} [calling] policy',
      '(what|which) [calling] policy (do|does|has|have|is|am) (i|<owner>) [have|got|under|on|using]',
      '(what|which) (did|has|does) (my|the|our) admin [have] (turn|turned|switch|switched|forbid|forbidden|allow|allowed|block|blocked) [off]',
      'am i allowed to (share calls|have a [call] group|forward|use this|have delegates)',
      'what am i (not allowed|allowed) [to do]',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => policy(turn, line)),
  },
]

function delegatesCard({ mayEdit, owner, isOwn }: Line): readonly Button[] {
  return mayEdit
    ? [{ title: isOwn ? 'Delegates' : 'Their delegates', verb: 'show-delegates', data: { owner } }]
    : []
}

/** "your delegate", "a delegate of Ann". */
function delegateOf({ isOwn, you }: Line): string {
  return isOwn ? 'your delegate' : `a delegate of ${you}`
}

/** Who may see what others may do: whoever may change it, and each delegate of themselves. */
function mayLook(turn: Turn, line: Line, person: PersonId): boolean {
  return line.mayEdit || person === turn.person.id
}

const notYours = 'Who may act for somebody is for them and those who manage their settings to see.'

type Named =
  { readonly is: 'one'; readonly id: PersonId } | { readonly is: 'answer'; readonly answer: Answer }

async function delegateIn(turn: Turn, asked: Asked, line: Line): Promise<Named> {
  const { delegates, group } = line.sheet.settings
  const found = await personIn(turn, asked, 'person', [
    ...delegates.map(({ person }) => person),
    ...group.members,
  ])
  if (found.is === 'asked') return { is: 'answer', answer: found.answer }
  if (found.is === 'refused')
    return {
      is: 'answer',
      answer: tell([`I do not know whom you mean by “${plainName(asked.hole('person'))}”.`]),
    }
  return mayLook(turn, line, found.id)
    ? { is: 'one', id: found.id }
    : { is: 'answer', answer: tell([notYours]) }
}

function permissionsOf({ sheet }: Line, person: PersonId): readonly DelegatePermission[] | null {
  return sheet.settings.delegates.find((one) => one.person === person)?.may ?? null
}

async function whetherMay(
  turn: Turn,
  asked: Asked,
  line: Line,
  permission: DelegatePermission,
): Promise<Answer> {
  const named = await delegateIn(turn, asked, line)
  if (named.is === 'answer') return named.answer
  const name = (await spokenOf(turn, [named.id]))(named.id)
  if (named.id === line.owner) return tell([`Yes: these are ${line.isOwn ? 'your own' : 'their own'}.`])
  const may = permissionsOf(line, named.id)
  const words = permissionWords[permission]
  if (may?.includes(permission))
    return tell([`Yes: as ${delegateOf(line)}, ${name} may ${words}.`], delegatesCard(line))
  const isMember = permission === 'receiveCalls' && line.sheet.settings.group.members.includes(named.id)
  if (isMember)
    return tell([`Yes: ${name} is in ${line.your} call group, so may pick up its calls while they ring.`])
  const are = name === 'you' ? 'are' : 'is'
  const why =
    may === null
      ? `${name} ${are} not ${delegateOf(line)}`
      : `as ${delegateOf(line)}, ${name} ${mayWords(may)}`
  return tell([`No: ${why}.`], delegatesCard(line))
}

async function whatMay(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  if (asked.hole('person') === '') return whoMay(turn, line)
  const named = await delegateIn(turn, asked, line)
  if (named.is === 'answer') return named.answer
  return tell([capital(await doesFor(turn, line, named.id))], delegatesCard(line))
}

async function doesFor(turn: Turn, line: Line, person: PersonId): Promise<string> {
  const name = (await spokenOf(turn, [person]))(person)
  const are = name === 'you' ? 'are' : 'is'
  const may = permissionsOf(line, person)
  const isMember = line.sheet.settings.group.members.includes(person)
  const inGroup = isMember ? `${name} ${are} in ${line.your} call group and may pick up its calls.` : ''
  if (may === null) return [`${name} ${are} not ${delegateOf(line)}.`, inGroup].join(' ').trim()
  const all =
    may.length === delegatePermissions.length
      ? ` (${listOf(
          may.map((one) => permissionWords[one]),
          5,
        )})`
      : ''
  return [`${name} ${are} ${delegateOf(line)} and ${mayWords(may)}${all}.`, inGroup].join(' ').trim()
}

async function whatMayI(turn: Turn, line: Line): Promise<Answer> {
  return tell([capital(await doesFor(turn, line, turn.person.id))], delegatesCard(line))
}

async function whoMay(turn: Turn, line: Line): Promise<Answer> {
  if (!line.mayEdit) return tell([notYours])
  const { delegates } = line.sheet.settings
  const nameOf = await spokenOf(
    turn,
    delegates.map(({ person }) => person),
  )
  const each = delegates.map(({ person, may }) => `${nameOf(person)} ${mayWords(may)}`)
  const words =
    each.length === 0
      ? `${line.isOwn ? 'You have' : `${line.you} has`} no delegates, so nobody else may change ${line.isOwn ? 'your' : 'their'} settings, except an admin.`
      : `${each.join('. ')}.`
  return tell([words], delegatesCard(line))
}

async function isDelegate(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const named = await delegateIn(turn, asked, line)
  if (named.is === 'answer') return named.answer
  const yes = permissionsOf(line, named.id) === null ? 'No' : 'Yes'
  return tell([`${yes}: ${await doesFor(turn, line, named.id)}`], delegatesCard(line))
}

async function policy(turn: Turn, line: Line): Promise<Answer> {
  if (!line.mayEdit) return tell(['Policies of others are for their delegates and admins to see.'])
  const { policy: name } = await turn.rights.of(line.owner)
  const off = policyWords(line.sheet.policy)
  const whose = line.isOwn ? 'Your' : line.your
  return tell([
    `${whose} calling policy is “${plainName(name)}”.`,
    off === '' ? 'It turns nothing off that matters here.' : off,
  ])
}
