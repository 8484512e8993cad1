/** One person's settings as lines of PowerShell for the MicrosoftTeams module: they make the same settings in Teams. */
import { busyLines, ruleLines } from './power-shell-rules.ts'
import { setCommand, type Writable, writable, type WritableDelegate } from './power-shell-sheet.ts'
import { leftOut, quotedWord } from './power-shell-values.ts'
import { type SettingsSheet } from './settings-sheet.ts'

export type PowerShell = {
  /** What is in Teams and not here goes first, for everybody: it may be in the way of others. */
  readonly goes: readonly string[]
  /** Group and delegates. */
  readonly lists: readonly string[]
  /** Where calls go; it may lead to the lists. */
  readonly rules: readonly string[]
  /** How groups may notify; it needs the groups of others. */
  readonly choices: readonly string[]
}

const newerPermissions: readonly string[] = ['PickUpHeldCalls', 'JoinActiveCalls']
/** What older versions of the module do not have, by the version that brought it. */
export const newerParameters: ReadonlyArray<readonly [version: string, parameters: readonly string[]]> = [
  ['7.5.0', newerPermissions],
  ['8.0.0', ['BusyOnBusyOption']],
]

/** The lines that bring whoever has this name in Teams to these settings. Rules that were never set stay as they are there. */
export function powerShellOf(name: string, sheet: SettingsSheet): PowerShell {
  const one = writable(name, sheet)
  if (one === null) return { goes: [leftOut('with all settings', name)], lists: [], rules: [], choices: [] }
  return {
    goes: [...one.remarks, lettingGo(one)],
    lists: [groupLine(one), ...delegateLines(one)],
    rules: [...ruleLines(one), ...busyLines(one)],
    choices: choiceLines(one),
  }
}

/**
 * Takes away in Teams what is not here: delegates, rules that lead where nobody is left, and an override. Teams keeps an
 * override for good, but only Mute changes anything.
 */
function lettingGo(one: Writable): string {
  const empty = [
    ...(one.members.length === 0 ? ["'Group'"] : []),
    ...(one.takers.length === 0 ? ["'MyDelegates'"] : []),
  ].join(',')
  const leads = (rule: string) => `$_.Is${rule}Enabled -and $_.${rule}TargetType -in @(${empty})`
  const set = setCommand(one)
  const toVoicemail = "-UnansweredTargetType 'Voicemail' -UnansweredDelay $_.UnansweredDelay"
  const steps = [
    ...(empty === ''
      ? []
      : [
          `if (${leads('Forwarding')}) { ${set} -IsForwardingEnabled $false }`,
          `if (${leads('Unanswered')}) { ${set} -IsUnansweredEnabled $true ${toVoicemail} }`,
        ]),
    ...(one.sheet.GroupNotificationOverride === null
      ? [`if ($_.GroupNotificationOverride -eq 'Mute') { ${set} -GroupNotificationOverride 'Ring' }`]
      : []),
    `$_.Delegates | Where-Object { ${isTooMuch(one)} } | ForEach-Object { Remove-CsUserCallingDelegate ${one.who} -Delegate $_.Id }`,
  ]
  return `Get-CsUserCallingSettings ${one.who} | ForEach-Object { ${steps.join('; ')} }`
}

/** Of a delegate in Teams: is none here, or may there what cannot be taken back in an older module. */
function isTooMuch({ delegates }: Writable): string {
  const list = (some: readonly WritableDelegate[]) => `@(${some.map(({ person }) => person).join(',')})`
  const others = `$_.Id -notin ${list(delegates)}`
  const plain = delegates.filter((delegate) => !isNewer(delegate))
  if (plain.length === 0) return `$_.Id -and ${others}`
  const mayMore = newerPermissions.map((permission) => `$_.${permission}`).join(' -or ')
  return `$_.Id -and (${others} -or ($_.Id -in ${list(plain)} -and (${mayMore})))`
}

function groupLine(one: Writable): string {
  const order = quotedWord(one.sheet.CallGroupOrder)
  return `${setCommand(one)} -CallGroupOrder ${order} -CallGroupTargets @(${one.members.join(',')})`
}

/** Whoever is a delegate already cannot be made one, but can be given what they may. */
function delegateLines({ who, delegates }: Writable): readonly string[] {
  return delegates.flatMap((delegate) => {
    const may = delegate.may
      .filter(([permission]) => isNewer(delegate) || !newerPermissions.includes(permission))
      .map(([permission, isGiven]) => `-${permission} ${isGiven ? '$true' : '$false'}`)
    const parameters = `${who} -Delegate ${delegate.person} ${may.join(' ')}`
    return [
      `New-CsUserCallingDelegate ${parameters} -ErrorAction 'SilentlyContinue'`,
      `Set-CsUserCallingDelegate ${parameters}`,
    ]
  })
}

function isNewer({ may }: WritableDelegate): boolean {
  return may.some(([permission, isGiven]) => isGiven && newerPermissions.includes(permission))
}

/** A group of parameters is written whole, so everybody's choices are, Ring included. */
function choiceLines(one: Writable): readonly string[] {
  const details = one.memberships.map(
    ({ owner, notification }) =>
      `@{CallGroupOwnerId=${owner};NotificationSetting=${quotedWord(notification)}}`,
  )
  const override = one.sheet.GroupNotificationOverride
  return [
    ...(details.length === 0 ? [] : [`${setCommand(one)} -GroupMembershipDetails @(${details.join(',')})`]),
    ...(override === null ? [] : [`${setCommand(one)} -GroupNotificationOverride ${quotedWord(override)}`]),
  ]
}
