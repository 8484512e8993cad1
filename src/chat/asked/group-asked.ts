/** Questions about a call group: who is in it, in which place, how many, in which order. */
import { mostInOrder, mostMembers, ringWay } from '../../core/call-group.ts'
import { mostDelegates } from '../../core/delegate.ts'
import { mostGroupsPerMember } from '../../core/notification.ts'
import { type PersonId } from '../../core/person.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { listOf } from '../draw/sentences.ts'
import { callGroupCard } from '../settings/call-group-card.ts'
import { type Turn } from '../turn.ts'
import { ordinals } from './hole-kinds.ts'
import { aboutLine, type Line, personIn, spokenOf } from './line.ts'
import { type Asked, type Question, tell } from './question.ts'

export const groupQuestions: readonly Question[] = [
  {
    asks: 'how many there may be',
    phrases: [
      '(how many|what is the (most|maximum|limit|max)) [number of] (members|people|persons|colleagues|groups|delegates) (can|may|could) (i|we|there|a group|my group|my call group|you|one person|somebody) (have|add|be|be in|join|hold|take)',
      '(how many|what is the (most|maximum|limit|max)) [number of] (members|people|persons|colleagues|groups|delegates) (can|may) (be|fit|ring|go) [in] [{group}|a group|a call group|order]',
      'how (big|large) (can|may) {group} (be|get)',
      '(what is|is there) (the|a) (maximum|limit|most|max) [number|count|amount] (of|on|for) [my|the|group] (members|people|groups|delegates|group members)',
      'how many (can|may) ring in order',
      '(can|may|could) (i|we|a group) (have|add) [more than|over|up to] <seconds> [more] (members|people|delegates)',
      '(is there a|what is the) (limit|maximum) (of|on|for|to) [my|the|a] [call] (group|members|groups|delegates)',
      'how many (members|people|persons|groups|delegates) (is|are) (allowed|possible)',
    ],
    answer: (_, asked) => Promise.resolve(limits(asked)),
  },
  {
    asks: 'how many there are',
    phrases: [
      'how many (members|people|persons|colleagues|of us|are there|are) [are there|are|do i have|does <owner> have|have i|there] [in|on] [{group}]',
      'how (big|large) is {group}',
      'how many (members|people) does {group} have',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => count(turn, line)),
  },
  {
    asks: 'who is in a group',
    phrases: [
      'who is in {whose} [own] [call|pickup|ring] (group|team|list)',
      'who is in the [call] group of <owner>',
      'who are (the members of {group}|{whose} [group|call group] members|in {group})',
      'who do i have in {group}',
      '(which|what) (people|members) (are|do i have) in {group}',
      'who is <owner> sharing [calls|their calls|his calls|her calls] with',
      'who does <owner> share [calls|their calls|his calls|her calls] with',
      'who do i share (my calls|calls) with',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => members(turn, line)),
  },
  {
    asks: 'whether somebody knows that they are in a group',
    phrases: [
      '(does|do|did|will|would) <person> (know|hear|see|learn|notice|get told|find out) [about it|it] [that|if|when] [(he|she|they|i|it) (is|are|am|was|were|have|has|add|added) [him|her|them] [added|put] [in|to|on|of] [{group}|it]]',
      '(was|is|has|will|are|were) <person> [been|be] (told|informed|asked|notified) [about it|about {group}|that] [(he|she|they) (is|are|was|were) [added|put] (in|to|on) {group}]',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => knows(turn, asked, line)),
  },
  {
    asks: 'whether somebody is in a group',
    phrases: [
      '(is|are|am|was) <person> (in|on|inside|part of|a part of|a member of|one of the members of|one of|listed in|added to|included in|not in) {group}',
      '(am|are) i (in|on|part of|a part of|a member of|one of the members of|included in|not in) {group}',
      '(is|are) <person> (one of {whose} [group] (members|people)|a member|a member of it|a group member|in there)',
      '(if|whether) <person> is in {group}',
      '(do|have) i [have|got] [added|add|put|included] <person> (in|on|to|into) {group}',
      '(did|have) i (add|added|put|include|invite|invited) <person> [(to|in|into) {group}]',
      'does {group} (have|include|contain) <person>',
      '(does|do|will|would) <person> (get|receive|take|hear) {calls}',
      '(does|will|would) <person> (ring|get rung|be rung) [for me|when someone calls [me]|when somebody calls [me]|if someone calls [me]|with me|too|as well]',
      'isnt <person> in {group}',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => isIn(turn, asked, line)),
  },
  {
    asks: 'in which order they ring',
    phrases: [
      '(do|does|will) (they|{group}|the members|my members|everyone|everybody|all) (ring|get rung) (in order|at once|all at once|together|at the same time|simultaneously|one by one|one after the other|one at a time|in turn)',
      'in (what|which) order do (they|the members|my members) ring',
      '(how|when) (do|does) (they|{group}|the members|my members) ring',
      'what is (the|{whose}) [ring|ringing|call|group] order',
      '(is|are) {group} (in order|ringing in order|simultaneous|in sequence)',
      'who (is|comes|rings) [first] (before|after) <person>',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => order(turn, asked, line)),
  },
  {
    asks: 'who has a place',
    phrases: [
      'who is [the|my] [number|no|at number] <ordinal> [one] [in|on|of] [{group}|line|order|the list|it|the order]',
      'who (rings|comes|goes|gets rung|gets called|gets it|is rung|will ring|would ring) <ordinal> [in {group}|for <owner>]',
      'who is (at the|on) <ordinal> [of {group}]',
      '(which|what) (member|person) is <ordinal> [in {group}]',
      "(who|what) is <owner> 's <ordinal>",
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whoHasPlace(turn, asked, line)),
  },
  {
    asks: 'which place somebody has',
    phrases: [
      '(what|which) (place|position|number|spot|rank) (is|does|has) <person> [have|in|at|on] [in|on] [{group}|the order|the list]',
      '(what|which) (place|position|number|spot) am i [in|at|on] [in] [{group}|the order]',
      'where (is|does) <person> (in|on|stand in) ({group}|the order|the list)',
      '(is|are) <person> (first|last|second|third) [in {group}]',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => isIn(turn, asked, line)),
  },
]

function limits(asked: Asked): Answer {
  if (asked.has('delegates')) return tell([`One person can have up to ${mostDelegates} delegates.`])
  if (asked.has('groups')) return tell([`One person can be in up to ${mostGroupsPerMember} call groups.`])
  return tell([
    `A call group can have up to ${mostMembers} members.`,
    `One after the other works with up to ${mostInOrder}.`,
  ])
}

function count(turn: Turn, line: Line): Promise<Answer> {
  const { length } = line.sheet.settings.group.members
  const people = length === 1 ? '1 person' : `${length} people`
  return members(turn, line, `There ${length === 1 ? 'is' : 'are'} ${people} in ${line.your} call group.`)
}

async function members(turn: Turn, line: Line, lead = ''): Promise<Answer> {
  if (line.isOwn && lead === '') return callGroupCard(turn, line.owner)
  const people = line.sheet.settings.group.members
  const nameOf = await spokenOf(turn, people)
  const names = listOf(people.map(nameOf), 25)
  const who =
    people.length === 0 ? `Nobody is in ${line.your} call group.` : `In ${line.your} call group: ${names}.`
  return tell([lead, who, people.length > 1 ? orderWords(line) : ''], showGroup(line))
}

/** The group's card shows and changes it, so it is for those who may. */
export function showGroup({ mayEdit, owner, isOwn, your }: Line): readonly Button[] {
  const title = isOwn ? 'My call group' : `${your} call group`
  return mayEdit ? [{ title, verb: 'show-group', data: { owner } }] : []
}

async function isIn(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const { members: people } = line.sheet.settings.group
  const name = asked.hole('person')
  const found = await personIn(turn, asked, 'person', people)
  if (found.is === 'asked') return found.answer
  if (found.is === 'refused')
    return tell([`No: nobody called “${plainName(name)}” is in ${line.your} call group.`], showGroup(line))
  const person = found.id
  const nameOf = await spokenOf(turn, [person])
  const [who, are] = person === turn.person.id ? ['you', 'are'] : [nameOf(person), 'is']
  const place = people.indexOf(person)
  if (place >= 0)
    return tell(
      [
        `Yes, ${who} ${are} in ${line.your} call group, in place ${place + 1} of ${people.length}.`,
        people.length > 1 ? orderWords(line) : '',
        groupUse(line),
      ],
      showGroup(line),
    )
  if (person === line.owner)
    return tell(
      [`No: nobody is in their own call group. ${line.isOwn ? 'Your' : 'Their'} phone rings by itself.`],
      showGroup(line),
    )
  const add: Button = {
    title: `Add ${nameOf(person)}`,
    verb: 'add-members',
    data: { owner: line.owner, people: person },
  }
  return tell(
    [`No, ${who} ${are} not in ${line.your} call group.`],
    [...(line.mayEdit ? [add] : []), ...showGroup(line)],
  )
}

/** That a group exists does not mean that it rings. */
function groupUse({ sheet, your }: Line): string {
  const { forwarding, unanswered } = sheet.settings
  const leads = [forwarding, unanswered].some((rule) => rule.is === 'on' && rule.rule.to.is === 'group')
  return leads ? '' : `But ${your} calls do not go to the group now.`
}

export function orderWords({ sheet }: Line): string {
  switch (ringWay(sheet.settings.group)) {
    case 'inOrder':
      return 'They ring one after the other, 20 seconds each.'
    case 'byTeams':
      return 'Teams rings them all at once.'
    case 'simultaneous':
      return 'They all ring at once.'
  }
}

async function knows(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const people = line.sheet.settings.group.members
  const found = await personIn(turn, asked, 'person', people)
  if (found.is === 'asked') return found.answer
  const told = 'A new member of a call group gets a card that says so'
  if (found.is === 'refused' || !people.includes(found.id))
    return tell([
      `${told}, as soon as I can write to them.`,
      `“${plainName(asked.hole('person'))}” is not in ${line.your} call group.`,
    ])
  const nameOf = await spokenOf(turn, [found.id])
  const isMet = (await turn.directory.person(found.id)).reach !== undefined
  return isMet
    ? tell([
        `${told}, and I can write to ${nameOf(found.id)}, so they know.`,
        'They see it under “notifications”, too.',
      ])
    : tell([`Not from me yet: ${nameOf(found.id)} has not opened me. I tell them as soon as they do.`])
}

async function order(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const people = line.sheet.settings.group.members
  if (asked.hole('person') !== '') return neighbour(turn, asked, line)
  const nameOf = await spokenOf(turn, people)
  if (people.length === 0) return tell([`Nobody is in ${line.your} call group.`], showGroup(line))
  const isInOrder = ringWay(line.sheet.settings.group) === 'inOrder'
  const list = people.map((person, index) => `${index + 1}. ${nameOf(person)}`).join(', ')
  return tell([orderWords(line), isInOrder ? `${list}.` : `The list is: ${list}.`], showGroup(line))
}

async function neighbour(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const people = line.sheet.settings.group.members
  const found = await personIn(turn, asked, 'person', people)
  if (found.is === 'asked') return found.answer
  const place = found.is === 'found' ? people.indexOf(found.id) : -1
  const name = plainName(asked.hole('person'))
  if (found.is !== 'found' || place < 0)
    return tell([`Nobody called “${name}” is in ${line.your} call group.`], showGroup(line))
  const before = asked.has('before')
  const other = people[before ? place - 1 : place + 1]
  const nameOf = await spokenOf(turn, people)
  const side = before ? 'before' : 'after'
  const words =
    other === undefined
      ? `Nobody comes ${side} ${nameOf(found.id)}.`
      : `${nameOf(other)} comes ${side} ${nameOf(found.id)}.`
  return tell([words, orderWords(line)], showGroup(line))
}

async function whoHasPlace(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  const people = line.sheet.settings.group.members
  const given = ordinals.get(asked.plain('ordinal')) ?? 1
  const place = given === 'last' ? people.length : given
  const person: PersonId | undefined = people[place - 1]
  const count = people.length === 1 ? '1 member' : `${people.length} members`
  if (person === undefined)
    return tell(
      [`Nobody: ${line.your} call group has ${people.length === 0 ? 'no members' : `only ${count}`}.`],
      showGroup(line),
    )
  const nameOf = await spokenOf(turn, [person])
  const [who, are] = person === turn.person.id ? ['You', 'are'] : [nameOf(person), 'is']
  return tell(
    [
      `${who} ${are} in place ${place} of ${people.length} in ${line.your} call group.`,
      orderWords(line),
      groupUse(line),
    ],
    showGroup(line),
  )
}
