/** The settings home: one look shows what happens to calls now, and leads to every card that changes it. */
import { type CallingSettings } from '../../core/calling-settings.ts'
import { type PersonId } from '../../core/person.ts'
import { type CallingPolicy, type Eligibility } from '../../core/policy.ts'
import { asTeamsRings } from '../../core/ring-in-teams.ts'
import { type Target } from '../../core/target.ts'
import { warningsFor } from '../../core/warnings.ts'
import { type Click, type Command } from '../command.ts'
import { type Answer, say } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type CardInput } from '../draw/input.ts'
import { type Notice } from '../draw/parts.ts'
import { refusalText } from '../draw/refusal.ts'
import {
  capital,
  listOf,
  momentWords,
  type NameOf,
  planSentence,
  seconds,
  targetWords,
} from '../draw/sentences.ts'
import { choosePerson } from '../said/choose-person.ts'
import { findAmong, namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { isAdminHere, lastingNotice, mayEdit, ownerIn } from './edit.ts'

export const settingsCommands: readonly Command[] = [
  {
    title: 'settings',
    description: 'See at a glance what happens when somebody calls you.',
    phrases: [
      'settings',
      'my settings',
      'calling settings',
      'call settings',
      'home',
      'menu',
      'start',
      'status',
    ],
    topic: 'Your settings',
    inManifest: true,
    run: (turn) => settingsCard(turn, turn.person.id),
  },
  {
    title: 'settings of <owner>',
    description: 'The settings of somebody whose delegate you are.',
    phrases: ['settings of', 'settings for', 'manage'],
    topic: 'Your settings',
    run: settingsOfOther,
  },
]

export const settingsClicks = {
  'show-settings': (turn: Turn, given: CardInput) => settingsCard(turn, ownerIn(turn, given)),
} satisfies Record<string, Click>

/** For delegates who may change settings, and for oneself. */
async function settingsOfOther(turn: Turn, rest: readonly string[]): Promise<Answer> {
  const { managers } = await turn.settings.settingsOf(turn.person.id)
  const meant = isAdminHere(turn) ? [] : [turn.person.id, ...managers]
  const found = await findAmong(turn, rest.join(' '), meant)
  if (found.is === 'several')
    return choosePerson(turn, found, (owner) => ({ verb: 'show-settings', data: { owner } }))
  if (found.is === 'refused') return say(refusalText(found.refusal, (id) => id))
  const sheet = await turn.settings.settingsOf(found.id)
  return mayEdit(turn, sheet, found.id)
    ? settingsCard(turn, found.id)
    : say(refusalText({ code: 'E_FORBIDDEN' }, (id) => id))
}

export async function settingsCard(turn: Turn, owner: PersonId, notice?: Notice): Promise<Answer> {
  const planned = await turn.switchboard.planFor(owner, { kind: 'internal' })
  const { sheet, warnings } = await turn.settings.ask((subscribers) => {
    const sheet = subscribers(owner)
    return { sheet, warnings: warningsFor(sheet, subscribers) }
  })
  const { settings, policy, eligibility } = sheet
  const plan = turn.canRingByTeams ? asTeamsRings(sheet, planned) : planned
  const nameOf = await namesOf(turn, [owner, ...peopleOn(settings)])
  const isOwn = owner === turn.person.id
  const headline = planSentence(
    plan,
    (id) => (id === owner && !isOwn ? nameOf(owner) : nameOf(id)),
    isOwn ? 'you' : 'them',
  )
  const view = {
    title: isOwn ? 'Your calls' : `${nameOf(owner)}’s calls`,
    notice: notice ?? (await lastingNotice(turn, owner, warnings)),
    headline,
    moment: momentWords(plan, warnings, isOwn ? 'you' : 'them'),
    owner,
    group: groupWords(settings, nameOf),
    forwarding: forwardingWords(settings, nameOf, isOwn ? 'your' : 'their'),
    unanswered: unansweredWords(settings, nameOf, isOwn ? 'your' : 'their'),
    delegates:
      settings.delegates.length === 0
        ? 'Nobody'
        : listOf(settings.delegates.map(({ person }) => nameOf(person))),
    memberships: membershipWords(settings, nameOf),
    policy: [policyWords(policy), eligibilityWords(eligibility)].filter((words) => words !== '').join(' '),
    isOwn,
  }
  return { is: 'card', card: render('settings', view), summary: headline }
}

function peopleOn({
  group,
  delegates,
  memberships,
  forwarding,
  unanswered,
}: CallingSettings): readonly PersonId[] {
  const rules = [forwarding, unanswered].flatMap((rule) => (rule.is === 'on' ? [rule.rule.to] : []))
  const targets = rules.flatMap((target) => (target.is === 'person' ? [target.person] : []))
  const others = [...delegates.map(({ person }) => person), ...memberships.map(({ owner }) => owner)]
  return [...group.members, ...others, ...targets]
}

function groupWords({ group }: CallingSettings, nameOf: NameOf): string {
  if (group.members.length === 0) return 'Nobody yet'
  const order =
    group.members.length === 1 ? '' : group.order === 'inOrder' ? ', one after the other' : ', all at once'
  return `${listOf(group.members.map(nameOf))}${order}`
}

/** "Off", "All calls go to Bo", "Also rings your call group". */
export function forwardingWords(
  { forwarding }: Pick<CallingSettings, 'forwarding'>,
  nameOf: NameOf,
  whose = 'your',
): string {
  if (forwarding.is !== 'on') return 'Off'
  const { type, to } = forwarding.rule
  const where = targetWords(to, nameOf, whose)
  return type === 'immediate' ? `All calls go to ${where}` : `Also rings ${where}`
}

/** Somebody who never set it gets voicemail after 30 seconds, so that is what is shown. */
export function unansweredWords(
  { unanswered }: Pick<CallingSettings, 'unanswered'>,
  nameOf: NameOf,
  whose = 'your',
): string {
  switch (unanswered.is) {
    case 'neverSet':
      return 'Voicemail after 30 seconds (default)'
    case 'off':
      return 'Nothing: the call ends'
    case 'on':
      return `${capitalTarget(unanswered.rule.to, nameOf, whose)} after ${seconds(unanswered.rule.after)}`
  }
}

/** At the start of a line; what people are called is left as it is. */
function capitalTarget(target: Target, nameOf: NameOf, whose: string): string {
  const words = targetWords(target, nameOf, whose)
  return target.is === 'person' ? words : capital(words)
}

function membershipWords({ memberships, override }: CallingSettings, nameOf: NameOf): string {
  if (memberships.length === 0) return 'None'
  const muted = override === 'mute' ? ', all muted' : ''
  return `${listOf(memberships.map(({ owner }) => nameOf(owner)))}${muted}`
}

/** What the admin has turned off, in words; empty when nothing that matters here. */
export function policyWords(policy: CallingPolicy): string {
  const off = [
    policy.allowPrivateCalling ? '' : 'calling',
    policy.allowCallGroups ? '' : 'call groups',
    policy.allowDelegation ? '' : 'delegation',
    policy.allowCallForwardingToUser ? '' : 'forwarding to people',
    policy.allowCallForwardingToPhone ? '' : 'forwarding to phone numbers',
    policy.allowVoicemail === 'alwaysDisabled' ? 'voicemail' : '',
  ].filter((words) => words !== '')
  return off.length === 0 ? '' : `Your admin has turned off ${listOf(off, 6)}.`
}

/** What is missing before calls may be shared; empty when nothing is. */
function eligibilityWords({ teamsOnly, phoneSystem }: Eligibility): string {
  if (!teamsOnly) return 'Call groups need Teams Only mode, which is not on here. Ask your admin.'
  return phoneSystem ? '' : 'Call groups need a Phone System licence, which is missing here. Ask your admin.'
}
