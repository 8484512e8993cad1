/** Every way to change settings, drawn at random. */
import fc from 'fast-check'
import { absorb } from '../../src/core/absorb.ts'
import { type Move } from '../../src/core/call-group.ts'
import { type Change } from '../../src/core/change.ts'
import { addDelegate, removeDelegate, setDelegatePermissions } from '../../src/core/delegates.ts'
import { delegatePermissions } from '../../src/core/delegate.ts'
import { addMembers, leaveGroup, moveMember, removeMember, takeBack } from '../../src/core/members.ts'
import { setRingOrder, turnSharingOff } from '../../src/core/members.ts'
import { setNotification, setOverride } from '../../src/core/notifications.ts'
import { type PersonId } from '../../src/core/person.ts'
import { type CallingPolicy } from '../../src/core/policy.ts'
import { endSharing, removePerson } from '../../src/core/remove-person.ts'
import { type Rules, setRules } from '../../src/core/rules.ts'
import { setGroup } from '../../src/core/set-group.ts'
import { sweep } from '../../src/core/sweep.ts'
import { type Target } from '../../src/core/target.ts'
import { ringTimeouts } from '../../src/core/unanswered.ts'
import { type Office } from './office.ts'

export type Operation = {
  readonly text: string
  readonly run: (office: Office) => Change
  /** Done twice, it has the effect of once. */
  readonly isRepeatable: boolean
  /** Some of it may be done while the rest is refused. */
  readonly isBatch: boolean
}

const notifications = ['ring', 'banner', 'mute'] as const
const moves: readonly Move[] = ['up', 'down', 'first', 'last']

/** One operation among these people, most often between the first two of them. */
export function anOperation(people: readonly PersonId[]): fc.Arbitrary<Operation> {
  const person = fc.oneof(fc.constantFrom(...people.slice(0, 2)), fc.constantFrom(...people))
  return fc.oneof(
    { weight: 8, arbitrary: onGroups(person) },
    { weight: 4, arbitrary: onRules(person) },
    { weight: 4, arbitrary: onDelegates(person) },
    { weight: 2, arbitrary: onOneself(person) },
    { weight: 1, arbitrary: onEverything(person) },
  )
}

/** A policy that takes one thing away, or nothing. */
export const aPolicy: fc.Arbitrary<Partial<CallingPolicy>> = fc.constantFrom<Partial<CallingPolicy>>(
  {},
  {},
  {},
  { allowCallGroups: false },
  { allowDelegation: false },
  { allowVoicemail: 'alwaysDisabled' },
  { allowVoicemail: 'alwaysEnabled' },
  { allowCallForwardingToUser: false },
)

function onGroups(person: fc.Arbitrary<PersonId>): fc.Arbitrary<Operation> {
  const crowd = fc.oneof(fc.tuple(person), fc.array(person, { minLength: 1, maxLength: 8, size: 'max' }))
  return fc.oneof(
    fc
      .tuple(person, crowd)
      .map(([owner, crowd]) =>
        operation(`${owner} takes ${crowd.join()} back`, ({ who }) => takeBack(who(owner), crowd, who)),
      ),
    fc.tuple(person, crowd).map(([owner, crowd]) =>
      operation(`${owner} adds ${crowd.join()}`, ({ who }) => addMembers(who(owner), crowd, who), {
        isBatch: true,
      }),
    ),
    fc
      .tuple(person, fc.uniqueArray(person, { maxLength: 8 }), fc.constantFrom('inOrder', 'simultaneous'))
      .map(([owner, members, order]) =>
        operation(`${owner} writes ${order} ${members.join()}`, ({ who }) =>
          setGroup(who(owner), { members, order }, who),
        ),
      ),
    fc
      .tuple(person, person)
      .map(([owner, one]) =>
        operation(`${owner} removes ${one}`, ({ who }) => removeMember(who(owner), one, who)),
      ),
    fc
      .tuple(person, person, fc.constantFrom(...moves))
      .map(([owner, one, move]) =>
        operation(
          `${owner} moves ${one} ${move}`,
          ({ who }) => moveMember(who(owner), one, move, who),
          move === 'up' || move === 'down' ? { isRepeatable: false } : {},
        ),
      ),
    fc
      .tuple(person, fc.constantFrom('inOrder', 'simultaneous'))
      .map(([owner, order]) =>
        operation(`${owner} rings ${order}`, ({ who }) => setRingOrder(who(owner), order, who)),
      ),
    fc
      .tuple(person, person)
      .map(([member, owner]) =>
        operation(`${member} leaves ${owner}`, ({ who }) => leaveGroup(who(member), owner, who)),
      ),
  )
}

function onRules(person: fc.Arbitrary<PersonId>): fc.Arbitrary<Operation> {
  return fc
    .tuple(person, someRules(person))
    .map(([owner, rules]) =>
      operation(`${owner} sets ${JSON.stringify(rules)}`, ({ who }) => setRules(who(owner), rules, who)),
    )
}

function onDelegates(person: fc.Arbitrary<PersonId>): fc.Arbitrary<Operation> {
  const may = fc.subarray([...delegatePermissions])
  return fc.oneof(
    fc
      .tuple(person, person, may)
      .map(([owner, one, may]) =>
        operation(`${owner} makes ${one} a delegate: ${may.join()}`, ({ who }) =>
          addDelegate(who(owner), one, may, who),
        ),
      ),
    fc
      .tuple(person, person, may)
      .map(([owner, one, may]) =>
        operation(`${owner} lets delegate ${one} ${may.join()}`, ({ who }) =>
          setDelegatePermissions(who(owner), one, may, who),
        ),
      ),
    fc
      .tuple(person, person)
      .map(([owner, one]) =>
        operation(`${owner} drops delegate ${one}`, ({ who }) => removeDelegate(who(owner), one, who)),
      ),
  )
}

function onOneself(person: fc.Arbitrary<PersonId>): fc.Arbitrary<Operation> {
  const notification = fc.constantFrom(...notifications)
  return fc.oneof(
    fc
      .tuple(person, person, notification)
      .map(([member, owner, how]) =>
        operation(`${member} lets ${owner} ${how}`, ({ who }) => setNotification(who(member), owner, how)),
      ),
    fc
      .tuple(person, fc.option(notification))
      .map(([member, how]) =>
        operation(`${member} lets all ${how ?? 'as chosen'}`, ({ who }) => setOverride(who(member), how)),
      ),
  )
}

/** What ends much at once, and so must be rare. */
function onEverything(person: fc.Arbitrary<PersonId>): fc.Arbitrary<Operation> {
  return fc.oneof(
    person.map((owner) =>
      operation(`${owner} turns sharing off`, ({ who }) => turnSharingOff(who(owner), who)),
    ),
    person.map((one) => operation(`${one} leaves for good`, ({ who }) => removePerson(who(one), who))),
    person.map((one) => operation(`${one} shares no more`, ({ who }) => endSharing(who(one), who))),
    person.map((one) => operation(`${one} is swept`, ({ who }) => sweep(who(one), who))),
    fc
      .tuple(person, person)
      .map(([into, from]) =>
        operation(`${from} turns out to be ${into}`, ({ who }) => absorb(who(into), who(from), who)),
      ),
  )
}

function operation(
  text: string,
  run: Operation['run'],
  traits: Partial<Pick<Operation, 'isRepeatable' | 'isBatch'>> = {},
): Operation {
  return { text, run, isRepeatable: true, isBatch: false, ...traits }
}

function someRules(person: fc.Arbitrary<PersonId>): fc.Arbitrary<Rules> {
  const target: fc.Arbitrary<Target> = fc.oneof(
    fc.constantFrom<Target>({ is: 'group' }, { is: 'delegates' }, { is: 'voicemail' }),
    person.map((person): Target => ({ is: 'person', person })),
  )
  const off = fc.constant({ is: 'off' } as const)
  const type = fc.constantFrom('immediate', 'simultaneous')
  const on = <Rule>(rule: Rule) => ({ is: 'on', rule }) as const
  return fc.record(
    {
      forwarding: fc.oneof(off, fc.record({ type, to: target }).map(on)),
      unanswered: fc.oneof(off, fc.record({ to: target, after: fc.constantFrom(...ringTimeouts) }).map(on)),
      busyOnBusy: fc.constantFrom(null, 'ringUser', 'playBusySignal'),
    },
    { requiredKeys: [] },
  )
}
