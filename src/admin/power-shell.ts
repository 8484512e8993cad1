/** One person's settings as lines of PowerShell for the MicrosoftTeams module. */
import { type SettingsSheet } from './settings-sheet.ts'

export type PowerShell = {
  /** Group and delegates: these come first, for everybody. */
  readonly lists: readonly string[]
  /** Where calls go; it may lead to the lists. */
  readonly rules: readonly string[]
  /** How groups may notify; it needs the groups of others. */
  readonly choices: readonly string[]
}

type Exported = SettingsSheet & { readonly SipUri: string | null; readonly Id: string }

const set = 'Set-CsUserCallingSettings'

/** The lines that bring a person in Teams to these settings. What was never set is left alone. */
export function powerShellOf(sheet: Exported): PowerShell {
  const who = `-Identity ${quoted(sheet.SipUri ?? sheet.Id)}`
  return {
    lists: [...groupLines(sheet, who), ...delegateLines(sheet, who)],
    rules: [...forwardingLines(sheet, who), ...unansweredLines(sheet, who), ...busyLines(sheet, who)],
    choices: choiceLines(sheet, who),
  }
}

function groupLines({ CallGroupOrder, CallGroupTargets }: Exported, who: string): readonly string[] {
  if (CallGroupTargets.length === 0) return []
  const targets = CallGroupTargets.map(quoted).join(',')
  return [`${set} ${who} -CallGroupOrder ${CallGroupOrder} -CallGroupTargets @(${targets})`]
}

function delegateLines({ Delegates }: Exported, who: string): readonly string[] {
  return Delegates.map(({ Id, ...may }) => {
    const permissions = Object.entries(may).map(([name, value]) => `-${name} ${flag(value === true)}`)
    return `New-CsUserCallingDelegate ${who} -Delegate ${quoted(String(Id))} ${permissions.join(' ')}`
  })
}

function forwardingLines(sheet: Exported, who: string): readonly string[] {
  const { IsForwardingEnabled: isOn, ForwardingType, ForwardingTargetType, ForwardingTarget } = sheet
  if (isOn === null) return []
  if (!isOn || ForwardingType === null || ForwardingTargetType === null)
    return [`${set} ${who} -IsForwardingEnabled $false`]
  const target = ForwardingTarget === null ? '' : ` -ForwardingTarget ${quoted(ForwardingTarget)}`
  const type = `-ForwardingType ${ForwardingType} -ForwardingTargetType ${ForwardingTargetType}`
  return [`${set} ${who} -IsForwardingEnabled $true ${type}${target}`]
}

function unansweredLines(sheet: Exported, who: string): readonly string[] {
  const { IsUnansweredEnabled: isOn, UnansweredTargetType, UnansweredTarget, UnansweredDelay } = sheet
  if (isOn === null) return []
  if (!isOn || UnansweredTargetType === null) return [`${set} ${who} -IsUnansweredEnabled $false`]
  const target = UnansweredTarget === null ? '' : ` -UnansweredTarget ${quoted(UnansweredTarget)}`
  const type = `-UnansweredTargetType ${UnansweredTargetType} -UnansweredDelay ${UnansweredDelay}`
  return [`${set} ${who} -IsUnansweredEnabled $true ${type}${target}`]
}

function busyLines({ BusyOnBusyOption }: Exported, who: string): readonly string[] {
  return BusyOnBusyOption === null ? [] : [`${set} ${who} -BusyOnBusyOption ${BusyOnBusyOption}`]
}

function choiceLines(
  { GroupMembershipDetails, GroupNotificationOverride }: Exported,
  who: string,
): readonly string[] {
  // Everybody rings until they choose otherwise; a group of parameters is written whole.
  const hasChosen = GroupMembershipDetails.some(({ NotificationSetting }) => NotificationSetting !== 'Ring')
  const details = GroupMembershipDetails.map(
    ({ CallGroupOwnerId, NotificationSetting }) =>
      `@{CallGroupOwnerId=${quoted(CallGroupOwnerId)};NotificationSetting='${NotificationSetting}'}`,
  )
  return [
    ...(hasChosen ? [`${set} ${who} -GroupMembershipDetails @(${details.join(',')})`] : []),
    ...(GroupNotificationOverride === null
      ? []
      : [`${set} ${who} -GroupNotificationOverride ${GroupNotificationOverride}`]),
  ]
}

/** In single quotes nothing means anything to PowerShell but a quote, which is doubled; the curly ones count as quotes too. */
function quoted(text: string): string {
  return `'${text.replace(/['‘’‚‛]/gu, '$&$&')}'`
}

function flag(value: boolean): string {
  return value ? '$true' : '$false'
}
