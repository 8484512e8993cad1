/** What of somebody's sheet can be written in a script: without people whom Teams cannot know by the names that are kept. */
import { leftOut, quotedPerson, remark, shown } from './power-shell-values.ts'
import { type SettingsSheet } from './settings-sheet.ts'

export type Writable = {
  readonly name: string
  readonly sheet: SettingsSheet
  /** The person, as a parameter. */
  readonly who: string
  /** People, quoted. */
  readonly members: readonly string[]
  readonly delegates: readonly WritableDelegate[]
  /** Delegates who take calls. */
  readonly takers: readonly WritableDelegate[]
  readonly memberships: ReadonlyArray<{ readonly owner: string; readonly notification: string }>
  /** Who and what is left out, and why. */
  readonly remarks: readonly string[]
}

export type WritableDelegate = {
  readonly person: string
  readonly may: ReadonlyArray<readonly [permission: string, isGiven: boolean]>
}

/** A sheet as far as it can be written; null when its owner cannot be named. */
export function writable(name: string, sheet: SettingsSheet): Writable | null {
  const who = quotedPerson(name)
  if (who === null) return null
  const remarks: string[] = []
  const named = <T>(people: readonly T[], nameOf: (one: T) => string, list: string) =>
    people.flatMap((one) => {
      const person = quotedPerson(nameOf(one))
      if (person === null) remarks.push(leftOut(`of the ${list} of ${shown(name)}`, nameOf(one)))
      return person === null ? [] : [{ person, one }]
    })
  const members = named(sheet.CallGroupTargets, (member) => member, 'call group')
  const delegates = named(sheet.Delegates, ({ Id }) => String(Id), 'delegates').map(({ person, one }) => {
    const may = Object.entries(one).filter(([field]) => field !== 'Id')
    return { person, may: may.map(([permission, isGiven]) => [permission, isGiven === true] as const) }
  })
  const memberships = named(sheet.GroupMembershipDetails, (one) => one.CallGroupOwnerId, 'memberships')
  if (sheet.CallGroupRungByTeams === true)
    remarks.push(remark(`Left out: CallGroupRungByTeams of ${shown(name)}, since Teams has nothing like it.`))
  return {
    name,
    sheet,
    who: `-Identity ${who}`,
    members: members.map(({ person }) => person),
    delegates,
    takers: delegates.filter(({ may }) =>
      may.some(([permission, isGiven]) => permission === 'ReceiveCalls' && isGiven),
    ),
    memberships: memberships.map(({ person, one }) => ({
      owner: person,
      notification: one.NotificationSetting,
    })),
    remarks,
  }
}

/** The beginning of a command that changes this person's settings. */
export function setCommand({ who }: Writable): string {
  return `Set-CsUserCallingSettings ${who}`
}
