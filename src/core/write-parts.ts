/** Writing parts of a sheet that its owner sets: one group of parameters, or everything at once as an import does. */
import { type CallingSettings, neverConfigured, rulesUsing } from './calling-settings.ts'
import { type Change, inTurn } from './change.ts'
import { type Delegate } from './delegate.ts'
import { addDelegate, removeDelegate, setDelegatePermissions } from './delegates.ts'
import { setOverride } from './notifications.ts'
import { setRules } from './rules.ts'
import { setGroup } from './set-group.ts'
import { type Subscriber, type Subscribers } from './subscriber.ts'

/** What an owner sets, as far as it is written; memberships and managers mirror the sheets of others. */
export type SheetParts = Partial<Omit<CallingSettings, 'memberships' | 'managers'>>

type Step = (person: Subscriber, subscribers: Subscribers) => Change

/** Writes these parts, in an order in which no step is in the way of the next. */
export function writeParts(person: Subscriber, parts: SheetParts, subscribers: Subscribers): Change {
  return inTurn(person, stepsTo(person, parts), subscribers)
}

/**
 * Writes these parts as they are to be, whatever was there: a rule that goes off is kept for next time only if it says so.
 * A part that says this already stays, whatever may be set up by now.
 */
export function replaceParts(person: Subscriber, parts: SheetParts, subscribers: Subscribers): Change {
  const changed = withRulesInTheWay(person.settings, changedIn(person.settings, parts))
  const forgotten = {
    ...(changed.forwarding ? { forwarding: neverConfigured.forwarding } : {}),
    ...(changed.unanswered ? { unanswered: neverConfigured.unanswered } : {}),
  }
  const forget: Step = (one, who) => setRules(one, forgotten, who)
  return inTurn(person, [forget, ...stepsTo(person, changed)], subscribers)
}

function changedIn(before: CallingSettings, parts: SheetParts): SheetParts {
  const names = Object.keys(parts) as ReadonlyArray<keyof SheetParts>
  const changed = names.filter((name) => JSON.stringify(parts[name]) !== JSON.stringify(before[name]))
  return Object.fromEntries(changed.map((name) => [name, parts[name]]))
}

/** Delegates change one by one: a rule that leads to them would be in the way, so it is forgotten and written again. */
function withRulesInTheWay(before: CallingSettings, changed: SheetParts): SheetParts {
  if (changed.delegates === undefined) return changed
  const inTheWay = rulesUsing(before, 'delegates').filter((rule) => changed[rule] === undefined)
  return { ...changed, ...Object.fromEntries(inTheWay.map((rule) => [rule, before[rule]])) }
}

function stepsTo({ settings }: Subscriber, parts: SheetParts): readonly Step[] {
  const { group, delegates, override, forwarding, unanswered, busyOnBusy } = parts
  const hasRules = [forwarding, unanswered, busyOnBusy].some((rule) => rule !== undefined)
  return [
    ...(group === undefined ? [] : [(one: Subscriber, who: Subscribers) => setGroup(one, group, who)]),
    ...(delegates === undefined ? [] : delegateSteps(settings.delegates, delegates)),
    ...(hasRules
      ? [(one: Subscriber, who: Subscribers) => setRules(one, { forwarding, unanswered, busyOnBusy }, who)]
      : []),
    ...(override === undefined ? [] : [(one: Subscriber) => setOverride(one, override)]),
  ]
}

function delegateSteps(before: readonly Delegate[], after: readonly Delegate[]): readonly Step[] {
  const isIn = (list: readonly Delegate[], person: string) => list.some((one) => one.person === person)
  const gone = before.filter(({ person }) => !isIn(after, person))
  return [
    ...gone.map(
      ({ person: delegate }): Step =>
        (one, who) =>
          removeDelegate(one, delegate, who),
    ),
    ...after.map(
      ({ person: delegate, may }): Step =>
        (one, who) =>
          isIn(before, delegate)
            ? setDelegatePermissions(one, delegate, may, who)
            : addDelegate(one, delegate, may, who),
    ),
  ]
}
