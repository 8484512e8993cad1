/**
 * Where the bot's words, and its token with them, may go at all: the public cloud and GCC, which have logins, keys and Graph
 * in common. Other clouds have their own of each.
 */
import { Recent } from '../draw/recent.ts'

/** The hosts from which Teams speaks to bots there. */
const teamsHosts = new Set(['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'])

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

/** There are few services; whoever makes up more gains nothing. */
const verdicts = { local: new Recent<boolean>(16), teams: new Recent<boolean>(16) }

/** Whether this is a service of Teams, or in local mode one on this machine. */
export function isServiceUrl(text: string, isLocal: boolean): boolean {
  return (isLocal ? verdicts.local : verdicts.teams).of(text, () => isAllowed(text, isLocal))
}

function isAllowed(text: string, isLocal: boolean): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  if (isLocal) return loopbackHosts.has(hostname) && (protocol === 'http:' || protocol === 'https:')
  return teamsHosts.has(hostname) && protocol === 'https:'
}
