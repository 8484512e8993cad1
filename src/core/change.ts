/** What a change of settings comes to, and the small steps all changes are made of. */
import { type CallingSettings } from './calling-settings.ts'
import { type PersonId } from './person.ts'
import { type Refusal, type Warning } from './refusal.ts'

/** New sheets to keep, all of them or none; what was refused; what to warn about. */
export type Change = {
  readonly sheets: ReadonlyMap<PersonId, CallingSettings>
  readonly refusals: readonly Refusal[]
  readonly warnings: readonly Warning[]
}

/** Nothing had to be changed. */
export const unchanged: Change = { sheets: new Map(), refusals: [], warnings: [] }

/** Nothing is changed, for these reasons. */
export function refuse(...refusals: Refusal[]): Change {
  return { ...unchanged, refusals }
}

/** These sheets are to be kept. */
export function keep(
  sheets: Iterable<readonly [PersonId, CallingSettings]>,
  warnings: readonly Warning[] = [],
): Change {
  return { sheets: new Map(sheets), refusals: [], warnings }
}
