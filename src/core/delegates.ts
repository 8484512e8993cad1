/** Delegates: adding, removing, what each may do, and who may change somebody else's settings. */
import { type CallingSettings, rulesUsing } from './calling-settings.ts'
import { type Change, keep, refuse, unchanged } from './change.ts'
import {
  type Delegate,
  type DelegatePermission,
  delegatePermissions,
  mostDelegates,
  mostManagers,
  whoReceiveCalls,
} from './delegate.ts'
import { type PersonId } from './person.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'
import { warningsFor } from './warnings.ts'

/** Makes somebody a delegate with these permissions. */
export function addDelegate(
  owner: Subscriber,
  person: PersonId,
  may: readonly DelegatePermission[],
  subscribers: Subscribers,
): Change {
  const { delegates } = owner.settings
  const delegate = subscribers(person)
  if (!owner.policy.allowDelegation) return refuse({ code: 'E_POLICY_DELEG' })
  if (person === owner.id) return refuse({ code: 'E_SELF', person })
  if (delegates.some((one) => one.person === person)) return refuse({ code: 'E_DUP', person })
  if (delegates.length >= mostDelegates)
    return refuse({ code: 'E_DELEGATE_LIMIT', person, side: 'delegates' })
  if (delegate.settings.managers.length >= mostManagers)
    return refuse({ code: 'E_DELEGATE_LIMIT', person, side: 'managers' })
  if (reaches(delegate, owner.id, subscribers)) return refuse({ code: 'E_DELEGATE_CIRCLE', person })
  const managers = [...delegate.settings.managers, owner.id]
  return withDelegates(owner, [...delegates, { person, may: inOrder(may) }], subscribers, [
    [person, { ...delegate.settings, managers }],
  ])
}

/** Changes what a delegate may do. */
export function setDelegatePermissions(
  owner: Subscriber,
  person: PersonId,
  may: readonly DelegatePermission[],
  subscribers: Subscribers,
): Change {
  const { delegates } = owner.settings
  const before = delegates.find((one) => one.person === person)
  if (!before) return refuse({ code: 'E_NOT_FOUND', person })
  const after: Delegate = { person, may: inOrder(may) }
  if (inOrder(before.may).join() === after.may.join()) return unchanged
  return withDelegates(
    owner,
    delegates.map((one) => (one === before ? after : one)),
    subscribers,
    [],
  )
}

/** Ends somebody's being a delegate. */
export function removeDelegate(owner: Subscriber, person: PersonId, subscribers: Subscribers): Change {
  const { delegates } = owner.settings
  if (!delegates.some((one) => one.person === person)) return refuse({ code: 'E_NOT_FOUND', person })
  const { settings } = subscribers(person)
  const managers = settings.managers.filter((manager) => manager !== owner.id)
  return withDelegates(
    owner,
    delegates.filter((one) => one.person !== person),
    subscribers,
    [[person, { ...settings, managers }]],
  )
}

/** Whether this person may change the owner's settings: the owner, and delegates who were given that. */
export function mayManage(settings: CallingSettings, owner: PersonId, person: PersonId): boolean {
  return (
    person === owner ||
    settings.delegates.some((one) => one.person === person && one.may.includes('manageSettings'))
  )
}

function withDelegates(
  owner: Subscriber,
  delegates: readonly Delegate[],
  subscribers: Subscribers,
  others: ReadonlyArray<readonly [PersonId, CallingSettings]>,
): Change {
  const isNeeded = rulesUsing(owner.settings, 'delegates').length > 0
  if (isNeeded && whoReceiveCalls(delegates).length === 0) return refuse({ code: 'E_NO_DELEGATE' })
  const settings = { ...owner.settings, delegates }
  return keep([[owner.id, settings], ...others], warningsFor({ ...owner, settings }, subscribers))
}

/** Each permission once, in the one order that makes equal permissions look equal. */
function inOrder(may: readonly DelegatePermission[]): readonly DelegatePermission[] {
  return delegatePermissions.filter((permission) => may.includes(permission))
}

/** Whether delegation leads from this person to that one, over any number of steps. */
export function reaches(from: Subscriber, to: PersonId, subscribers: Subscribers): boolean {
  const seen = new Set<PersonId>([from.id])
  const waiting = [from]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const { person } of next.settings.delegates) {
      if (person === to) return true
      if (!seen.has(person)) waiting.push(subscribers(person))
      seen.add(person)
    }
  }
  return false
}
