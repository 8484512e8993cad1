/** The forwarding card: two rules, a delay, and what the admin's policy leaves to choose. */
import { type CallingSettings, ruleOf } from '../../core/calling-settings.ts'
import { isObjectId, type PersonId } from '../../core/person.ts'
import { type CallingPolicy } from '../../core/policy.ts'
import { type Refusal } from '../../core/refusal.ts'
import { type Target } from '../../core/target.ts'
import { defaultRingTimeout, ringTimeouts } from '../../core/unanswered.ts'
import { type Answer } from '../draw/answer.ts'
import { render } from '../draw/card.ts'
import { type CardInput, textIn } from '../draw/input.ts'
import { type Notice } from '../draw/parts.ts'
import { refusalText } from '../draw/refusal.ts'
import { type NameOf, seconds } from '../draw/sentences.ts'
import { namesOf } from '../said/people.ts'
import { type Turn } from '../turn.ts'
import { markOf } from './edit.ts'
import { type FieldErrors } from './forwarding-form.ts'
import { policyWords } from './settings.ts'

export type FormState = {
  readonly notice?: Notice
  /** What was wrong with what was filled in, and what that was: it stays in the form. */
  readonly errors?: FieldErrors
  readonly given?: CardInput
}

/** What the form shows, so that a form drawn for older settings is noticed. */
export function rulesPart({ forwarding, unanswered, busyOnBusy }: CallingSettings) {
  return { forwarding, unanswered, busyOnBusy }
}

export async function forwardingCard(turn: Turn, owner: PersonId, state: FormState = {}): Promise<Answer> {
  const { settings, policy } = await turn.settings.ask((subscribers) => subscribers(owner))
  const { errors = {}, given } = state
  const nameOf = await namesOf(turn, [
    owner,
    ...peopleIn(settings),
    ...Object.values(errors).flatMap(personIn),
  ])
  const people = await turn.directory.people(peopleIn(settings))
  const hasPeoplePicker = turn.channel === 'msteams'
  const seat = (person: PersonId): Seat =>
    hasPeoplePicker && isObjectId(person)
      ? { picked: person, typed: '' }
      : { picked: '', typed: people.get(person)?.address ?? person }
  const was = chosen(settings, seat)
  const isOwn = owner === turn.person.id
  const view = {
    title: isOwn ? 'Where your calls go' : `Where the calls of ${nameOf(owner)} go`,
    notice: state.notice,
    owner,
    isOwn,
    seen: markOf(rulesPart(settings)),
    policy: policyWords(policy),
    ...was,
    forwardWas: was.forwardPerson || was.forwardWhom,
    unansweredWas: was.unansweredPerson || was.unansweredWhom,
    ...(given ? filledIn(given) : {}),
    forwardingError: errorText(errors.forwarding, nameOf),
    unansweredError: errorText(errors.unanswered, nameOf),
    delays: ringTimeouts.map((timeout) => ({ title: seconds(timeout), value: String(timeout) })),
    forwardTargets: targetsUnder(policy, true),
    unansweredTargets: [
      ...neverSetChoice(settings),
      ...targetsUnder(policy, false),
      { title: 'Nobody: the call ends', value: 'off' },
    ],
    hasBusyChoice: policy.busyOnBusy === 'userOverride',
    hasPeoplePicker,
  }
  return { is: 'card', card: render('forwarding', view), summary: view.title }
}

/** Where a target that is a person or a number stands in the form: in the people picker, or typed. */
type Seat = { readonly picked: string; readonly typed: string }

/** What is set now, as the form's inputs hold it. */
function chosen({ forwarding, unanswered, busyOnBusy }: CallingSettings, seat: (person: PersonId) => Seat) {
  const forward = ruleOf(forwarding)
  const then = ruleOf(unanswered)
  const [forwardSeat, thenSeat] = [seatOf(forward?.to, seat), seatOf(then?.to, seat)]
  return {
    forwarding: forwarding.is === 'on' ? forwarding.rule.type : 'off',
    forwardTo: forward ? choiceOf(forward.to) : 'group',
    forwardPerson: forwardSeat.picked,
    forwardWhom: forwardSeat.typed,
    unanswered:
      unanswered.is === 'on' ? choiceOf(unanswered.rule.to) : unanswered.is === 'off' ? 'off' : 'neverSet',
    unansweredPerson: thenSeat.picked,
    unansweredWhom: thenSeat.typed,
    delay: String(then?.after ?? defaultRingTimeout),
    busy: busyOnBusy ?? 'ringUser',
  }
}

/** What was filled in just now, to be shown again beside the errors. */
function filledIn(given: CardInput) {
  const names = [
    'forwarding',
    'forwardTo',
    'forwardPerson',
    'forwardWhom',
    'unanswered',
    'unansweredPerson',
    'unansweredWhom',
    'delay',
    'busy',
  ] as const
  const filled = names.map((name) => [name, textIn(given, name)] as const).filter(([, text]) => text !== '')
  return Object.fromEntries(filled)
}

function choiceOf(target: Target): string {
  return target.is === 'person' || target.is === 'number' ? 'somebody' : target.is
}

function seatOf(target: Target | undefined, seat: (person: PersonId) => Seat): Seat {
  if (target?.is === 'person') return seat(target.person)
  return { picked: '', typed: target?.is === 'number' ? target.number : '' }
}

/** Somebody who never chose sees what happens by default, and may leave it at that. */
function neverSetChoice({ unanswered }: CallingSettings) {
  return unanswered.is === 'neverSet'
    ? [{ title: 'Voicemail after 30 seconds (default)', value: 'neverSet' }]
    : []
}

/** The targets the policy leaves; somebody stands for a person or a number. */
function targetsUnder(policy: CallingPolicy, isForwarding: boolean) {
  const mayGoOut = policy.allowCallForwardingToUser || policy.allowCallForwardingToPhone
  const all = [
    { title: 'My call group', value: 'group', isAllowed: policy.allowCallGroups },
    { title: 'My delegates', value: 'delegates', isAllowed: policy.allowDelegation },
    { title: 'A person or a number', value: 'somebody', isAllowed: mayGoOut },
    {
      title: isForwarding ? 'Voicemail (only when forwarding all calls)' : 'Voicemail',
      value: 'voicemail',
      isAllowed: policy.allowVoicemail !== 'alwaysDisabled',
    },
  ]
  return all.filter(({ isAllowed }) => isAllowed).map(({ title, value }) => ({ title, value }))
}

function errorText(refusal: Refusal | undefined, nameOf: NameOf): string {
  return refusal ? refusalText(refusal, nameOf) : ''
}

function peopleIn({ forwarding, unanswered }: CallingSettings): readonly PersonId[] {
  const targets = [ruleOf(forwarding)?.to, ruleOf(unanswered)?.to]
  return targets.flatMap((to) => (to?.is === 'person' ? [to.person] : []))
}

function personIn(refusal: Refusal): readonly PersonId[] {
  return 'person' in refusal ? [refusal.person] : []
}
