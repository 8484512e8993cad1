/**
 * What an admin does in the chat: people, policies, clean-up, and who changed what. Only people listed in ADMINS see or
 * reach any of it; for everybody else these words and buttons do not exist.
 */
import { every } from '../../switchboard/every.ts'
import { type Click, type Command } from '../command.ts'
import { type Answer } from '../draw/answer.ts'
import { textIn } from '../draw/input.ts'
import { plainName } from '../draw/plain.ts'
import { listOf } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { isAdminHere } from '../settings/edit.ts'
import { settingsCard } from '../settings/settings.ts'
import { type Turn } from '../turn.ts'
import { adminCard, people, rowsShown, withPerson } from './admin-card.ts'
import { auditCard, auditLine, peopleIn } from './audit.ts'
import { sweepClicks, sweepCard, staleWords, staleNow } from './clean-up.ts'
import { removePersonClicks } from './remove-person.ts'
import { peopleCard } from './people-card.ts'
import { policiesCard, policyClicks } from './policies.ts'
import { rightsCard, rightsClicks } from './rights.ts'

type Run = (turn: Turn, rest: string) => Promise<Answer>

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
  command('people', 'Everybody the bot knows.', ['people', 'users'], (turn) => peopleCard(turn, '')),
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
    rest === ''
      ? auditCard(turn, {})
      : withPerson(turn, rest, 'admin-audit', (person) => auditCard(turn, { about: person })),
  ),
]

function command(title: string, description: string, phrases: readonly string[], run: Run): Command {
  return {
    title,
    description,
    phrases,
    topic: 'Administration',
    isOffered: isAdminHere,
    run: (turn, rest) => run(turn, rest.join(' ')),
  }
}

export const adminClicks: Readonly<Record<string, Click>> = {
  admin: (turn) => overview(turn),
  'admin-find': (turn, given) =>
    withPerson(turn, textIn(given, 'name'), 'admin-rights', (person) => rightsCard(turn, person)),
  'admin-settings': (turn, given) => settingsCard(turn, textIn(given, 'person')),
  'admin-people': (turn, given) => peopleCard(turn, textIn(given, 'after')),
  'admin-audit': (turn, given) =>
    auditCard(turn, {
      about: textIn(given, 'person') || textIn(given, 'about'),
      before: Number(given['before']),
    }),
  ...rightsClicks,
  ...removePersonClicks,
  ...policyClicks,
  ...sweepClicks,
}

/** One card that leads to everything. */
async function overview(turn: Turn): Promise<Answer> {
  const [known, owners, stale] = await Promise.all([countPeople(turn), countGroups(turn), staleNow(turn)])
  return adminCard({
    title: 'Administration',
    links: [
      {
        title: 'People',
        detail: `${people(known)} known, ${owners} of them with a call group.`,
        verb: 'admin-people',
        data: {},
      },
      { title: 'Policies', detail: await policyNames(turn), verb: 'admin-policies', data: {} },
      { title: 'Clean-up', detail: staleWords(stale), verb: 'admin-sweep', data: {} },
      { title: 'Who changed what', detail: await lastChange(turn), verb: 'admin-audit', data: {} },
    ],
    asksForName: true,
    nameLabel: 'Somebody’s policy and settings',
    namePlaceholder: 'Name or address',
    buttons: [{ title: 'Open', verb: 'admin-find', data: {} }],
  })
}

async function policyNames({ rights }: Turn): Promise<string> {
  const policies = await rights.policies({ limit: rowsShown })
  return listOf(
    policies.map(({ name }) => plainName(name)),
    4,
  )
}

async function lastChange(turn: Turn): Promise<string> {
  const [last] = await turn.store.audit({ limit: 1 })
  return last ? auditLine(last, await namesOf(turn, peopleIn(last))) : 'Nothing was changed yet.'
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
