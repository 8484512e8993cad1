/** Named calling policies: their list, the form of one, and what saving or removing it leads to. */
import { type CallingPolicy } from '../../core/policy.ts'
import { type NamedPolicy } from '../../store/documents.ts'
import { isPolicyName, longestPolicyName, policyId, policyName } from '../../switchboard/rights.ts'
import { globalId } from '../../switchboard/sheets.ts'
import { type Click } from '../command.ts'
import { type Answer } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { type Button, type Notice } from '../draw/parts.ts'
import { plainName } from '../draw/plain.ts'
import { markOf } from '../settings/edit.ts'
import { type Turn } from '../turn.ts'
import { adminCard, author, backToAdministration, rowsShown } from './admin-card.ts'
import { staleNow, staleWords } from './clean-up.ts'
import { policyChoices, policyFlags, policyIn, policyLine } from './policy-form.ts'

export const policyClicks = {
  'admin-policies': (turn: Turn, given: CardInput) => policiesCard(turn, undefined, textIn(given, 'after')),
  'admin-policy': (turn: Turn, given: CardInput) => policyCard(turn, textIn(given, 'name')),
  'admin-save-policy': savePolicy,
  'admin-remove-policy': removePolicy,
} satisfies Record<string, Click>

/** The policies by name, a page at a time. */
export async function policiesCard(turn: Turn, notice?: Notice, after = ''): Promise<Answer> {
  const found = await turn.rights.policies({ after, limit: rowsShown + 1 })
  const shown = found.slice(0, rowsShown)
  const last = found.length > rowsShown ? shown.at(-1) : undefined
  return adminCard({
    title: 'Calling policies',
    notice,
    lead: 'Global applies to everybody without a policy of their own.',
    links: shown.map(({ name, policy }) => ({
      title: plainName(name),
      detail: policyLine(policy),
      verb: 'admin-policy',
      data: { name },
    })),
    asksForName: true,
    nameLabel: 'A policy to open, or to make',
    namePlaceholder: 'Its name',
    buttons: [
      { title: 'Open or make', verb: 'admin-policy', data: {} },
      ...(last ? [{ title: 'More', verb: 'admin-policies', data: { after: policyId(last.name) } }] : []),
      backToAdministration,
    ],
  })
}

/** The form of a policy; of a name nobody used yet it makes a new one when it is saved. */
async function policyCard(turn: Turn, given: string, notice?: Notice): Promise<Answer> {
  const name = given.trim()
  if (!isPolicyName(name))
    return policiesCard(turn, {
      tone: 'warning',
      text: `Give the policy a name of 1 to ${longestPolicyName} characters.`,
    })
  const kept = await turn.rights.policy(name)
  const policy = kept?.policy ?? (await turn.rights.global()).policy
  const shown = plainName(kept?.name ?? policyName(name))
  const view = {
    title: shown,
    notice,
    lead: kept ? policyLine(policy) : 'A new policy, filled in as Global is. It is there once you save it.',
    flags: policyFlags(policy),
    choices: policyChoices(policy),
    buttons: policyButtons(name, kept),
  }
  return { is: 'card', card: render('policy', view), summary: `Policy ${shown}` }
}

function policyButtons(name: string, kept: NamedPolicy | null): readonly Button[] {
  const seen = markOf(kept?.policy ?? null)
  const title = isGlobal(name) ? 'Back to the Teams defaults' : 'Remove'
  const remove: Button = { title, verb: 'admin-remove-policy', data: { name } }
  return [
    { title: 'Save', verb: 'admin-save-policy', data: { name, seen } },
    ...(kept ? [remove] : []),
    { title: 'All policies', verb: 'admin-policies', data: {} },
  ]
}

/** Turning call groups off leaves relationships behind: what to do about them is offered at once. */
async function savePolicy(turn: Turn, given: CardInput): Promise<Answer> {
  const name = textIn(given, 'name').trim()
  const policy = policyIn(given)
  if (policy === null)
    return policyCard(turn, name, {
      tone: 'attention',
      text: 'Something is missing on this card. Nothing was changed.',
    })
  if (!isPolicyName(name)) return policyCard(turn, name)
  const seen = textIn(given, 'seen')
  const isStill = (before: CallingPolicy | null) => seen === '' || markOf(before) === seen
  if (!(await turn.rights.setPolicy(author(turn), name, policy, isStill)))
    return policyCard(turn, name, {
      tone: 'warning',
      text: 'Somebody changed this policy in the meantime. Nothing was saved. This is how it is now.',
    })
  return policyCard(turn, name, await saved(turn, policy))
}

async function saved(turn: Turn, { allowCallGroups, allowPrivateCalling }: CallingPolicy): Promise<Notice> {
  const stale = allowCallGroups && allowPrivateCalling ? 0 : await staleNow(turn)
  if (stale === 0) return { tone: 'good', text: 'Saved. It applies from the next call.' }
  return {
    tone: 'warning',
    text: `Saved. ${staleWords(stale)}`,
    buttons: [{ title: 'Preview clean-up', verb: 'admin-sweep', data: {} }],
  }
}

async function removePolicy(turn: Turn, given: CardInput): Promise<Answer> {
  const name = textIn(given, 'name')
  const shown = plainName(name)
  switch (await turn.rights.removePolicy(author(turn), name)) {
    case 'removed':
      return policiesCard(turn, {
        tone: 'good',
        text: `${shown} is ${isGlobal(name) ? 'the Teams default' : 'removed'}.`,
      })
    case 'unknown':
      return policiesCard(turn, { tone: 'warning', text: `The policy ${shown} no longer exists.` })
    case 'inUse':
      return policyCard(turn, name, {
        tone: 'attention',
        text: 'Somebody has this policy. Give them another one first.',
      })
  }
}

function isGlobal(name: string): boolean {
  return policyId(name) === globalId
}
