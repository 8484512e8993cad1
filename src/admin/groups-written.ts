/** Which parameter groups a piece of JSON writes: one in a call, as many as it has in a row of an import. */
import { type Change, refuse } from '../core/change.ts'
import { setNotifications } from '../core/notifications.ts'
import { type Subscriber, type Subscribers } from '../core/subscriber.ts'
import { writeParts } from '../core/write-parts.ts'
import { type Form, readForm, type Unreadable } from './form.ts'
import { type Edit, type ParameterGroup, parameterGroups } from './parameter-groups.ts'
import { type PersonOf } from './people-named.ts'

/** What writing a group does to a person's sheet. */
export type Write = (person: Subscriber, subscribers: Subscribers) => Change

/** Fields that Get-CsUserCallingSettings prints and that say who somebody is: read back unchanged, they are no change. */
const identity = ['SipUri', 'Identity']

/** The groups that fields belong to, each with its fields that are not among them. */
export function groupsNamed(
  fields: readonly string[],
): ReadonlyArray<{ readonly group: ParameterGroup; readonly missing: readonly string[] }> {
  const named = parameterGroups.map((group) => ({
    group,
    given: group.fields.filter((field) => fields.includes(field)),
  }))
  // A field may be in two groups: that one is meant which has more of what was named, or else the smaller one.
  const meant = named.filter(({ given: [first], given }, place) => {
    const rivals = named.filter((other) => first !== undefined && other.given.includes(first))
    const most = Math.max(...rivals.map((other) => other.given.length))
    return given.length > 0 && rivals.find((other) => other.given.length === most) === named[place]
  })
  return meant.map(({ group, given }) => ({
    group,
    missing: group.fields.filter((field) => !given.includes(field)),
  }))
}

/** What one call writes; a problem when it is no parameter group, or a part of one. */
export function readParameterGroup(json: unknown, personOf: PersonOf): Write | Unreadable {
  return readForm(json, (form) => {
    const given = form.names.filter((name) => !identity.includes(name))
    const unknown = given.find((name) => !parameterFields.includes(name))
    const [named, ...more] = groupsNamed(given)
    if (unknown !== undefined || named === undefined || more.length > 0) return notOneGroup(form, unknown)
    const { group, missing } = named
    for (const field of missing)
      if (!group.optional.includes(field))
        form.object(`${field} is missing: the group ${group.name} is written whole.`)
    return writing(group.read(form, personOf))
  })
}

/** Every field of every group. */
const parameterFields: readonly string[] = [...new Set(parameterGroups.flatMap(({ fields }) => fields))]

function writing(edit: Edit): Write {
  return (person, who) => {
    const written = edit(person.settings)
    if ('code' in written) return refuse(written)
    const { memberships, ...parts } = written
    return memberships === undefined
      ? writeParts(person, parts, who)
      : setNotifications(person, memberships, who)
  }
}

function notOneGroup(form: Form, unknown: string | undefined): Write {
  const groups = parameterGroups.map(({ name, fields }) => `${name} (${fields.join(', ')})`).join('; ')
  const what =
    unknown === undefined ? 'Write one parameter group a call, whole.' : `${unknown} cannot be written here.`
  const isElsewhere = unknown === 'Delegates' || unknown === 'Delegators'
  form.object(`${what}${isElsewhere ? ` ${delegatesElsewhere}` : ''} The groups are: ${groups}.`)
  return () => refuse()
}

const delegatesElsewhere = 'Delegates have a route of their own, /users/{user}/delegates.'
