/** Delegates: people who act for somebody else on the phone. */
import { type PersonId } from './person.ts'

export type DelegatePermission =
  'makeCalls' | 'receiveCalls' | 'manageSettings' | 'pickUpHeldCalls' | 'joinActiveCalls'

export const delegatePermissions: readonly DelegatePermission[] = [
  'makeCalls',
  'receiveCalls',
  'manageSettings',
  'pickUpHeldCalls',
  'joinActiveCalls',
]

export type Delegate = {
  readonly person: PersonId
  readonly may: readonly DelegatePermission[]
}

/** Microsoft: at most 25 delegates for one person, and one person is delegate for at most 25. */
export const mostDelegates = 25
export const mostManagers = 25

/** The delegates who take calls, in the order they were added. */
export function whoReceiveCalls(delegates: readonly Delegate[]): readonly PersonId[] {
  return delegates.filter((delegate) => delegate.may.includes('receiveCalls')).map(({ person }) => person)
}
