/** Where somebody's calls go, as lines of PowerShell: forwarding, unanswered calls, and calls while they are in one. */
import { leftOut, quotedTarget, quotedWord, remark, shown } from './power-shell-values.ts'
import { setCommand, type Writable } from './power-shell-sheet.ts'

type RuleName = 'Forwarding' | 'Unanswered'

type Rule =
  | { readonly is: 'neverSet' | 'off' }
  | { readonly is: 'leftOut'; readonly why: string }
  | { readonly is: 'on'; readonly parameters: string }

/** Never set, unanswered calls go to voicemail after half a minute. */
const asNeverSet = "-UnansweredTargetType 'Voicemail' -UnansweredDelay '00:00:30'"

/** The cmdlet refuses forwarding while unanswered calls go anywhere, so that is off meanwhile. */
export function ruleLines(one: Writable): readonly string[] {
  const [forwarding, unanswered] = [ruleOn(one, 'Forwarding'), ruleOn(one, 'Unanswered')]
  const remarks = [forwarding, unanswered].flatMap((rule) => (rule.is === 'leftOut' ? [rule.why] : []))
  const set = setCommand(one)
  const unansweredOff = `${set} -IsUnansweredEnabled $false`
  const unansweredOn =
    unanswered.is === 'on' ? [`${set} -IsUnansweredEnabled $true ${unanswered.parameters}`] : []
  if (forwarding.is !== 'on')
    return [
      ...remarks,
      ...(forwarding.is === 'off' ? [`${set} -IsForwardingEnabled $false`] : []),
      ...(unanswered.is === 'off' ? [unansweredOff] : unansweredOn),
    ]
  const forward = `${set} -IsForwardingEnabled $true ${forwarding.parameters}`
  const isKnown = unanswered.is === 'on' || unanswered.is === 'off'
  return [
    ...remarks,
    ...(isKnown ? [unansweredOff, forward, ...unansweredOn] : [asItWas(one, unansweredOff, forward)]),
  ]
}

/** Where nothing is kept about unanswered calls, they go on afterwards as they did in Teams. */
function asItWas(one: Writable, unansweredOff: string, forward: string): string {
  const on = `${setCommand(one)} -IsUnansweredEnabled $true`
  const again = `if ($_.IsUnansweredEnabled) { ${on} }`
  const anew = `if ($null -eq $_.IsUnansweredEnabled) { ${on} ${asNeverSet} }`
  return `Get-CsUserCallingSettings ${one.who} | ForEach-Object { ${[unansweredOff, forward, again, anew].join('; ')} }`
}

function ruleOn(one: Writable, name: RuleName): Rule {
  const { sheet } = one
  const type = sheet[`${name}TargetType`]
  if (sheet[`Is${name}Enabled`] === null) return { is: 'neverSet' }
  if (sheet[`Is${name}Enabled`] === false || type === null) return { is: 'off' }
  const target = sheet[`${name}Target`]
  const quoted = target === null ? null : quotedTarget(target)
  if (target !== null && quoted === null)
    return { is: 'leftOut', why: leftOut(`where ${name} of ${shown(one.name)} leads to`, target) }
  if (leadsNowhere(one, type))
    return {
      is: 'leftOut',
      why: remark(`Left out: ${name} of ${shown(one.name)}, since nobody is there who would take the calls.`),
    }
  const how =
    name === 'Forwarding'
      ? `-ForwardingType ${quotedWord(sheet.ForwardingType ?? '')} -ForwardingTargetType ${quotedWord(type)}`
      : `-UnansweredTargetType ${quotedWord(type)} -UnansweredDelay ${quotedWord(sheet.UnansweredDelay)}`
  return { is: 'on', parameters: quoted === null ? how : `${how} -${name}Target ${quoted}` }
}

function leadsNowhere({ members, takers }: Writable, type: string): boolean {
  return (type === 'Group' && members.length === 0) || (type === 'MyDelegates' && takers.length === 0)
}

/** What the person chose for calls while they are in one; never chosen, it stays as it is in Teams. */
export function busyLines(one: Writable): readonly string[] {
  const option = one.sheet.BusyOnBusyOption
  return option === null ? [] : [`${setCommand(one)} -BusyOnBusyOption ${quotedWord(option)}`]
}
