/** What Teams' administration says of one person: whether calls may be shared, and the name of their calling policy. */
import { isObjectId, type PersonId } from '../core/person.ts'
import { type Eligibility } from '../core/policy.ts'
import { type GraphFailure, isRecord } from './answer.ts'
import { type Graph } from './client.ts'

export type UserConfiguration = {
  readonly eligibility: Eligibility
  /** Null: no calling policy is named, so that of everybody counts. */
  readonly policyName: string | null
}

type Fields = Readonly<Record<string, unknown>>

/** How the names of the upgrade policies begin that keep Skype for Business in use (Grant-CsTeamsUpgradePolicy). */
const otherModes = ['islands', 'sfb']
/** Without this header an account that is not eligible says that it is of no known kind. */
const headers = { Prefer: 'include-unknown-enum-members' }

/** Looks one person up by object id. */
export async function userConfiguration(
  graph: Pick<Graph, 'read'>,
  id: PersonId,
): Promise<{ readonly is: 'found'; readonly configuration: UserConfiguration } | GraphFailure> {
  if (!isObjectId(id)) return { is: 'notFound' }
  const answer = await graph.read(`/admin/teams/userConfigurations/${encodeURIComponent(id)}`, { headers })
  if (answer.is !== 'done') return answer
  const configuration = readUserConfiguration(answer.body)
  return configuration ? { is: 'found', configuration } : { is: 'badAnswer' }
}

/** Reads a teamsUserConfiguration; null when it does not say whether its person has voice. */
export function readUserConfiguration(json: unknown): UserConfiguration | null {
  const fields = bare(json)
  const features = texts(fields['featureTypes'])
  const hasVoice = fields['isEnterpriseVoiceEnabled']
  if (typeof hasVoice !== 'boolean' && features.length === 0) return null
  return {
    eligibility: {
      teamsOnly: isTeamsOnly(fields, features),
      phoneSystem: typeof hasVoice === 'boolean' ? hasVoice : features.includes('phonesystem'),
    },
    policyName: policyNamed(fields, 'TeamsCallingPolicy'),
  }
}

/** The page of this request shows the record inside a `value`, the metadata does not. */
function bare(json: unknown): Fields {
  const outer = isRecord(json) ? json : {}
  return isRecord(outer['value']) ? outer['value'] : outer
}

/** Teams Only is what everybody is, unless something says otherwise. */
function isTeamsOnly(fields: Fields, features: readonly string[]): boolean {
  if (textIn(fields, 'accountType').toLowerCase() === 'sfbonpremuser') return false
  if (features.length > 0 && !features.includes('teams')) return false
  const upgrade = policyNamed(fields, 'TeamsUpgradePolicy')?.toLowerCase() ?? ''
  return !otherModes.some((mode) => upgrade.startsWith(mode))
}

/** The name of the policy of this kind that counts for somebody. */
function policyNamed(fields: Fields, kind: string): string | null {
  const all = fields['effectivePolicyAssignments']
  for (const one of Array.isArray(all) ? all : []) {
    if (!isRecord(one) || textIn(one, 'policyType').toLowerCase() !== kind.toLowerCase()) continue
    const assignment = one['policyAssignment']
    const name = isRecord(assignment) ? textIn(assignment, 'displayName').trim() : ''
    if (name !== '') return name
  }
  return null
}

function textIn(fields: Fields, name: string): string {
  const text = fields[name]
  return typeof text === 'string' ? text : ''
}

function texts(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : []
  return all.filter((one) => typeof one === 'string').map((one) => one.toLowerCase())
}
