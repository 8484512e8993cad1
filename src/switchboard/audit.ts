/** What is written down about a change: the parts of a sheet that are no longer as they were. */
import { type CallingSettings } from '../core/calling-settings.ts'
import { type AuditPart, type AuditRow } from '../store/store.ts'
import { type Author } from './author.ts'

/** One row about one person, or about a policy. */
export function auditRow(
  at: number,
  { person, door }: Author,
  about: string,
  parts: readonly AuditPart[],
): AuditRow {
  return { at, about, by: person, door, parts }
}

/** The parts of a sheet that differ. What only mirrors another sheet is written down with that one. */
export function changedParts(before: CallingSettings, after: CallingSettings): readonly AuditPart[] {
  const [then, now] = [partsOf(before), partsOf(after)]
  return differing(then, now)
}

/** The parts of two values that differ, by name. */
export function differing(
  then: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): readonly AuditPart[] {
  return [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .filter((part) => JSON.stringify(then[part]) !== JSON.stringify(now[part]))
    .map((part) => ({ part, before: then[part] ?? null, after: now[part] ?? null }))
}

function partsOf({ memberships, managers: _, ...own }: CallingSettings): Readonly<Record<string, unknown>> {
  const notifications = new Map(
    memberships.map(({ owner, notification }) => [`notification ${owner}`, notification]),
  )
  return { ...own, ...Object.fromEntries(notifications) }
}
