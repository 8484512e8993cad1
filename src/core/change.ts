/** What a change of settings comes to, and the small steps all changes are made of. */
import { type CallingSettings } from './calling-settings.ts'
import { type PersonId } from './person.ts'
import { type Refusal, type Warning } from './refusal.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'

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

/** Several changes as one: each sees what those before it changed, and when one is refused none is kept. */
export function inTurn(
  person: Subscriber,
  steps: ReadonlyArray<(person: Subscriber, subscribers: Subscribers) => Change>,
  subscribers: Subscribers,
): Change {
  const sheets = new Map<PersonId, CallingSettings>()
  const who: Subscribers = (id) => {
    const one = id === person.id ? person : subscribers(id)
    const settings = sheets.get(id)
    return settings === undefined ? one : { ...one, settings }
  }
  let warnings: readonly Warning[] = []
  for (const step of steps) {
    const change = step(who(person.id), who)
    if (change.refusals.length > 0) return refuse(...change.refusals)
    for (const [id, sheet] of change.sheets) sheets.set(id, sheet)
    warnings = change.warnings
  }
  const changed = [...sheets].filter(
    ([id, sheet]) => JSON.stringify(sheet) !== JSON.stringify(subscribers(id).settings),
  )
  return keep(changed, warnings)
}
