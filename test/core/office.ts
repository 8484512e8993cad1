/** People and their sheets for the tests of the rules: changes are kept here as the store would keep them. */
import { type CallingSettings, neverConfigured } from '../../src/core/calling-settings.ts'
import { type Change } from '../../src/core/change.ts'
import { addDelegate } from '../../src/core/delegates.ts'
import { type DelegatePermission } from '../../src/core/delegate.ts'
import { type Forwarding, type ForwardingType } from '../../src/core/forwarding.ts'
import { addMembers, setRingOrder } from '../../src/core/members.ts'
import { type PersonId } from '../../src/core/person.ts'
import { type CallingPolicy, eligible, type Eligibility, globalPolicy } from '../../src/core/policy.ts'
import { type Subscriber } from '../../src/core/subscriber.ts'
import { type Target } from '../../src/core/target.ts'
import { type RingTimeout, type Unanswered } from '../../src/core/unanswered.ts'

export class Office {
  readonly #people = new Map<PersonId, Subscriber>()

  readonly who = (id: PersonId): Subscriber =>
    this.#people.get(id) ?? { id, settings: neverConfigured, eligibility: eligible, policy: globalPolicy }

  sheet(id: PersonId): CallingSettings {
    return this.who(id).settings
  }

  members(id: PersonId): readonly PersonId[] {
    return this.sheet(id).group.members
  }

  allow(id: PersonId, policy: Partial<CallingPolicy>): void {
    const person = this.who(id)
    this.#people.set(id, { ...person, policy: { ...person.policy, ...policy } })
  }

  equip(id: PersonId, eligibility: Partial<Eligibility>): void {
    const person = this.who(id)
    this.#people.set(id, { ...person, eligibility: { ...person.eligibility, ...eligibility } })
  }

  /** Keeps what a change came to. Frozen, so that no rule can write into a sheet it was given. */
  keep(change: Change): Change {
    for (const [id, settings] of change.sheets)
      this.#people.set(id, { ...this.who(id), settings: frozen(settings) })
    return change
  }

  /** Every sheet that was ever written. */
  sheets(): ReadonlyArray<readonly [PersonId, CallingSettings]> {
    return [...this.#people].map(([id, { settings }]) => [id, settings] as const)
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen)
  return Object.freeze(value)
}

/** An office where ann's group has these members, in this order. */
export function annWith(members: readonly PersonId[], order: 'simultaneous' | 'inOrder' = 'simultaneous') {
  const office = new Office()
  office.keep(addMembers(office.who('ann'), members, office.who))
  office.keep(setRingOrder(office.who('ann'), order, office.who))
  return office
}

/** An office where ann has one delegate who may do this. */
export function annWithDelegate(person: PersonId, may: readonly DelegatePermission[]): Office {
  const office = new Office()
  office.keep(addDelegate(office.who('ann'), person, may, office.who))
  return office
}

/** bo1, bo2, … */
export function bos(count: number): readonly PersonId[] {
  return Array.from({ length: count }, (_, index) => `bo${index + 1}`)
}

export function forward(type: ForwardingType, to: Target): { readonly forwarding: Forwarding } {
  return { forwarding: { is: 'on', rule: { type, to } } }
}

export function ifUnanswered(to: Target, after: RingTimeout = 20): { readonly unanswered: Unanswered } {
  return { unanswered: { is: 'on', rule: { to, after } } }
}

export function codes(change: Change): readonly string[] {
  return [...change.refusals, ...change.warnings].map(({ code }) => code)
}
