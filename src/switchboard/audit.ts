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
  const [then, now] = [choicesOf(before), choicesOf(after)]
  const stays = Object.keys(then).filter((choice) => choice in now)
  return [...differing(ownPart(before), ownPart(after)), ...differing(pick(then, stays), pick(now, stays))]
}

type Parts = Readonly<Record<string, unknown>>

/** The parts of two values that differ, by name. */
export function differing(then: Parts, now: Parts): readonly AuditPart[] {
  return [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .filter((part) => JSON.stringify(then[part]) !== JSON.stringify(now[part]))
    .map((part) => ({ part, before: then[part] ?? null, after: now[part] ?? null }))
}

function ownPart({ memberships: _, managers: __, ...own }: CallingSettings): Parts {
  return own
}

/** How somebody chose to be told by each group. */
function choicesOf({ memberships }: CallingSettings): Parts {
  const choices = new Map(
    memberships.map(({ owner, notification }) => [`notification ${owner}`, notification]),
  )
  return Object.fromEntries(choices)
}

function pick(parts: Parts, names: readonly string[]): Parts {
  return Object.fromEntries(names.map((name): [string, unknown] => [name, parts[name]]))
}
