/** Answers "who rings if this person calls that one?" for settings, presence and policies given as JSON. */
import { neverConfigured } from '../core/calling-settings.ts'
import { type PersonId, plainAddress } from '../core/person.ts'
import { eligible, globalPolicy } from '../core/policy.ts'
import { type Caller, type Presence } from '../core/lane.ts'
import { ringPlan, type RingPlan } from '../core/ring-plan.ts'
import { endsAfter, type Stage } from '../core/stages.ts'
import { stagesOf } from '../core/stages.ts'
import { type Subscriber, type Subscribers } from '../core/subscriber.ts'
import { settingsOn } from './calling-settings.ts'
import { type Form, readForm, type Unreadable } from './form.ts'
import { asNamed, readPerson } from './people-named.ts'
import { eligibilityOn, policyOn } from './policy.ts'

export type Answer = {
  readonly stages: readonly Stage[]
  readonly end: { readonly is: RingPlan['end']['is']; readonly at: number; readonly to?: string }
}

type Question = {
  readonly caller: Caller
  readonly owner: Subscriber
  readonly subscribers: Subscribers
  readonly presenceOf: (person: PersonId) => Presence
}

const callerKinds: ReadonlyArray<Caller['kind']> = ['internal', 'federated', 'pstn']
const presences: readonly Presence[] = ['available', 'inACall', 'doNotDisturb', 'offline']

/** Who rings, for how long, and how the call ends when nobody touches it. */
export function answerQuestion(json: unknown): Answer | Unreadable {
  return readForm(json, (form) => answer(questionOn(form)))
}

/** The same for a question written as JSON text. */
export function answerText(text: string): Answer | Unreadable {
  const json = parsed(text)
  return json === undefined
    ? { error: { code: 'E_FORMAT', message: 'This is not JSON: one question is one line.' } }
    : answerQuestion(json)
}

function answer({ caller, owner, subscribers, presenceOf }: Question): Answer {
  const plan = ringPlan(owner, caller, subscribers, presenceOf)
  const { end } = plan
  const ending = { is: end.is, at: endsAfter(plan) }
  if (end.is !== 'transfer') return { stages: stagesOf(plan), end: ending }
  const to = end.to.is === 'person' ? end.to.person : end.to.number
  return { stages: stagesOf(plan), end: { ...ending, to } }
}

function questionOn(form: Form): Question {
  const settings = byPerson(form.form('settings'), (people, key) => settingsOn(people.form(key), asNamed))
  const eligibilities = byPerson(form.form('people'), (people, key) => eligibilityOn(people.form(key)))
  const policies = byPerson(form.form('policies'), (people, key) => policyOn(people.form(key)))
  const presence = byPerson(
    form.form('presence'),
    (people, key) => people.word(key, presences) ?? 'available',
  )
  const subscribers = (id: PersonId): Subscriber => ({
    id,
    settings: settings.get(id) ?? neverConfigured,
    eligibility: eligibilities.get(id) ?? eligible,
    policy: policies.get(id) ?? globalPolicy,
  })
  return {
    caller: callerOn(form.form('caller')),
    owner: subscribers(readPerson(form, 'owner', asNamed) ?? ''),
    subscribers,
    presenceOf: (person) => presence.get(person) ?? 'available',
  }
}

function callerOn(form: Form): Caller {
  const kind = form.word('kind', callerKinds, asWritten)
  if (kind === null) form.complain('kind', `must be one of ${callerKinds.join(', ')}`)
  const id = form.value('id')
  if (id !== null && typeof id !== 'string') form.complain('id', 'must be an address or object id')
  return { kind: kind ?? 'internal', ...(typeof id === 'string' && { id: plainAddress(id) }) }
}

const asWritten = (word: string) => word

/** What a question says about each person; nobody may be in it twice in different letters. */
function byPerson<T>(people: Form, read: (people: Form, key: string) => T): ReadonlyMap<PersonId, T> {
  const found = new Map<PersonId, T>()
  for (const key of people.names) {
    const person = plainAddress(key)
    if (found.has(person)) people.complain(key, `must be the only entry for ${person}`, 'E_DUP')
    found.set(person, read(people, key))
  }
  return found
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
