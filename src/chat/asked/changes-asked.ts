/** Questions about changes of settings: who changed what, and when. From the audit. */
import { type CallGroup } from '../../core/call-group.ts'
import { type PersonId } from '../../core/person.ts'
import { type AuditEntry, type AuditPart } from '../../store/store.ts'
import { peopleIn } from '../admin/audit.ts'
import { partWords } from '../admin/audit-words.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { capital, dayAndTime, listOf, type NameOf } from '../draw/sentences.ts'
import { type Turn } from '../turn.ts'
import { aboutLine, type Line, personIn, spokenOf } from './line.ts'
import { type Asked, type Question, tell } from './question.ts'

/** Changes of one person that are looked through. */
const mostRead = 50

const lately =
  '[today|yesterday|last|lately|recently|this week|most recently|last time|before|just now|for me]'

export const changesQuestions: readonly Question[] = [
  {
    asks: 'what one changed last',
    phrases: [
      `(what|which) [settings|setting|changes] (did|have|was|were|is|are) (i|my last|my latest|my) [have] [{change}|do|done|made|make|set|last] [last] [change|changes|thing] ${lately}`,
      `(what|which) (is|was) (my|the) (last|latest|most recent) (change|thing i did|thing i changed|setting i changed)`,
      `when did i [last] {change} [something|anything|my settings|{settings}] ${lately}`,
      'what have i [just] done',
      'did i [just] {change} (something|anything)',
    ],
    answer: myLast,
  },
  {
    asks: 'who changed settings',
    phrases: [
      `who [has|did|last|have] [last] {change} ({settings}|my forwarding|{group}|this|that|it|them|something) ${lately}`,
      `(has|have|did|was|is|were) ({one}|{settings}) [else] [been] {change} [{settings}|my forwarding|anything|something] ${lately}`,
      `when (was|were|did|has) ({settings}|my forwarding|{group}|{one}) [last] [been] {change} [{settings}] ${lately}`,
      `(what|what has|what was|what is) [has|was|is|been] [recently] (changed|new|different) (in|on|about|with) ({settings}|my forwarding|{group}) ${lately}`,
      '(who|when) [has|was] [{settings}] (turned|switched|set) (on|off|up) [{whose}] [call] (forwarding|group|sharing|voicemail)',
      '(who) [has|did] (forwarded|forward|diverted|redirected|muted|set) ({calls}|my phone|me|{settings})',
      '(show|what is|what are) (the|{whose}) (audit|history|changes|log) of (changes|<owner>|my settings)',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => lastChanges(turn, line)),
  },
  {
    asks: 'who put somebody into a group',
    phrases: [
      'who [has] (added|put|add|invited|placed) (me|<person>) [in|into|to|on] [{group}|there]',
      '(who|when|why|since when|how come) [has|was|were|is|am|are|did|have|do] (i|me|<person>) [been] [add|added|put|get|come|end up|belong|placed|in] [in|into|to|on] ({group}|the group|there)',
      '(who|when) [has] (removed|took|taken|deleted|kicked) (me|<person>) [out] [of|from] [{group}]',
      'when did (i|<person>) (join|leave) {group}',
      'how long (am|have|has|is) (i|<person>) [been] in {group}',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whoAdded(turn, asked, line)),
  },
]

async function myLast(turn: Turn): Promise<Answer> {
  const self = turn.person.id
  const { managers } = await turn.settings.settingsOf(self)
  const about = await Promise.all(
    [self, ...managers].map((one) => turn.store.audit({ about: one, limit: mostRead })),
  )
  const [row] = about
    .flat()
    .filter(({ by, parts }) => by === self && parts.length > 0)
    .sort((one, other) => other.number - one.number)
  if (!row) return tell(['You have changed nothing yet.'])
  return tell([await changeSentence(turn, row)], [settings(row.about, self)])
}

async function lastChanges(turn: Turn, line: Line): Promise<Answer> {
  if (!line.mayEdit)
    return tell(['Who changed somebody’s settings is for them, their delegates and admins to see.'])
  const rows = await turn.store.audit({ about: line.owner, limit: 3 })
  const none = `Nobody has changed ${line.your} settings yet.`
  if (rows.length === 0) return tell([none], [settings(line.owner, turn.person.id)])
  const each: string[] = []
  for (const row of rows) each.push(await changeSentence(turn, row, line))
  return tell([`Last changes of ${line.your} settings:`, ...each], [settings(line.owner, turn.person.id)])
}

function settings(owner: PersonId, self: PersonId): Button {
  return { title: owner === self ? 'My settings' : 'Their settings', verb: 'show-settings', data: { owner } }
}

async function whoAdded(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const { members } = line.sheet.settings.group
  const given = asked.hole('person')
  const found = await personIn(turn, asked, 'person', members)
  if (found.is === 'asked') return found.answer
  if (found.is === 'refused') return tell([`I do not know whom you mean by “${plainName(given)}”.`])
  const nameOf = await spokenOf(turn, [found.id])
  const [who, are] = found.id === turn.person.id ? ['you', 'are'] : [nameOf(found.id), 'is']
  const isOut = ['removed', 'took', 'taken', 'deleted', 'kicked', 'leave'].some((word) => asked.has(word))
  const row = await membershipChange(turn, line.owner, found.id, isOut)
  const isMember = members.includes(found.id)
  const now = isMember
    ? `${capital(who)} ${are} in ${line.your} call group now.`
    : `${capital(who)} ${are} not in ${line.your} call group.`
  const did = isOut ? 'took' : 'put'
  if (!row)
    return tell([
      now,
      `Who ${did} ${who === 'you' ? 'you' : 'them'} ${isOut ? 'out' : 'in'} is not in my list of changes.`,
    ])
  const by = (await spokenOf(turn, row.by === null ? [] : [row.by]))(row.by ?? '')
  const author = row.by === null ? 'An admin' : capital(by)
  const how = isOut ? `took ${who} out of` : `added ${who} to`
  const at = dayAndTime(row.at, turn.person.zone)
  const leave: Button = { title: `Leave ${line.you}`, verb: 'leave', data: { owner: line.owner } }
  return tell(
    [`${author} ${how} ${line.your} call group (${at}).`, now],
    isMember && found.id === turn.person.id ? [leave] : [],
  )
}

async function membershipChange(
  turn: Turn,
  owner: PersonId,
  person: PersonId,
  isOut: boolean,
): Promise<AuditEntry | undefined> {
  const rows = await turn.store.audit({ about: owner, limit: mostRead })
  const has = (value: unknown) => groupOf(value).includes(person)
  return rows.find(({ parts }) =>
    parts.some(
      ({ part, before, after }) =>
        part === 'group' && has(isOut ? before : after) && !has(isOut ? after : before),
    ),
  )
}

/** What the audit keeps as a group is a group; nothing where there was none. */
function groupOf(value: unknown): CallGroup['members'] {
  return value === null || value === undefined ? [] : (value as CallGroup).members
}

/** "Dee changed your settings (Mon 30 Nov, 14:02): removed Bo from the call group." */
async function changeSentence(turn: Turn, row: AuditEntry, line?: Line): Promise<string> {
  const nameOf = await spokenOf(turn, peopleIn(row))
  const who = row.by === null ? (row.door === 'bot' ? 'I' : 'An admin') : capital(nameOf(row.by))
  const self = turn.person.id
  const whose = line || row.about === self ? '' : ` for ${nameOf(row.about)}`
  const what = row.parts
    .map((part) => partDone(part, nameOf, row.about === self ? 'your' : 'their'))
    .join(' ')
  return `${who}${whose} (${dayAndTime(row.at, turn.person.zone)}): ${what}`
}

function partDone(part: AuditPart, nameOf: NameOf, whose: string): string {
  if (part.part !== 'group') return partWords(part, nameOf, whose)
  const [before, after] = [groupOf(part.before), groupOf(part.after)]
  const come = after.filter((person) => !before.includes(person)).map(nameOf)
  const gone = before.filter((person) => !after.includes(person)).map(nameOf)
  const words = [
    ...(come.length > 0 ? [`added ${listOf(come, 5)} to the call group`] : []),
    ...(gone.length > 0 ? [`removed ${listOf(gone, 5)} from the call group`] : []),
  ]
  return words.length === 0 ? `Order of the call group: ${partWords(part, nameOf)}` : `${words.join(', ')}.`
}
