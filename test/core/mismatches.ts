/** What must hold between people's sheets after any change; says in words what does not. */
import { mostInOrder, mostMembers } from '../../src/core/call-group.ts'
import { type CallingSettings, neverConfigured, rulesUsing } from '../../src/core/calling-settings.ts'
import { mostDelegates, mostManagers, whoReceiveCalls } from '../../src/core/delegate.ts'
import { mostGroupsPerMember } from '../../src/core/notification.ts'
import { type PersonId } from '../../src/core/person.ts'

type Sheets = ReadonlyMap<PersonId, CallingSettings>

/** Every disagreement between the sheets; none when all is well. */
export function mismatches(all: Iterable<readonly [PersonId, CallingSettings]>): readonly string[] {
  const sheets: Sheets = new Map(all)
  return [...sheets].flatMap(([id, sheet]) => [
    ...bothWays(id, sheet, sheets),
    ...limits(id, sheet),
    ...targets(id, sheet),
    ...circle(id, sheets),
  ])
}

function bothWays(id: PersonId, sheet: CallingSettings, sheets: Sheets): readonly string[] {
  const other = (person: PersonId) => sheets.get(person) ?? neverConfigured
  const owners = sheet.memberships.map(({ owner }) => owner)
  const delegates = sheet.delegates.map(({ person }) => person)
  const lists = { members: sheet.group.members, owners, delegates, managers: sheet.managers }
  return [
    ...Object.entries(lists).flatMap(([name, list]) => [
      ...unless(new Set(list).size === list.length, `${id} has somebody twice in ${name}`),
      ...unless(!list.includes(id), `${id} is in their own ${name}`),
    ]),
    ...lists.members.flatMap((member) =>
      unless(
        other(member).memberships.some(({ owner }) => owner === id),
        `${member} does not know of being in ${id}'s group`,
      ),
    ),
    ...owners.flatMap((owner) =>
      unless(
        other(owner).group.members.includes(id),
        `${id} takes themselves for a member of ${owner}'s group`,
      ),
    ),
    ...delegates.flatMap((person) =>
      unless(other(person).managers.includes(id), `${person} does not know of being ${id}'s delegate`),
    ),
    ...sheet.managers.flatMap((manager) =>
      unless(
        other(manager).delegates.some(({ person }) => person === id),
        `${id} takes themselves for a delegate of ${manager}`,
      ),
    ),
  ]
}

function limits(id: PersonId, { group, memberships, delegates, managers }: CallingSettings) {
  return [
    ...unless(group.members.length <= mostMembers, `${id}'s group is too big`),
    ...unless(
      group.order !== 'inOrder' || group.members.length <= mostInOrder,
      `${id} rings too many in order`,
    ),
    ...unless(memberships.length <= mostGroupsPerMember, `${id} is in too many groups`),
    ...unless(delegates.length <= mostDelegates, `${id} has too many delegates`),
    ...unless(managers.length <= mostManagers, `${id} has too many managers`),
  ]
}

function targets(id: PersonId, sheet: CallingSettings) {
  const { forwarding } = sheet
  const alsoRings =
    forwarding.is === 'on' && forwarding.rule.type === 'simultaneous' ? forwarding.rule.to : null
  return [
    ...unless(
      rulesUsing(sheet, 'group').length === 0 || sheet.group.members.length > 0,
      `${id}'s calls go to an empty group`,
    ),
    ...unless(
      rulesUsing(sheet, 'delegates').length === 0 || whoReceiveCalls(sheet.delegates).length > 0,
      `${id}'s calls go to delegates, and none takes calls`,
    ),
    ...unless(alsoRings?.is !== 'voicemail', `${id} also rings voicemail`),
  ]
}

/** Delegation that comes back to where it began. */
function circle(id: PersonId, sheets: Sheets): readonly string[] {
  const seen = new Set<PersonId>()
  const reach = (from: PersonId) => {
    for (const { person } of sheets.get(from)?.delegates ?? []) {
      if (!seen.has(person)) {
        seen.add(person)
        reach(person)
      }
    }
  }
  reach(id)
  return unless(!seen.has(id), `${id} is a delegate of a delegate of theirs`)
}

function unless(holds: boolean, complaint: string): readonly string[] {
  return holds ? [] : [complaint]
}
