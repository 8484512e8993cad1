/**
 * Runs before the bot in its process: what it says to Microsoft's hosts goes to a service on this machine instead, and
 * nothing leaves the machine. Every other host it wanted is written down.
 */
const { appendFileSync } = require('node:fs')
const net = require('node:net')

const { REDIRECT_HOSTS = '', REDIRECT_PORT, REDIRECT_REFUSED } = process.env
const microsoft = REDIRECT_HOSTS.split(',')
const thisMachine = ['127.0.0.1', 'localhost', '::1']
const { connect } = net.Socket.prototype

net.Socket.prototype.connect = function (...given) {
  // Node's own callers hand over a list that it has made of their arguments.
  const args = Array.isArray(given[0]) ? given[0] : net._normalizeArgs(given)
  const { host = 'localhost', port, path } = args[0]
  if (path || thisMachine.includes(host)) return connect.call(this, args)
  if (microsoft.includes(host) && Number(port) === 443) {
    args[0] = { ...args[0], host: '127.0.0.1', port: Number(REDIRECT_PORT) }
    return connect.call(this, args)
  }
  appendFileSync(REDIRECT_REFUSED, `${host}:${port}\n`)
  process.nextTick(() => this.destroy(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })))
  return this
}
