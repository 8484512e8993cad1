/** Questions that begin with why: why a phone did not ring, why nobody picked up. Each true reason comes with what mends it. */
import { type Call, secondsRung } from '../../core/call.ts'
import { type PersonId } from '../../core/person.ts'
import { isEligible } from '../../core/policy.ts'
import { notificationFor } from '../../core/lane.ts'
import { rulesUsing } from '../../core/calling-settings.ts'
import { type PlanRule } from '../../core/ring-plan.ts'
import { callerWords, peopleIn } from '../calls/pickup-card.ts'
import { ownersShared } from '../calls/who-rings.ts'
import { type Answer } from '../draw/answer.ts'
import { type Button } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { capital, dayAndTime, listOf, type NameOf, span } from '../draw/sentences.ts'
import { type Turn } from '../turn.ts'
import { isMissed, logOf, newestRecord, rowSentence } from './call-log.ts'
import { type Line, lineOf, personIn, planNow, spokenOf } from './line.ts'
import { planWords } from './plan-asked.ts'
import { type Asked, type Question, tell } from './question.ts'
import { type Reason, reasonFor } from './reason.ts'

const when = '[(for|on|at|with|from|when|during|while|today|yesterday|earlier|before|this|last) [<anything>]]'
const myPhone = '(my phone|my telephone|it|i|my bot|my card|mine|the phone|my teams|nothing|my side)'
const rang =
  '(ring|rung|ringing|rang|get|got|see|receive|hear|called|get rung|get a card|get called|get it|alerted|told|notified|been rung|informed)'
const what = "[(a|the|any|that|this|my|me|for me|<owner> 's) [last] [call|calls|card|it|phone]]"

export const whyQuestions: readonly Question[] = [
  {
    asks: 'why a phone did not ring',
    phrases: [
      `(why|how come|what is the reason) (did|was|does|do|has|have|is|am|were) ${myPhone} not ${rang} ${what} ${when}`,
      `(why|how come) (did|was|does|do|has|have|is|am|were) not ${myPhone} ${rang} ${what} ${when}`,
      `(why|how come) ${myPhone} (did|was|does|do|has|have|is|am) not ${rang} ${what} ${when}`,
      `(why|how come) [did|does] (${myPhone}|nothing) [not] (ring|rang|rung|rings|silent|quiet) ${what} ${when}`,
      `(why|how come) [is|was|did|has] (my phone|it|my line) [been|stay|stayed|remain|remained|keep|kept|went|go] (silent|quiet|not ringing|so quiet|so silent|mute|muted) ${when}`,
      `(why|how come) (did|have|do) i (miss|missed) (it|{a call}|calls|that|<owner> 's call) ${when}`,
      `(my phone|it|i) (did|was|does|do) not ${rang} ${what} why`,
      `(why|how come) (am|was) i not (told|rung|ringing|called|alerted) ${when}`,
      'did my phone ring [for {a call}]',
    ],
    answer: (turn) => whyNotRung(turn, turn.person.id),
  },
  {
    asks: 'why somebody’s phone did not ring',
    phrases: [
      `(why|how come) (did|was|does|do|has|is) <person> ['s phone] not ${rang} ${what} ${when}`,
      `(why|how come) (did|was|does|do|has|is) not <person> ['s phone] ${rang} ${what} ${when}`,
      `(why|how come) <person> ['s phone] (did|was|does|do|has|is) not ${rang} ${what} ${when}`,
    ],
    answer: async (turn, asked) => {
      const { group } = await turn.settings.settingsOf(turn.person.id)
      const found = await personIn(turn, asked, 'person', group.members)
      if (found.is === 'asked') return found.answer
      return found.is === 'refused'
        ? tell([`I do not know whom you mean by “${plainName(asked.hole('person'))}”.`])
        : whyNotRung(turn, found.id)
    },
  },
  {
    asks: 'why nobody picked up',
    phrases: [
      `(why|how come) (did|was|has|does|do) (not|{one}) [not] [{one}|been] [answered|taken|{picks up}] ${when}`,
      `(why|how come) (did|was|is|has|were) (it|{a call}|my call|calls|the calls|{calls}) [been] [go|gone|get] (unanswered|missed|lost|not answered|not picked up|to {voicemail}|dropped) ${when}`,
      `(why|how come) (did|was|is|has|were) (it|{a call}|{calls}) not [been] (answered|picked up|taken) ${when}`,
      `(why|how come) {one} (did not|has not|does not) (answer|pick up|take it|take {a call}) ${when}`,
      `(why|what) (did|has) (the caller|they|<caller>) [hang up|hung up|give up|given up]`,
    ],
    answer: whyMissed,
  },
  {
    asks: 'why a phone rings',
    phrases: [
      `(why|how come) (does|did|do|is|am) (my phone|it|i) (ring|ringing|rung|get|getting|got|being rung) [for] [{calls}|{a call}|it|this|calls|so often|all the time] ${when}`,
    ],
    answer: whyRings,
  },
]

const calls: Button = { title: 'Last calls', verb: 'show-calls', data: {} }

/** The last call that should have rung somebody and why it did not, and what would keep their phone silent now. */
async function whyNotRung(turn: Turn, person: PersonId): Promise<Answer> {
  const self = turn.person.id
  const owners = person === self ? [self, ...(await ownersShared(turn))] : [self]
  const call = await newestRecord(turn, owners, ({ owner }) => person === self || owner === self)
  const nameOf = await spokenOf(turn, [
    person,
    ...owners,
    ...(call ? peopleIn({ call, source: '', leg: { id: '' } }) : []),
  ])
  const reason = call ? await reasonFor(turn, call, person) : null
  const past = call && reason ? pastWords(turn, call, reason, person, nameOf) : ''
  const now = await silentNow(turn, person, person === self ? owners : [self], nameOf)
  const isKnown = past !== '' || now.words.length > 0
  const nothing = isKnown ? '' : await nothingKnown(turn, person, owners, nameOf)
  const buttons = [...mends(turn, call, reason, person, nameOf), ...now.buttons, calls]
  const once = buttons.filter(
    ({ title }, index) => buttons.findIndex((other) => other.title === title) === index,
  )
  return tell([past, ...now.words, nothing], once)
}

async function nothingKnown(
  turn: Turn,
  person: PersonId,
  owners: readonly PersonId[],
  nameOf: NameOf,
): Promise<string> {
  const none = 'No call of the last 24 hours is known to me that was to ring'
  const who = person === turn.person.id ? `${none} you` : `${none} ${nameOf(person)}`
  const plan =
    owners.length === 1
      ? ` ${await planWords(turn, await lineOf(turn, turn.person.id), await planNow(turn, await lineOf(turn, turn.person.id)))}`
      : ''
  return `${who}, and nothing is set that would keep it silent. Of older calls I only keep what became of them.${plan}`
}

function pastWords(turn: Turn, call: Call, reason: Reason, person: PersonId, nameOf: NameOf): string {
  const name = nameOf(person)
  const isSelf = person === turn.person.id
  const Name = isSelf ? 'You' : capital(name)
  const [was, have, your] = isSelf ? ['were', 'had', 'your'] : ['was', 'had', 'their']
  const lead = `The last call was from ${callerWords(call.caller)} to ${nameOf(call.owner)}, ${dayAndTime(call.arrivedAt, turn.person.zone)}.`
  const rung = span(secondsRung(call, turn.now()))
  const winner = call.state.is === 'ringing' || call.state.by === undefined ? '' : nameOf(call.state.by)
  const taken = winner === '' ? `it was over after ${rung}` : `${winner} picked up after ${rung}`
  switch (reason.is) {
    case 'pickedUp':
      return `${lead} It rang, and ${name} picked up.`
    case 'declined':
      return `${lead} It rang, and ${name} declined.`
    case 'removed':
      return `${lead} ${Name} ${was} taken out of the call group while it rang.`
    case 'inACall':
      return `${lead} It did not ring because ${name} ${was} in a call: there was only a silent card.`
    case 'muted':
      return `${lead} It did not ring because ${name} ${have} muted the calls for ${nameOf(call.owner)}.`
    case 'away':
      return `${lead} It did not ring because ${name} ${was} offline or set to Do not disturb.`
    case 'notTheirTurn':
      return `${lead} It was not ${your} turn yet: ${taken}.`
    case 'notReached':
      return `${lead} It was to ring ${name}, but I could not reach ${isSelf ? 'you' : 'them'}: the card did not arrive.`
    case 'banner':
      return `${lead} It did not ring because ${name} chose only a banner for these calls.`
    case 'rang':
      return `${lead} It did ring ${name}: a card was there, and ${taken}.`
    case 'notInPlan':
      return `${lead} ${Name} ${was} not to be rung by it.`
    case 'ownerLeftOut':
      return `${lead} ${leftOutWords(reason.rule, isSelf)}`
  }
}

function leftOutWords(rule: PlanRule, isSelf: boolean): string {
  const [you, your] = isSelf ? ['you were', 'your'] : ['they were', 'their']
  switch (rule) {
    case 'R1':
      return `It did not ring because the admin’s policy turns ${your} calls away.`
    case 'R2':
    case 'R3':
      return 'It did not ring because the admin’s policy sends such callers elsewhere.'
    case 'R9':
      return `It did not ring because ${you} in a call, and the caller heard a busy tone.`
    case 'R10':
      return `It did not ring because ${you} in a call, and calls then count as unanswered.`
    case 'R11':
    case 'R12':
      return `It did not ring because ${you} offline or set to Do not disturb.`
    case 'R4':
    case 'R5':
    case 'R6':
    case 'R7':
    case 'R8':
      return `It did not ring because all ${your} calls are forwarded.`
    case 'R13':
    case 'R14':
      return `It was to ring ${your} phone.`
  }
}

/** What would have to change, as a button, where whoever asks may do it. */
function mends(
  turn: Turn,
  call: Call | null,
  reason: Reason | null,
  person: PersonId,
  nameOf: NameOf,
): readonly Button[] {
  if (!call || !reason || person !== turn.person.id) return []
  const { owner } = call
  if (reason.is === 'muted' || reason.is === 'banner') return [ringAgain(owner, nameOf)]
  if (reason.is === 'ownerLeftOut' && ['R4', 'R5', 'R6', 'R7', 'R8'].includes(reason.rule))
    return [{ title: 'Forwarding', verb: 'show-forwarding', data: { owner } }]
  return []
}

function ringAgain(owner: PersonId, nameOf: NameOf): Button {
  return { title: `Ring for ${nameOf(owner)}`, verb: 'notify', data: { owner, how: 'ring' } }
}

type Now = { readonly words: readonly string[]; readonly buttons: readonly Button[] }

/** What keeps somebody's phone silent as things are. */
async function silentNow(
  turn: Turn,
  person: PersonId,
  owners: readonly PersonId[],
  nameOf: NameOf,
): Promise<Now> {
  const isSelf = person === turn.person.id
  const { muted, override, ineligible, unused } = await turn.settings.ask((subscribers) => {
    const sheet = subscribers(person)
    const shared = owners.map(subscribers).filter(({ settings }) => settings.group.members.includes(person))
    return {
      muted: shared.filter(({ id }) => notificationFor(sheet, id) === 'mute').map(({ id }) => id),
      override: sheet.settings.override === 'mute',
      ineligible: shared.length > 0 && !isEligible(sheet.eligibility),
      unused: shared.filter(({ settings }) => rulesUsing(settings, 'group').length === 0).map(({ id }) => id),
    }
  })
  const [have, Name] = isSelf ? ['have', 'You'] : ['has', nameOf(person)]
  const mutedWords = override && isSelf ? 'all groups' : `the calls for ${listOf(muted.map(nameOf), 5)}`
  const lines: Line[] = []
  if (isSelf && unused.length > 0) lines.push(await lineOf(turn, unused[0] ?? ''))
  const words = [
    muted.length > 0
      ? `${Name} ${have} muted ${mutedWords} now, so ${isSelf ? 'your' : 'their'} phone stays silent.`
      : '',
    ineligible
      ? `${isSelf ? 'You do' : `${Name} does`} not meet the requirements for call groups (Teams Only and a Phone System licence), so group calls do not ring. Ask your admin.`
      : '',
    unused.length > 0
      ? `The calls of ${listOf(unused.map(nameOf), 5)} do not go to their call group now, so they ring nobody in it.`.replace(
          'The calls of you do not go to their',
          'Your calls do not go to your',
        )
      : '',
  ].filter((one) => one !== '')
  const all: Button = { title: 'Unmute all', verb: 'say', data: { text: 'unmute all' } }
  const buttons = !isSelf
    ? []
    : override && muted.length > 0
      ? [all]
      : muted.slice(0, 2).map((owner) => ringAgain(owner, nameOf))
  return { words, buttons }
}

async function whyMissed(turn: Turn, asked: Asked): Promise<Answer> {
  const log = await logOf(turn, asked)
  const row = log.rows.find(isMissed)
  const [last] = log.rows
  if (!row)
    return tell(
      ['No missed call is in your log.', last ? `The last call: ${rowSentence(last, turn, log.nameOf)}` : ''],
      [calls],
    )
  const record = await turn.switchboard.inReach.look(row.call, turn.person.id)
  const nameOf = await spokenOf(turn, record ? peopleIn(record) : [row.owner])
  const parties = record?.call.parties ?? []
  const declined = parties
    .filter(({ standing }) => standing === 'declined')
    .map(({ person }) => nameOf(person))
  const rung = parties.filter(({ how }) => how !== 'silent').map(({ person }) => nameOf(person))
  const whom = record
    ? rung.length === 0
      ? 'It rang nobody.'
      : `It rang ${listOf(rung, 25)}.`
    : 'Whom it rang is not known any more.'
  const why =
    row.outcome === 'abandoned' ? 'The caller hung up before anybody picked up.' : 'Nobody picked up in time.'
  const no = declined.length > 0 ? `${capital(listOf(declined, 5))} declined.` : ''
  const before = last && last !== row ? 'The last call was picked up. The last missed one:' : ''
  return tell([before, rowSentence(row, turn, log.nameOf), why, whom, no], [calls])
}

async function whyRings(turn: Turn, asked: Asked): Promise<Answer> {
  const { memberships, managers } = await turn.settings.settingsOf(turn.person.id)
  const owners = [...memberships.map(({ owner }) => owner), ...managers]
  const nameOf = await spokenOf(turn, owners)
  const given = asked.hole('owner')
  const found = given === '' ? null : await personIn(turn, asked, 'owner', owners)
  if (found?.is === 'asked') return found.answer
  const names = found?.is === 'found' ? owners.filter((owner) => owner === found.id) : owners
  const own = await planWords(
    turn,
    await lineOf(turn, turn.person.id),
    await planNow(turn, await lineOf(turn, turn.person.id)),
  )
  const notifications: Button = { title: 'Notifications', verb: 'show-notifications', data: {} }
  const words =
    names.length === 0
      ? 'You are in nobody’s call group that is meant, so only your own calls ring you.'
      : `Because you are in the call group, or a delegate, of ${listOf(names.map(nameOf), 25)}.`
  return tell([words, `${capital(own.replace(/^Calls/u, 'your own calls'))}`], [notifications])
}
