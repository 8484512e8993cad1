/** What a change was, before and after, in the words of the cards. The whole of it is in the admin API. */
import { type CallGroup, type RingWay, ringWay } from '../../core/call-group.ts'
import { type Delegate } from '../../core/delegate.ts'
import { type Forwarding } from '../../core/forwarding.ts'
import { type PersonId } from '../../core/person.ts'
import { type BusyOption, type Eligibility } from '../../core/policy.ts'
import { type Unanswered } from '../../core/unanswered.ts'
import { type Rights } from '../../store/documents.ts'
import { type AuditPart } from '../../store/store.ts'
import { plainName } from '../draw/plain.ts'
import { capital, listOf, mayWords, type NameOf } from '../draw/sentences.ts'
import { forwardingWords, unansweredWords } from '../settings/settings.ts'
import { policyPart } from './policy-form.ts'
import { requirementWords } from './rights.ts'

/** The parts of sheets and rights, as they are written down; null where there was nothing. */
type Values = {
  readonly group: CallGroup
  readonly forwarding: Forwarding
  readonly unanswered: Unanswered
  readonly delegates: readonly Delegate[]
  readonly busyOnBusy: BusyOption
  readonly override: string
  readonly eligibility: Eligibility
  readonly graph: NonNullable<Rights['graph']>
}

type Words = {
  readonly [Part in keyof Values]: (value: Values[Part], nameOf: NameOf, whose: string) => string
}

const busyWords: Readonly<Record<BusyOption, string>> = {
  playBusySignal: 'the caller hears busy',
  redirectAsUnansweredCall: 'goes where unanswered calls go',
  ringUser: 'rings as usual',
}

const wayWords: Readonly<Record<RingWay, string>> = {
  simultaneous: '',
  inOrder: ', one after the other',
  byTeams: ', rung by Teams',
}

const words: Words = {
  group: (group, nameOf) =>
    `${listOf(group.members.map(nameOf), 6)}${group.members.length > 1 ? wayWords[ringWay(group)] : ''}`,
  forwarding: (forwarding, nameOf, whose) => forwardingWords({ forwarding }, nameOf, whose),
  unanswered: (unanswered, nameOf, whose) => unansweredWords({ unanswered }, nameOf, whose),
  delegates: (delegates, nameOf) =>
    listOf(
      delegates.map(({ person, may }) => `${nameOf(person)} (${mayWords(may)})`),
      4,
    ),
  busyOnBusy: (option) => busyWords[option],
  override: (notification) => notification,
  eligibility: requirementWords,
  graph: ({ eligibility, policy }) =>
    `${requirementWords(eligibility)}${policy === null ? '' : `; policy ${plainName(policy)}`}`,
}

const titles: ReadonlyMap<string, readonly [title: string, nothing: string]> = new Map([
  ['group', ['Call group', 'nobody']],
  ['forwarding', ['Forwarding', 'off']],
  ['unanswered', ['If unanswered', 'the Teams default']],
  ['delegates', ['Delegates', 'nobody']],
  ['busyOnBusy', ['A call while in a call', 'as usual']],
  ['override', ['All groups', 'as each group says']],
  ['eligibility', ['Requirements', 'not said by hand']],
  ['graph', ['Microsoft Graph says', 'nothing yet']],
  ['policy', ['Policy', 'none']],
  ['address', ['Address', 'none']],
])

const ofGroup = 'notification '

/** One part of a change as a sentence; whose settings it is about is "their" or "your". */
export function partWords({ part, before, after }: AuditPart, nameOf: NameOf, whose = 'their'): string {
  if (part.startsWith(ofGroup))
    return `Calls of ${nameOf(part.slice(ofGroup.length))}: ${wordOf(before)} → ${wordOf(after)}.`
  const policy = policyPart(part)
  if (policy) return `${policy.title}: ${policy.words(before)} → ${policy.words(after)}.`
  const [title, nothing] = titles.get(part) ?? [capital(plainName(part)), 'nothing']
  const words = (value: unknown) => valueWords(part, value, nameOf, whose) || nothing
  return `${title}: ${words(before)} → ${words(after)}.`
}

/** Everybody whom the words of this part name. */
export function peopleInPart(part: AuditPart): readonly PersonId[] {
  const inGroup = part.part.startsWith(ofGroup) ? [part.part.slice(ofGroup.length)] : []
  return [...inGroup, ...[part.before, part.after].flatMap((value) => peopleInValue(part.part, value))]
}

function peopleInValue(part: string, value: unknown): readonly PersonId[] {
  const found: PersonId[] = []
  valueWords(part, value, (person) => {
    found.push(person)
    return ''
  })
  return found
}

/** Empty for nothing. What a part holds is what was written down for that part. */
function valueWords(part: string, value: unknown, nameOf: NameOf, whose = 'their'): string {
  if (value === null || value === undefined) return ''
  if (!isPart(part)) return wordOf(value)
  const tell = words[part] as (value: unknown, nameOf: NameOf, whose: string) => string
  return tell(value, nameOf, whose)
}

function isPart(part: string): part is keyof Values {
  return Object.hasOwn(words, part)
}

function wordOf(value: unknown): string {
  if (typeof value === 'string') return plainName(value)
  return value === null || typeof value !== 'object' ? String(value) : 'removed'
}
