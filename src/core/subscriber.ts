/** A person with everything the rules may ask about them. */
import { type CallingSettings } from './calling-settings.ts'
import { type PersonId } from './person.ts'
import { type CallingPolicy, type Eligibility } from './policy.ts'

export type Subscriber = {
  readonly id: PersonId
  readonly settings: CallingSettings
  readonly eligibility: Eligibility
  readonly policy: CallingPolicy
}

/** Everybody a rule may have to look at. Unknown people are subscribers who never configured anything. */
export type Subscribers = (person: PersonId) => Subscriber
