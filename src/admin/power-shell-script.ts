/** Everybody's lines of PowerShell as one script. */
import { walk } from '../walk.ts'
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

/** A step of the script: what goes, groups and delegates, then the rules that lead to them, then the choices of their members. */
const steps = ['goes', 'lists', 'rules', 'choices'] as const

/** The script, in pieces of whole lines. */
export async function* scriptOf(people: readonly PowerShell[]): AsyncGenerator<string> {
  yield byteOrderMark
  yield inLines([...about.map(remark), ...(await neededBy(people))])
  for (const step of steps)
    for await (const one of walk(people)) if (one[step].length > 0) yield inLines(one[step])
}

function inLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

/** Which version of the module the lines need, where an older one would do for other settings. */
async function neededBy(people: readonly PowerShell[]): Promise<readonly string[]> {
  const used = new Set<string>()
  for await (const one of walk(people))
    for (const line of steps.flatMap((step) => one[step]))
      for (const [, parameters] of newerParameters)
        for (const parameter of parameters) if (uses(line, parameter)) used.add(parameter)
  const needed = newerParameters
    .map(([version, parameters]) => ({ version, parameters: parameters.filter((one) => used.has(one)) }))
    .filter(({ parameters }) => parameters.length > 0)
  const newest = needed.at(-1)?.version
  return [
    ...needed.map(({ version, parameters }) =>
      remark(
        `Needs version ${version} of the module MicrosoftTeams or a newer one, for ${parameters.join(' and ')}.`,
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
