/**
 * What an admin does in the chat: people, policies, clean-up, and who changed what. Only people listed in ADMINS see or
 * reach any of it; for everybody else these words and buttons do not exist.
 */
import { type PersonId } from '../core/person.ts'
import { type CallingPolicy } from '../core/policy.ts'
import { type AuditEntry, type AuditPart } from '../store/store.ts'
import { type Author } from '../switchboard/author.ts'
import { every } from '../switchboard/every.ts'
import { longestPolicyName } from '../switchboard/rights.ts'
import { type StalePerson, type Swept } from '../switchboard/sweeping.ts'
import { render } from './card.ts'
import { choosePerson } from './choose-person.ts'
import { type CardInput, type Click, type Command, textIn } from './command.ts'
import { isAdminHere } from './edit.ts'
import { findPerson, namesOf } from './people.ts'
import { plainName } from './plain.ts'
import { policyChoices, policyFlags, policyIn, policyLine } from './policy-form.ts'
import { refusalText } from './refusal.ts'
import { dayAndTime, listOf, type NameOf } from './sentences.ts'
import { settingsCard } from './settings.ts'
import { type Answer, say, type Turn } from './turn.ts'
import { type Button, type CardViews, type Notice } from './views.ts'

type Run = (turn: Turn, rest: readonly string[]) => Promise<Answer>

export const adminCommands: readonly Command[] = [
  command(
    'admin',
    'People, policies, clean-up, and who changed what.',
    ['admin', 'administration', 'admin center'],
    (turn) => overview(turn),
  ),
  command(
    'admin settings of <person>',
    'See and change anybody’s settings.',
    ['admin settings of', 'admin settings for', 'admin settings'],
    (turn, rest) => withPerson(turn, rest, 'admin-settings', (person) => settingsCard(turn, person)),
  ),
  command(
    'policy of <person>',
    'Which policy somebody has, and whether they may share calls.',
    ['policy of', 'policy for', 'rights of'],
    (turn, rest) => withPerson(turn, rest, 'admin-rights', (person) => rightsCard(turn, person)),
  ),
  command('policies', 'Who may do what with calls.', ['policies', 'calling policies'], (turn) =>
    policiesCard(turn),
  ),
  command(
    'sweep',
    'See relationships that policies and licences leave behind, and clean them up.',
    ['sweep', 'clean up', 'stale'],
    (turn) => sweepCard(turn),
  ),
  command('audit', 'Who changed what, and when.', ['audit', 'audit of', 'who changed'], (turn, rest) =>
    rest.length === 0
      ? auditCard(turn, {})
      : withPerson(turn, rest, 'admin-audit', (person) => auditCard(turn, { about: person })),
  ),
]

function command(title: string, description: string, phrases: readonly string[], run: Run): Command {
  return { title, description, phrases, topic: 'Administration', isOffered: isAdminHere, run }
}

export const adminClicks: Readonly<Record<string, Click>> = {
  admin: (turn) => overview(turn),
  'admin-find': (turn, given) =>
    withPerson(turn, [textIn(given, 'name')], 'admin-rights', (person) => rightsCard(turn, person)),
  'admin-settings': (turn, given) => settingsCard(turn, textIn(given, 'person')),
  'admin-rights': (turn, given) => rightsCard(turn, textIn(given, 'person')),
  'admin-save-rights': saveRights,
  'admin-policies': (turn) => policiesCard(turn),
  'admin-policy': (turn, given) => policyCard(turn, textIn(given, 'name')),
  'admin-save-policy': savePolicy,
  'admin-remove-policy': removePolicy,
  'admin-sweep': (turn) => sweepCard(turn),
  'admin-sweep-apply': applySweep,
  'admin-undo': undoSweep,
  'admin-audit': (turn, given) =>
    auditCard(turn, {
      about: textIn(given, 'person') || textIn(given, 'about'),
      before: Number(given['before']),
    }),
}

const back: Button = { title: 'Administration', verb: 'admin', data: {} }
/** Names on one card; the rest is counted. */
const namesShown = 10

function author(turn: Turn): Author {
  return { person: turn.person.id, door: 'admin' }
}

async function withPerson(
  turn: Turn,
  rest: readonly string[],
  verb: string,
  run: (person: PersonId) => Promise<Answer>,
): Promise<Answer> {
  const found = await findPerson(turn, rest.join(' '))
  if (found.is === 'several') return choosePerson(turn, found, (person) => ({ verb, data: { person } }))
  return found.is === 'refused' ? say(refusalText(found.refusal, plainName)) : run(found.id)
}

type AdminView = CardViews['admin']

function card(view: Partial<AdminView> & { readonly title: string }): Answer {
  const whole: AdminView = {
    notice: undefined,
    lead: '',
    rows: [],
    links: [],
    buttons: [],
    asksForName: false,
    nameLabel: '',
    namePlaceholder: '',
    ...view,
  }
  return { is: 'card', card: render('admin', whole), summary: view.title }
}

async function overview(turn: Turn, notice?: Notice): Promise<Answer> {
  const { store, rights } = turn
  const [people, groups, stale] = await Promise.all([countPeople(turn), countGroups(turn), staleNow(turn)])
  const policies = await rights.policies({ limit: namesShown })
  const [last] = await store.audit({ limit: 1 })
  const nameOf = await namesOf(turn, last ? peopleIn(last) : [])
  const links = [
    {
      title: 'Policies',
      detail: listOf(
        policies.map(({ name }) => plainName(name)),
        4,
      ),
      verb: 'admin-policies',
      data: {},
    },
    {
      title: 'Clean-up',
      detail:
        stale.length === 0
          ? 'Nothing is stale.'
          : `${stale.length} ${stale.length === 1 ? 'person shares' : 'people share'} calls without being allowed to.`,
      verb: 'admin-sweep',
      data: {},
    },
    {
      title: 'Who changed what',
      detail: last ? changeWords(last, nameOf) : 'Nothing was changed yet.',
      verb: 'admin-audit',
      data: {},
    },
  ]
  return card({
    title: 'Administration',
    notice,
    lead: `${people} people are known, ${groups} of them have a call group.`,
    links,
    asksForName: true,
    nameLabel: 'Somebody’s policy and settings',
    namePlaceholder: 'Name or address',
    buttons: [{ title: 'Open', verb: 'admin-find', data: {} }],
  })
}

async function countPeople({ store }: Turn): Promise<number> {
  let count = 0
  for await (const { id } of every(store, 'person')) if (id !== '') count += 1
  return count
}

async function countGroups({ store }: Turn): Promise<number> {
  let count = 0
  for await (const { doc } of every(store, 'settings')) if (doc.group.members.length > 0) count += 1
  return count
}

async function staleNow({ sweeping }: Turn): Promise<readonly StalePerson[]> {
  const found: StalePerson[] = []
  for await (const one of sweeping.stale()) found.push(one)
  return found
}

async function policiesCard(turn: Turn, notice?: Notice): Promise<Answer> {
  const policies = await turn.rights.policies({ limit: 50 })
  return card({
    title: 'Calling policies',
    notice,
    lead: 'Global is for everybody who was given no other.',
    links: policies.map(({ name, policy }) => ({
      title: plainName(name),
      detail: policyLine(policy),
      verb: 'admin-policy',
      data: { name },
    })),
    asksForName: true,
    nameLabel: 'A new policy',
    namePlaceholder: 'Its name',
    buttons: [{ title: 'Make it', verb: 'admin-policy', data: {} }, back],
  })
}

/** The form of a policy; of a name nobody used yet it makes a new one when it is saved. */
async function policyCard(turn: Turn, given: string, notice?: Notice): Promise<Answer> {
  const name = given.trim()
  if (name === '' || name.length > longestPolicyName)
    return policiesCard(turn, {
      tone: 'warning',
      text: `Give the policy a name of 1 to ${longestPolicyName} characters.`,
    })
  const kept = await turn.rights.policy(name)
  const global = await turn.rights.policy('global')
  const policy = kept?.policy ?? global?.policy
  if (!policy) return policiesCard(turn)
  const shown = plainName(kept?.name ?? name)
  const remove: Button = { title: 'Remove', verb: 'admin-remove-policy', data: { name } }
  const view = {
    title: shown,
    notice,
    lead: kept ? policyLine(policy) : 'A new policy; it is there once you save it.',
    flags: policyFlags(policy),
    choices: policyChoices(policy),
    buttons: [
      { title: 'Save', verb: 'admin-save-policy', data: { name } },
      ...(kept ? [remove] : []),
      { title: 'All policies', verb: 'admin-policies', data: {} },
    ],
  }
  return { is: 'card', card: render('policy', view), summary: `Policy ${shown}` }
}

/** Turning call groups off leaves relationships behind: what to do about them is offered at once. */
async function savePolicy(turn: Turn, given: CardInput): Promise<Answer> {
  const name = textIn(given, 'name')
  const policy = policyIn(given)
  if (policy === null)
    return policyCard(turn, name, {
      tone: 'attention',
      text: 'Something is missing on this card. Nothing was changed.',
    })
  if (name.trim() === '' || name.length > longestPolicyName) return policyCard(turn, name)
  await turn.rights.setPolicy(author(turn), name, policy)
  const stale = mayShare(policy) ? [] : await staleNow(turn)
  return policyCard(
    turn,
    name,
    stale.length === 0
      ? { tone: 'good', text: 'Saved. It holds from the next call on.' }
      : {
          tone: 'warning',
          text: `Saved. ${stale.length} ${stale.length === 1 ? 'person still shares' : 'people still share'} calls without being allowed to.`,
          buttons: [{ title: 'Preview clean-up', verb: 'admin-sweep', data: {} }],
        },
  )
}

function mayShare({ allowCallGroups, allowPrivateCalling }: CallingPolicy): boolean {
  return allowCallGroups && allowPrivateCalling
}

async function removePolicy(turn: Turn, given: CardInput): Promise<Answer> {
  const name = textIn(given, 'name')
  switch (await turn.rights.removePolicy(author(turn), name)) {
    case 'removed':
      return policiesCard(turn, { tone: 'good', text: `${plainName(name)} is removed.` })
    case 'unknown':
      return policiesCard(turn, { tone: 'warning', text: `There is no policy ${plainName(name)} any more.` })
    case 'inUse':
      return policyCard(turn, name, {
        tone: 'attention',
        text: 'Somebody has this policy. Give them another one first.',
      })
  }
}

const fromWords = { admin: 'by hand', graph: 'from Microsoft Graph', default: 'by default' } as const

async function rightsCard(turn: Turn, person: PersonId, notice?: Notice): Promise<Answer> {
  const nameOf = await namesOf(turn, [person])
  const now = await turn.rights.of(person)
  const policies = await turn.rights.policies({ limit: 50 })
  const { teamsOnly, phoneSystem } = now.eligibility
  const view = {
    title: nameOf(person),
    notice,
    lead: `Policy ${plainName(now.policy)} (${fromWords[now.policyFrom]}); requirements ${fromWords[now.eligibilityFrom]}.`,
    flags: [
      { id: 'teamsOnly', title: 'Teams Only mode', value: String(teamsOnly) },
      { id: 'phoneSystem', title: 'Phone System licence', value: String(phoneSystem) },
    ],
    choices: [
      {
        id: 'policy',
        label: 'Calling policy',
        value: now.policyFrom === 'admin' ? now.policy : '-',
        options: [
          { title: 'As Microsoft Graph says, else Global', value: '-' },
          ...policies.map(({ name }) => ({ title: plainName(name), value: name })),
        ],
      },
    ],
    buttons: [
      { title: 'Save', verb: 'admin-save-rights', data: { person } },
      { title: 'Settings', verb: 'admin-settings', data: { person } },
      { title: 'Changes', verb: 'admin-audit', data: { person } },
      back,
    ],
  }
  return { is: 'card', card: render('policy', view), summary: view.lead }
}

async function saveRights(turn: Turn, given: CardInput): Promise<Answer> {
  const person = textIn(given, 'person')
  const policy = textIn(given, 'policy')
  if ((await turn.directory.whoIs(person)) === null)
    return overview(turn, { tone: 'attention', text: 'This person is not known. Nothing was changed.' })
  const now = await turn.rights.of(person)
  const eligibility = {
    teamsOnly: textIn(given, 'teamsOnly') !== 'false',
    phoneSystem: textIn(given, 'phoneSystem') !== 'false',
  }
  const isAssigned =
    policy === '' || (await turn.rights.assign(author(turn), person, policy === '-' ? null : policy))
  if (!isAssigned)
    return rightsCard(turn, person, {
      tone: 'attention',
      text: 'There is no such policy any more. Nothing was changed.',
    })
  if (JSON.stringify(eligibility) !== JSON.stringify(now.eligibility))
    await turn.rights.setEligibility(author(turn), person, eligibility)
  return rightsCard(turn, person, { tone: 'good', text: 'Saved. It holds from the next call on.' })
}

const staleWords = {
  callGroupsOff: 'Call groups are turned off for them.',
  notEligible: 'They are not in Teams Only mode, or have no Phone System licence.',
  left: 'They have left.',
} as const

async function sweepCard(turn: Turn, notice?: Notice): Promise<Answer> {
  const swept = await turn.sweeping.sweep(author(turn), null, false)
  const nameOf = await namesOf(
    turn,
    swept.flatMap(({ person, concerned }) => [person, ...concerned]),
  )
  const more = swept.length - namesShown
  return card({
    title: 'Clean-up',
    notice,
    lead:
      swept.length === 0
        ? 'Nothing is stale: nobody shares calls without being allowed to.'
        : 'This would end the sharing of these people, and tell everybody concerned once. Nothing has been changed yet.',
    rows: [
      ...swept.slice(0, namesShown).map((one) => sweptRow(one, nameOf)),
      ...(more > 0 ? [{ title: `And ${more} more`, detail: '', side: '' }] : []),
    ],
    buttons: [
      ...(swept.length === 0 ? [] : [{ title: 'Clean up', verb: 'admin-sweep-apply', data: {} }]),
      back,
    ],
  })
}

function sweptRow({ person, why, concerned }: Swept, nameOf: NameOf): AdminView['rows'][number] {
  const whom = concerned.length === 0 ? '' : ` Concerned: ${listOf(concerned.map(nameOf), 4)}.`
  return { title: nameOf(person), detail: `${staleWords[why]}${whom}`, side: '' }
}

async function applySweep(turn: Turn): Promise<Answer> {
  const swept = await turn.sweeping.sweep(author(turn), null, true)
  const id = swept[0]?.undo?.replace(/-\d+$/u, '') ?? ''
  if (id === '') return sweepCard(turn)
  return sweepCard(turn, {
    tone: 'good',
    text: `Cleaned up after ${swept.length} ${swept.length === 1 ? 'person' : 'people'}. This can be taken back for 30 days.`,
    buttons: [{ title: 'Undo', verb: 'admin-undo', data: { id } }],
  })
}

async function undoSweep(turn: Turn, given: CardInput): Promise<Answer> {
  const undone = await turn.sweeping.undo(author(turn), textIn(given, 'id'))
  if (undone.is !== 'undone') {
    const isGone = undone.is === 'unknown'
    const text = isGone ? 'This can no longer be taken back.' : 'This was taken back already.'
    return sweepCard(turn, { tone: isGone ? 'warning' : 'good', text })
  }
  const nameOf = await namesOf(turn, [
    ...undone.people,
    ...undone.refusals.flatMap((refusal) => ('person' in refusal ? [refusal.person] : [])),
  ])
  const left = undone.refusals.map((refusal) => refusalText(refusal, nameOf))
  const text = [`Taken back for ${listOf(undone.people.map(nameOf), 5)}.`, ...left].join(' ')
  return sweepCard(turn, { tone: left.length === 0 ? 'good' : 'warning', text })
}

type AuditPage = { readonly about?: string; readonly before?: number }

async function auditCard(turn: Turn, { about = '', before = NaN }: AuditPage): Promise<Answer> {
  const rows = await turn.store.audit({
    limit: namesShown + 1,
    ...(about === '' ? {} : { about }),
    ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}),
  })
  const shown = rows.slice(0, namesShown)
  const nameOf = await namesOf(turn, shown.flatMap(peopleIn))
  const older = rows.length > namesShown ? shown.at(-1) : undefined
  return card({
    title: about === '' ? 'Who changed what' : `Changes about ${(await namesOf(turn, [about]))(about)}`,
    lead: shown.length === 0 ? 'Nothing was changed yet.' : '',
    rows: shown.map((row) => ({
      title: changeWords(row, nameOf),
      detail: row.parts.map((part) => partWords(part, nameOf)).join(' '),
      side: dayAndTime(row.at, turn.person.zone),
    })),
    buttons: [
      ...(older ? [{ title: 'Older', verb: 'admin-audit', data: { about, before: older.number } }] : []),
      back,
    ],
  })
}

function peopleIn({ by, about }: AuditEntry): readonly PersonId[] {
  return [...(by === null ? [] : [by]), ...(about.startsWith('policy:') ? [] : [about])]
}

const doorWords: Readonly<Record<string, string>> = {
  chat: 'in the chat',
  delegate: 'as a delegate',
  admin: 'as an admin',
  http: 'through the admin API',
  terminal: 'at the terminal',
  bot: 'by itself',
}

function changeWords({ by, about, door }: AuditEntry, nameOf: NameOf): string {
  const who = by === null ? (door === 'bot' ? 'The bot' : 'An admin') : nameOf(by)
  const what = about.startsWith('policy:')
    ? `policy ${plainName(about.slice('policy:'.length))}`
    : by === about
      ? 'their settings'
      : nameOf(about)
  return `${who} changed ${what}, ${doorWords[door] ?? door}`
}

/** Before and after, short enough to be read: the whole of it is in the admin API. */
function partWords({ part, before, after }: AuditPart, nameOf: NameOf): string {
  return `${plainName(part)}: ${valueWords(before, nameOf)} → ${valueWords(after, nameOf)}.`
}

function valueWords(value: unknown, nameOf: NameOf): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'nobody' : `${value.length} of them`
  if (typeof value !== 'object') return plainName(typeof value === 'string' ? value : JSON.stringify(value))
  if ('members' in value && Array.isArray(value.members)) return membersWords(value.members, nameOf)
  if ('is' in value && typeof value.is === 'string' && value.is !== 'on')
    return value.is === 'off' ? 'off' : 'not set'
  return plainName(JSON.stringify(value).replaceAll(/[{}"]/gu, '').slice(0, 60))
}

function membersWords(members: readonly unknown[], nameOf: NameOf): string {
  const names = members.map((member) => nameOf(String(member)))
  return names.length === 0 ? 'nobody' : listOf(names, 4)
}
