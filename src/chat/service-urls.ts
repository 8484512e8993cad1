/** Where the bot's words, and its token with them, may go at all. */

/** The hosts from which Teams speaks to bots (public cloud, GCC, GCC High, DoD). */
const teamsHosts = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
])

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What was found of the addresses seen last. There are few services; whoever makes up more gains nothing. */
const verdicts = { local: new Map<string, boolean>(), teams: new Map<string, boolean>() }
const mostVerdicts = 16

/** Whether this is a service of Teams, or in local mode one on this machine. */
export function isServiceUrl(text: string, isLocal: boolean): boolean {
  const known = isLocal ? verdicts.local : verdicts.teams
  const before = known.get(text)
  if (before !== undefined) return before
  if (known.size >= mostVerdicts) known.clear()
  const verdict = isAllowed(text, isLocal)
  known.set(text, verdict)
  return verdict
}

function isAllowed(text: string, isLocal: boolean): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  if (isLocal) return loopbackHosts.has(hostname) && (protocol === 'http:' || protocol === 'https:')
  return teamsHosts.has(hostname) && protocol === 'https:'
}
