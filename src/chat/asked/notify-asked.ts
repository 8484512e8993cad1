/** Questions about whose calls somebody gets, and how: muted, a banner, ringing. */
import { notificationFor } from '../../core/lane.ts'
import { type Notification } from '../../core/notification.ts'
import { type PersonId } from '../../core/person.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { capital, listOf } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { aboutLine, type Line, lineOf, personIn, spokenOf } from './line.ts'
import { type Asked, type Question, tell } from './question.ts'

export const notifyQuestions: readonly Question[] = [
  {
    asks: 'whose calls somebody gets',
    phrases: [
      '(whose|who is|which|what) (calls|phone|phones|line|lines) (do|can|will|am|should|may) i [get|pick up|take|receive|answer|answering|ring for|see|hear|getting|share] [for]',
      '(whose|who is|which|what) [call] (group|groups|team|teams) [am|do] (i|belong) [in|on|part of|a member of|am in|am|belong to]',
      '(who|whom) (do|can|may|am|should) i (work|pick up|answer|take calls|ring|get calls|cover|stand in|working|answering|responsible) [the phone|calls] (for|from)',
      '(for whom|for who) (do|can|am) i (work|pick up|ring|answer|working|take calls)',
      '(who|which people|whoever) (share|shares|shared|has shared) [their] calls with me',
      '(who|whose) (has|have|added|put) me (in|to|on) (their|his|her|a|the) [call] group',
      'am i in (a|any|some|someones|anyones|another|other) [call] (group|groups)',
      'how many [call] groups am i in',
      '(whose|who is) delegate am i',
      '(who|whom) am i (a|the) delegate (of|for)',
      "am i (a|anyones|somebodys|someones|(anyone|anybody|someone|somebody) 's) delegate",
    ],
    answer: whoseCalls,
  },
  {
    asks: 'how somebody hears of calls',
    phrases: [
      'how (am|are|do|does|will|would|is) (i|<person>) [get] (notified|told|alerted|informed|rung|ring|hear) [of|about|for|when] {calls}',
      'how (am|are|do|does|will|is) (i|<person>) [get] (notified|told|alerted|informed|rung) (for|by|in|of|from|about) {group}',
      '(what|how) (is|are) my (notification|notifications|notification setting|ring setting) [setting|settings] [set] for ({group}|<owner>)',
      '(does|do|will) ({group}|{calls}) (ring|alert|notify) me',
      '(do|will) i (hear|see|get rung for|ring for|get) {calls}',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => howTold(turn, asked, line)),
  },
  {
    asks: 'who is muted',
    phrases: [
      '(am|have|did|do|are) i [have|got] (muted|mute|silenced|silent|unmuted|on mute|on silent|set to mute) [for] [({calls}|{group}|<owner>|all|everything|all groups|anyone|anybody|someone)]',
      '(is|are) ({calls}|{group}|<owner>) muted [for me]',
      'what (did|have) i [have] (mute|muted)',
      '(which|what) groups (are|did i|have i) (muted|mute)',
    ],
    answer: (turn, asked) => amMuted(turn, asked),
  },
  {
    asks: 'whether a member muted my calls',
    phrases: [
      '(is|are|was) <person> (muted|silenced|on mute|silent|on silent|on banner|set to banner|set to mute)',
      '(did|has|have|does|do) <person> (mute|muted|silence|silenced) (me|us|my group|my calls|{group}|{calls}|it)',
      '(who|which members|has anyone|has anybody|did anyone|did anybody|has someone|did someone) [of them] [has|have|is|are] (mute|muted|silenced) [me|my group|my calls|us|{group}]',
      '(is|are) {one} muted',
    ],
    answer: (turn, asked) => aboutLine(turn, asked, (line) => whoMuted(turn, asked, line)),
  },
  {
    asks: 'whether one hears who picked up',
    phrases: [
      '(notify|tell|inform|alert|message|ping) me (when|if|whenever|once|who|as soon as) [{one}|<person>] {picks up} [{calls}|for me]',
      '(will|do|can|am|would|could) i (get|be|see|hear|know|find out) [told|notified|informed|a message|a notification|alerted] [of|about] (when|if|who|whether|that) [{one}|<person>] [has|have] {picks up} [{calls}|for me]',
      'how (do|will|can|would) i (know|see|find out|hear|learn) (who|if|when|that|whether) [{one}|<person>] [has|have] {picks up} [{calls}|for me]',
    ],
    answer: () =>
      Promise.resolve(
        tell(
          [
            'You always see it: while a call rings you, its card says who picked up as soon as somebody does.',
            'Afterwards "calls" tells who picked up each call, also those that did not ring you.',
          ],
          [{ title: 'Calls', verb: 'show-calls', data: {} }],
        ),
      ),
  },
]

const notifications: Button = { title: 'Notifications', verb: 'show-notifications', data: {} }

async function whoseCalls(turn: Turn, asked: Asked): Promise<Answer> {
  const { memberships, managers } = await turn.settings.settingsOf(turn.person.id)
  const owners = memberships.map(({ owner }) => owner)
  const nameOf = await namesOf(turn, [...owners, ...managers])
  const own = 'Your own calls are yours as your settings say.'
  if (owners.length + managers.length === 0)
    return tell(['Nobody’s: you are in no call group, and nobody’s delegate.', own])
  const parts = [
    ...(owners.length > 0
      ? [`in the call ${owners.length > 1 ? 'groups' : 'group'} of ${listOf(owners.map(nameOf), 25)}`]
      : []),
    ...(managers.length > 0 ? [`a delegate of ${listOf(managers.map(nameOf), 25)}`] : []),
  ]
  const isNoDelegate = asked.has('delegate') && managers.length === 0
  const muted = await mutedOwners(turn)
  const silent = muted.length > 0 ? `You have muted ${listOf(muted.map(nameOf), 25)}.` : ''
  return tell(
    [isNoDelegate ? 'You are nobody’s delegate.' : '', `You are ${parts.join(', and ')}.`, silent],
    [notifications],
  )
}

async function mutedOwners(turn: Turn): Promise<readonly PersonId[]> {
  const self = turn.person.id
  return turn.settings.ask((subscribers) => {
    const sheet = subscribers(self)
    return sheet.settings.memberships
      .map(({ owner }) => owner)
      .filter((owner) => notificationFor(sheet, owner) === 'mute')
  })
}

/** What a choice does, as the rest of a sentence about calls. */
export const howWords: Readonly<Record<Notification, string>> = {
  ring: 'ring',
  banner: 'only show a banner to',
  mute: 'are muted for',
}

async function howTold(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  if (asked.hole('person') !== '') return whoMuted(turn, asked, line)
  if (line.isOwn) return whoseCalls(turn, asked)
  const self = turn.person.id
  const isMember = line.sheet.settings.group.members.includes(self)
  if (!isMember) return tell([`You are not in ${line.your} call group, so its calls do not ring you.`])
  const how = await choiceOf(turn, self, line.owner)
  return tell([`Calls for ${line.you} ${howWords[how]} you.`], [...unmute(line, how), notifications])
}

function choiceOf(turn: Turn, person: PersonId, owner: PersonId): Promise<Notification> {
  return turn.settings.ask((subscribers) => notificationFor(subscribers(person), owner))
}

function unmute({ owner, you }: Line, how: Notification): readonly Button[] {
  return how === 'mute' ? [{ title: `Unmute ${you}`, verb: 'notify', data: { owner, how: 'ring' } }] : []
}

async function amMuted(turn: Turn, asked: Asked): Promise<Answer | null> {
  const { memberships } = await turn.settings.settingsOf(turn.person.id)
  const name = asked.hole('owner')
  if (name !== '') {
    const found = await personIn(
      turn,
      asked,
      'owner',
      memberships.map(({ owner }) => owner),
    )
    if (found.is === 'asked') return found.answer
    if (found.is === 'refused') return tell([`I do not know whom you mean by “${plainName(name)}”.`])
    const line = await lineOf(turn, found.id)
    // Of a member of one's own group it is asked whether they muted, of an owner whether they are muted.
    if (!memberships.some(({ owner }) => owner === found.id)) {
      const own = await lineOf(turn, turn.person.id)
      return own.sheet.settings.group.members.includes(found.id)
        ? aboutMember(turn, found.id, own)
        : tell([`No: you are not in ${line.your} call group.`], [notifications])
    }
    const how = await choiceOf(turn, turn.person.id, found.id)
    const yes = how === 'mute' ? 'Yes' : 'No'
    return tell(
      [`${yes}, calls for ${line.you} ${howWords[how]} you.`],
      [...unmute(line, how), notifications],
    )
  }
  const muted = await mutedOwners(turn)
  const nameOf = await namesOf(turn, muted)
  if (muted.length > 0) {
    const buttons = muted.slice(0, 2).map((owner): Button => ({
      title: `Unmute ${nameOf(owner)}`,
      verb: 'notify',
      data: { owner, how: 'ring' },
    }))
    return tell(
      [`Yes: you have muted the calls for ${listOf(muted.map(nameOf), 25)}.`],
      [...buttons, notifications],
    )
  }
  const count = memberships.length === 0 ? 'You are in no call group.' : ''
  return tell(['No, nothing is muted.', count], memberships.length === 0 ? [] : [notifications])
}

async function whoMuted(turn: Turn, asked: Asked, line: Line): Promise<Answer> {
  if (!line.mayEdit) return tell([`How others hear of calls is for ${line.you} to see.`])
  const people = line.sheet.settings.group.members
  if (asked.hole('person') !== '') {
    const found = await personIn(turn, asked, 'person', [...people, turn.person.id])
    if (found.is === 'asked') return found.answer
    const id = found.is === 'found' ? found.id : null
    if (id !== null && people.includes(id)) return aboutMember(turn, id, line)
    return tell([`No: “${plainName(asked.hole('person'))}” is not in ${line.your} call group.`])
  }
  const muted = await turn.settings.ask((subscribers) =>
    people.filter((person) => notificationFor(subscribers(person), line.owner) === 'mute'),
  )
  const nameOf = await spokenOf(turn, muted)
  return tell([
    muted.length === 0
      ? `No, nobody in ${line.your} call group has muted ${line.isOwn ? 'you' : line.you}.`
      : `Yes: ${listOf(muted.map(nameOf), 25)} ${muted.length > 1 ? 'have' : 'has'} muted ${line.your} calls.`,
  ])
}

async function aboutMember(turn: Turn, person: PersonId, line: Line): Promise<Answer> {
  const how = await choiceOf(turn, person, line.owner)
  const name = (await spokenOf(turn, [person]))(person)
  const yes = how === 'mute' ? 'Yes' : 'No'
  const only = how === 'mute' ? ` ${capital(name)} can still take a call with "pickup".` : ''
  return tell([`${yes}, ${line.your} calls ${howWords[how]} ${name}.${only}`])
}
