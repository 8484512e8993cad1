/**
 * Loaded before a measured server: what it says to Microsoft over TLS goes to the service on this machine over plain HTTP.
 * TLS costs everybody the same, and would hide what is compared.
 */
import http from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'

type Options = http.RequestOptions
type Callback = (response: http.IncomingMessage) => void

const port = Number(process.env['SERVICE_PORT'])
/** For each agent of the server one without TLS and with the same limits. */
const agents = new Map<unknown, http.Agent>()

function plain(agent: unknown): http.Agent {
  const known = agents.get(agent)
  if (known) return known
  const maxSockets = agent instanceof http.Agent ? agent.maxSockets : Infinity
  const made = new http.Agent({ keepAlive: true, maxSockets })
  agents.set(agent, made)
  return made
}

https.request = (...given: readonly unknown[]) => {
  const [first, second] = given
  const callback = given.find((one): one is Callback => typeof one === 'function')
  if (typeof first === 'string') {
    const options = second as Options
    const path = first.slice(first.indexOf('/', 'https://'.length))
    return http.request(
      `http://127.0.0.1:${port}${path}`,
      { ...options, agent: plain(options.agent) },
      callback,
    )
  }
  const options = first as Options
  const to = {
    protocol: 'http:',
    host: '127.0.0.1',
    hostname: '127.0.0.1',
    port,
    agent: plain(options.agent),
  }
  return http.request({ ...options, ...to }, callback)
}
syncBuiltinESMExports()
