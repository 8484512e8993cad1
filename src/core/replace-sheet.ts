/** Replacing everything somebody's sheet says itself, as an import does. */
import { type CallingSettings } from './calling-settings.ts'
import { type Change, inTurn, unchanged } from './change.ts'
import { addDelegate, removeDelegate, setDelegatePermissions } from './delegates.ts'
import { setOverride } from './notifications.ts'
import { setRules } from './rules.ts'
import { setGroup } from './set-group.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'

/**
 * The sheet as it is to be, in an order in which no step is in the way of the next. A sheet that says this already stays,
 * whatever may be set up by now.
 */
export function replaceSheet(person: Subscriber, sheet: CallingSettings, subscribers: Subscribers): Change {
  const before = person.settings
  if (ownPart(before) === ownPart(sheet)) return unchanged
  const { forwarding, unanswered, busyOnBusy } = sheet
  const gone = before.delegates.filter(
    ({ person: one }) => !sheet.delegates.some((other) => other.person === one),
  )
  return inTurn(
    person,
    [
      (one, who) => setRules(one, { forwarding: { is: 'neverSet' }, unanswered: { is: 'neverSet' } }, who),
      (one, who) => setGroup(one, sheet.group, who),
      ...gone.map(
        ({ person: delegate }) =>
          (one: Subscriber, who: Subscribers) =>
            removeDelegate(one, delegate, who),
      ),
      ...sheet.delegates.map(
        ({ person: delegate, may }) =>
          (one: Subscriber, who: Subscribers) =>
            one.settings.delegates.some((other) => other.person === delegate)
              ? setDelegatePermissions(one, delegate, may, who)
              : addDelegate(one, delegate, may, who),
      ),
      (one, who) => setRules(one, { forwarding, unanswered, busyOnBusy }, who),
      (one) => setOverride(one, sheet.override),
    ],
    subscribers,
  )
}

/** What a sheet says itself; memberships and managers mirror the sheets of others. */
function ownPart(settings: CallingSettings): string {
  const { group, forwarding, unanswered, delegates, busyOnBusy, override } = settings
  return JSON.stringify([group, forwarding, unanswered, delegates, busyOnBusy, override])
}
