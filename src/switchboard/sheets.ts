/** People's sheets as the rules of core ask for them, read until a rule misses nobody. */
import { type CallingSettings, neverConfigured, ruleOf } from '../core/calling-settings.ts'
import { type Forwarding } from '../core/forwarding.ts'
import { type PersonId } from '../core/person.ts'
import { eligible, globalPolicy } from '../core/policy.ts'
import { type Rights } from '../store/documents.ts'
import { type Subscriber, type Subscribers } from '../core/subscriber.ts'
import { type Target } from '../core/target.ts'
import { type Unanswered } from '../core/unanswered.ts'
import { type Reader } from '../store/store.ts'
import { whoIs } from './who-is.ts'

/** A rule of core, waiting for the people it has to look at. */
export type Rule<Answer> = (subscribers: Subscribers) => Answer

export type Sheet = { readonly rev: number; readonly subscriber: Subscriber }

/** Runs a rule again and again, each time with the people it missed the time before, until it misses nobody. */
export async function askWith<Answer>(store: Reader, rule: Rule<Answer>, known: readonly Sheet[] = []) {
  const sheets = new Map<PersonId, Sheet>(known.map((sheet) => [sheet.subscriber.id, sheet]))
  for (;;) {
    const missing = new Set<PersonId>()
    const answer = rule((id) => {
      const sheet = sheets.get(id)
      if (!sheet) missing.add(id)
      return sheet?.subscriber ?? unconfigured(id)
    })
    if (missing.size === 0) return { answer, sheets }
    await Promise.all([...missing].map(async (id) => sheets.set(id, await sheetOf(store, id))))
  }
}

/** One person as the rules see them. */
export async function sheetOf(store: Reader, id: PersonId): Promise<Sheet> {
  const [kept, rights, global] = await Promise.all([
    store.get('settings', id),
    store.get('rights', id),
    store.get('policy', globalId),
  ])
  const settings = kept ? await withTargetsOfNow(store, kept.doc) : neverConfigured
  const { eligibility = eligible, policy = globalId } = rights ? decided(rights.doc) : {}
  // A policy that is not kept here is the global one; that one is as Teams has it unless an admin changed it.
  const own = policy === globalId ? null : await store.get('policy', policy)
  return {
    rev: kept?.rev ?? 0,
    subscriber: { id, settings, eligibility, policy: (own ?? global)?.doc.policy ?? globalPolicy },
  }
}

/** What counts of somebody's rights. */
export function decided({ eligibility, policy, graph }: Rights) {
  return { eligibility: eligibility ?? graph?.eligibility, policy: policy ?? graph?.policy ?? undefined }
}

/** The id of the policy for everybody who has no other. */
export const globalId = 'global'

/** Rules may name a person by an address that has since turned out to be somebody the bot has met. */
async function withTargetsOfNow(store: Reader, settings: CallingSettings): Promise<CallingSettings> {
  const [forwarding, unanswered] = await Promise.all([
    personOfNow(store, ruleOf(settings.forwarding)?.to),
    personOfNow(store, ruleOf(settings.unanswered)?.to),
  ])
  if (forwarding === null && unanswered === null) return settings
  return {
    ...settings,
    forwarding: withTarget(settings.forwarding, forwarding),
    unanswered: withTarget(settings.unanswered, unanswered),
  }
}

/** Who the person of a target is now; null when that is still right. */
async function personOfNow(store: Reader, to: Target | undefined): Promise<Target | null> {
  if (to?.is !== 'person') return null
  const person = await whoIs(store, to.person)
  return person === null || person === to.person ? null : { is: 'person', person }
}

function withTarget<Rule extends Forwarding | Unanswered>(rule: Rule, to: Target | null): Rule {
  if (to === null) return rule
  if (rule.is === 'on') return { ...rule, rule: { ...rule.rule, to } }
  return rule.is === 'off' && rule.kept ? { ...rule, kept: { ...rule.kept, to } } : rule
}

function unconfigured(id: PersonId): Subscriber {
  return { id, settings: neverConfigured, eligibility: eligible, policy: globalPolicy }
}
