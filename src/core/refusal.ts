/** Every "no" and every "yes, but" that a rule of calling can give. The words for people are in chat/draw/refusal.ts. */
import { type AddressFault, addressFault, type PersonId } from './person.ts'
import { type RuleName } from './calling-settings.ts'

export type Refusal =
  | { readonly code: 'E_GROUP_FULL'; readonly person: PersonId; readonly count: number }
  | { readonly code: 'E_GROUP_CHARS'; readonly person: PersonId; readonly size: number }
  | { readonly code: 'E_MEMBER_QUOTA'; readonly person: PersonId }
  | { readonly code: 'E_ORDER_LIMIT'; readonly count: number }
  | { readonly code: 'E_SELF' | 'E_DUP'; readonly person: PersonId }
  | ({ readonly code: 'E_NOT_FOUND' | 'E_EXTERNAL' | 'E_KIND'; readonly given: string } & Unclear)
  /** Somebody we know, who is not on the list of members or delegates that was to change. */
  | { readonly code: 'E_NOT_FOUND'; readonly person: PersonId }
  | { readonly code: 'E_NOT_TEAMS_ONLY' | 'E_NO_LICENCE'; readonly person: PersonId }
  | { readonly code: PolicyRefusal }
  | { readonly code: 'E_EMPTY_GROUP' | 'E_NO_DELEGATE' | 'E_VM_SIMULTANEOUS' }
  | { readonly code: 'E_GROUP_IN_USE'; readonly uses: readonly RuleName[] }
  | { readonly code: 'E_DELAY' | 'E_TARGET_FORMAT'; readonly given: string }
  | { readonly code: 'E_NOT_MEMBER'; readonly owner: PersonId }
  | { readonly code: 'E_DELEGATE_LIMIT'; readonly person: PersonId; readonly side: 'delegates' | 'managers' }
  | { readonly code: 'E_DELEGATE_CIRCLE'; readonly person: PersonId }
  | { readonly code: 'E_STALE_CARD' | 'E_FORBIDDEN' }

/** Why what was given names nobody, where more is known than that. */
export type Unclear = {
  /** Several people have that name. */
  readonly isAmbiguous?: true
  /** "Smith, John" may be one person, or two. */
  readonly isOneOrTwo?: true
  /** It was meant as an address, but nobody can have it. */
  readonly fault?: AddressFault
}

export type PolicyRefusal =
  | 'E_POLICY_GROUPS'
  | 'E_POLICY_USER'
  | 'E_POLICY_PHONE'
  | 'E_POLICY_DELEG'
  | 'E_POLICY_VM'
  | 'E_POLICY_CALLING'

/** A warning saves the change and says what its author may not have meant. */
export type Warning =
  | { readonly code: 'W_ORDER_CUTOFF'; readonly unreachable: readonly PersonId[] }
  | { readonly code: 'W_SAME_TARGET' | 'W_ALL_MUTED' }
  | { readonly code: 'W_STALE_TARGET'; readonly rule: RuleName }
  /** The 6th member of a group that rang in order: it now rings everyone at once. */
  | { readonly code: 'W_ORDER_SWITCHED' }

/** Whether this was said with a change that was kept. */
export function isWarning(told: Refusal | Warning): told is Warning {
  return told.code.startsWith('W_')
}

/** The "no" to an address that nobody can have, with what is wrong with it. */
export function impossibleAddress(given: string): Refusal {
  const fault = addressFault(given)
  return { code: 'E_NOT_FOUND', given, ...(fault === null ? {} : { fault }) }
}
