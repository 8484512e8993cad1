/** Everybody's lines of PowerShell as one script. */
import { newerParameters, type PowerShell } from './power-shell.ts'
import { remark } from './power-shell-values.ts'

/** Windows PowerShell 5.1 takes a file for UTF-8 only behind this mark. */
const byteOrderMark = '\uFEFF'

const about = [
  'Call groups, delegates, forwarding and notifications for Teams. Run this after Connect-MicrosoftTeams.',
  'It makes in Teams what is kept here, and can be run again: groups that are empty here are emptied, delegates who',
  'are none here are removed. Rules and busy options that were never set here stay as they are in Teams.',
  'Policies, licences and resource accounts are not in it; pickup-admin export has them.',
]

/** The lines of a script: what goes, groups and delegates, then the rules that lead to them, then the choices of their members. */
export function* scriptOf(people: readonly PowerShell[]): Generator<string> {
  const lines = [
    ...people.flatMap(({ goes }) => goes),
    ...people.flatMap(({ lists }) => lists),
    ...people.flatMap(({ rules }) => rules),
    ...people.flatMap(({ choices }) => choices),
  ]
  yield byteOrderMark
  for (const line of [...about.map(remark), ...neededBy(lines), ...lines]) yield `${line}\n`
}

/** Which version of the module the lines need, where an older one would do for other settings. */
function neededBy(lines: readonly string[]): readonly string[] {
  const needed = newerParameters.flatMap(([version, parameters]) => {
    const used = parameters.filter((parameter) => lines.some((line) => uses(line, parameter)))
    return used.length === 0 ? [] : [{ version, used }]
  })
  const newest = needed.at(-1)?.version
  return [
    ...needed.map(({ version, used }) =>
      remark(
        `Needs version ${version} of the module MicrosoftTeams or a newer one, for ${used.join(' and ')}.`,
      ),
    ),
    ...(newest === undefined
      ? []
      : [`#Requires -Modules @{ModuleName='MicrosoftTeams';ModuleVersion='${newest}'}`]),
  ]
}

function uses(line: string, parameter: string): boolean {
  return !line.startsWith('#') && line.includes(` -${parameter} `)
}
