/** One person as admins see them: which policy counts, whether the requirements are met, and where that comes from. */
import { type PersonId } from '../../core/person.ts'
import { type Eligibility } from '../../core/policy.ts'
import { type RightsNow } from '../../switchboard/rights.ts'
import { type Click } from '../command.ts'
import { type Answer } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { type Choice, type Notice } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { type CardViews } from '../draw/views.ts'
import { namesOf } from '../said/people.ts'
import { markOf } from '../settings/edit.ts'
import { type Turn } from '../turn.ts'
import { adminCard, author, backToAdministration } from './admin-card.ts'

export const rightsClicks = {
  'admin-rights': (turn: Turn, given: CardInput) => rightsCard(turn, textIn(given, 'person')),
  'admin-save-rights': saveRights,
} satisfies Record<string, Click>

/** The choice that leaves it to Microsoft Graph, and to the default without it. */
const notByHand = '-'
/** Policies to choose from on one card: with the longest names they are as much as Teams draws. */
const mostChoices = 40

const requirements: ReadonlyMap<string, Eligibility> = new Map([
  ['met', { teamsOnly: true, phoneSystem: true }],
  ['noPhoneSystem', { teamsOnly: true, phoneSystem: false }],
  ['notTeamsOnly', { teamsOnly: false, phoneSystem: true }],
  ['neither', { teamsOnly: false, phoneSystem: false }],
])

/** Somebody's policy and requirements, and the ways to their settings and to what was changed about them. */
export async function rightsCard(turn: Turn, person: PersonId, notice?: Notice): Promise<Answer> {
  if ((await turn.directory.whoIs(person)) === null)
    return adminCard({
      title: 'Nobody is known by this name',
      lead: 'Nothing was changed.',
      buttons: [backToAdministration],
    })
  const [nameOf, now] = await Promise.all([namesOf(turn, [person]), turn.rights.of(person)])
  const view = {
    title: nameOf(person),
    notice,
    lead: rightsWords(now),
    flags: [],
    choices: [await policyChoice(turn, now), requirementChoice(now)],
    buttons: [
      { title: 'Save', verb: 'admin-save-rights', data: { person, seen: markOf(now) } },
      { title: 'Settings', verb: 'admin-settings', data: { person } },
      { title: 'Changes', verb: 'admin-audit', data: { person } },
      { title: 'Has left', verb: 'admin-left', data: { person } },
      backToAdministration,
    ],
  }
  return { is: 'card', card: render('policy', view), summary: `${view.title}: ${view.lead}` }
}

const fromWords = { admin: 'by hand', graph: 'from Microsoft Graph', default: 'by default' } as const

function rightsWords({ policy, policyFrom, eligibility, eligibilityFrom }: RightsNow): string {
  const asked = `${requirementWords(eligibility)} (${fromWords[eligibilityFrom]})`
  return `Policy ${plainName(policy)} (${fromWords[policyFrom]}). ${asked}.`
}

/** What somebody has or lacks, as a sentence without its end. */
export function requirementWords({ teamsOnly, phoneSystem }: Eligibility): string {
  if (teamsOnly && phoneSystem) return 'Teams Only mode, with a Phone System licence'
  if (teamsOnly) return 'No Phone System licence'
  return phoneSystem ? 'Not in Teams Only mode' : 'Neither Teams Only mode nor a Phone System licence'
}

type FormChoice = CardViews['policy']['choices'][number]

/** There may be more policies than a card holds: the one that counts is always among those shown. */
async function policyChoice({ rights }: Turn, { policy, policyFrom }: RightsNow): Promise<FormChoice> {
  const found = (await rights.policies({ limit: mostChoices + 1 })).map(({ name }) => name)
  const names = found.slice(0, mostChoices)
  const all = names.includes(policy) ? names : [policy, ...names]
  const others = `the first ${mostChoices} by name; others are given with the admin API or an import`
  return {
    id: 'policy',
    label: found.length > mostChoices ? `Calling policy: ${others}` : 'Calling policy',
    value: policyFrom === 'admin' ? policy : notByHand,
    options: [
      { title: 'From Microsoft Graph, otherwise Global', value: notByHand },
      ...all.map((name): Choice => ({ title: plainName(name), value: name })),
    ],
  }
}

function requirementChoice({ eligibility, eligibilityFrom }: RightsNow): FormChoice {
  const [now = notByHand] =
    [...requirements].find(
      ([, { teamsOnly, phoneSystem }]) =>
        eligibility.teamsOnly === teamsOnly && eligibility.phoneSystem === phoneSystem,
    ) ?? []
  return {
    id: 'requirements',
    label: 'What sharing calls requires',
    value: eligibilityFrom === 'admin' ? now : notByHand,
    options: [
      { title: 'From Microsoft Graph, otherwise met', value: notByHand },
      ...[...requirements].map(([value, eligibility]): Choice => ({
        title: requirementWords(eligibility),
        value,
      })),
    ],
  }
}

async function saveRights(turn: Turn, given: CardInput): Promise<Answer> {
  const [person, policy, asked] = ['person', 'policy', 'requirements'].map((name) => textIn(given, name))
  if (!person || !policy || !asked || (asked !== notByHand && !requirements.has(asked)))
    return rightsCard(turn, person ?? '', missing)
  if ((await turn.directory.whoIs(person)) === null) return rightsCard(turn, person)
  const decision = {
    policy: policy === notByHand ? null : policy,
    eligibility: requirements.get(asked) ?? null,
  }
  const seen = textIn(given, 'seen')
  const isExpected = (now: RightsNow) => seen === '' || markOf(now) === seen
  return rightsCard(
    turn,
    person,
    outcomes[await turn.rights.decide(author(turn), person, decision, isExpected)],
  )
}

const missing: Notice = { tone: 'attention', text: 'Something is missing on this card. Nothing was changed.' }

const outcomes: Readonly<Record<'decided' | 'noPolicy' | 'unexpected', Notice>> = {
  decided: { tone: 'good', text: 'Saved. It applies from the next call.' },
  noPolicy: { tone: 'attention', text: 'That policy no longer exists. Nothing was changed.' },
  unexpected: {
    tone: 'warning',
    text: 'Somebody changed this in the meantime. Nothing was saved. This is how it is now.',
  },
}
