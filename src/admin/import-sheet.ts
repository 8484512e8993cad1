/** What a row of an import writes on somebody's sheet: the parameter groups that are all there. The rest is left alone. */
import { type CallingSettings, neverConfigured } from '../core/calling-settings.ts'
import { type Change, refuse } from '../core/change.ts'
import { delegatePermissions } from '../core/delegate.ts'
import { type GroupMembership } from '../core/notification.ts'
import { type PersonId } from '../core/person.ts'
import { type Refusal } from '../core/refusal.ts'
import { type Subscriber, type Subscribers } from '../core/subscriber.ts'
import { replaceParts, type SheetParts } from '../core/write-parts.ts'
import { recordsOf } from './calling-settings.ts'
import { capitalised, type Form } from './form.ts'
import { groupsNamed } from './groups-written.ts'
import { type Edit, type Written } from './parameter-groups.ts'
import { type PersonOf } from './people-named.ts'
import { peopleOn } from './user-settings.ts'

export type ImportSheet = {
  readonly edits: readonly Edit[]
  /** What was left as it is because a part of it is not there, a sentence each. */
  readonly leftAlone: readonly string[]
}

/** Reads what a row says; `misspelt` are the fields that it has under a wrong name. */
export function importSheetOn(form: Form, personOf: PersonOf, misspelt: ReadonlySet<string>): ImportSheet {
  const edits: Edit[] = []
  const leftAlone: string[] = []
  for (const { group, missing } of groupsNamed([...form.names, ...misspelt])) {
    const lacking = missing.filter((field) => !group.optional.includes(field) || isNeeded(form, field))
    if (lacking.length > 0)
      leftAlone.push(
        `${lacking.join(' and ')} ${lacking.length === 1 ? 'is' : 'are'} missing, so ${group.name} was left as it is.`,
      )
    else if (!group.fields.some((field) => misspelt.has(field))) edits.push(group.read(form, personOf))
  }
  // Delegators only mirror the delegates of others; what cannot be read there is said all the same.
  recordsOf(form, 'Delegators', 'Id', personOf, (person) => person)
  if (form.names.includes('Delegates') && !misspelt.has('Delegates')) edits.push(delegatesOn(form, personOf))
  return { edits, leftAlone: [...leftAlone, ...choicesMissing(form, misspelt)] }
}

/** Makes somebody's sheet what the row says of it. */
export function replaceSheet({ edits }: ImportSheet, person: Subscriber, subscribers: Subscribers): Change {
  const written = writtenOn(person.settings, edits)
  if ('code' in written) return refuse(written)
  return replaceParts(person, ownOf(written), subscribers)
}

/** How somebody wants to be told by the groups they are in. */
export function choicesOn(sheet: ImportSheet): readonly GroupMembership[] {
  return partsOn(sheet).flatMap(({ memberships }) => memberships ?? [])
}

/** Whom the row makes part of a sheet; the owners of groups that somebody is in have sheets of their own. */
export function peopleOnto(sheet: ImportSheet): readonly PersonId[] {
  return partsOn(sheet).flatMap((written) => peopleOn({ ...neverConfigured, ...ownOf(written) }))
}

/** What somebody sets on their own sheet; the groups they are in are others'. */
function ownOf({ memberships: _, ...own }: Written): SheetParts {
  return own
}

function partsOn({ edits }: ImportSheet): readonly Written[] {
  return edits.flatMap((edit) => {
    const written = edit(neverConfigured)
    return 'code' in written ? [] : [written]
  })
}

/** What all edits come to, each of what those before it left. */
function writtenOn(before: CallingSettings, edits: readonly Edit[]): Written | Refusal {
  let parts: Written = {}
  for (const edit of edits) {
    const written = edit({ ...before, ...parts })
    if ('code' in written) return written
    parts = { ...parts, ...written }
  }
  return parts
}

/** A single target is part of the rule that leads there. */
function isNeeded(form: Form, field: string): boolean {
  const type = form.value(`${field}Type`)
  return typeof type === 'string' && type.trim().toLowerCase() === 'singletarget'
}

/** Delegates as they are listed, with what each may do; a permission that is not there stays as it was. */
function delegatesOn(form: Form, personOf: PersonOf): Edit {
  const records = recordsOf(form, 'Delegates', 'Id', personOf, (person, record) => ({
    person,
    said: delegatePermissions.map((permission) => record.flag(capitalised(permission))),
  }))
  return (before) => ({
    delegates: records.map(({ person, said }) => {
      const had = before.delegates.find((one) => one.person === person)?.may ?? []
      return { person, may: delegatePermissions.filter((one, index) => said[index] ?? had.includes(one)) }
    }),
  })
}

function choicesMissing(form: Form, misspelt: ReadonlySet<string>): readonly string[] {
  const field = 'GroupMembershipDetails'
  if (misspelt.has(field)) return []
  return form
    .forms(field)
    .filter(({ names }) => !names.includes('NotificationSetting'))
    .map((choice) => {
      const owner = choice.value('CallGroupOwnerId')
      return `NotificationSetting is missing for the group of ${String(owner)}, so that choice was left as it is.`
    })
}
