/**
 * Where orders to a telephone system may go: to anybody's host by https; to this machine and networks of one's own only where
 * an admin named the host; never to the link or to where a cloud tells a machine its secrets.
 */
import { type BlockList, isIP } from 'node:net'
import { blockList, isWithin, kindOfAddress } from '../wire/address.ts'
import { bareHost, type MayReach, portOf } from '../wire/reach.ts'

/** Hosts that an admin named: by name, by all names below one, by address or by net; at one port, or at any. */
export type ReplyHost = {
  readonly port?: number
} & (
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'below'; readonly name: string }
  | { readonly is: 'net'; readonly net: BlockList }
)

/** What keeps a URL from being one that orders go to. */
export type ReplyUrlFault = 'notAUrl' | 'plain' | 'private' | 'barred'

const longestName = 253

/** Reads one entry of CALL_REPLY_HOSTS: pbx.contoso.com, *.contoso.com, 10.0.0.7:8080, 10.20.0.0/16, [fd00::7]; null when it is none. */
export function readReplyHost(text: string): ReplyHost | null {
  // Where there are two colons and no brackets, none of them stands before a port.
  const [, host = '', portText] = /^[^[]*:[^:]*:/u.test(text)
    ? ['', text]
    : (/^(\[[^\]]*\](?:\/\d{1,3})?|[^:]*)(?::(\d{1,5}))?$/u.exec(text) ?? [])
  const port = portText === undefined ? undefined : Number(portText)
  if (port !== undefined && (port < 1 || port > 65_535)) return null
  const at = port === undefined ? {} : { port }
  const [address = '', bits, ...more] = host.replace(/[[\]]/gu, '').split('/')
  if (isIP(address) !== 0) {
    const net = more.length === 0 ? netOf(address, bits) : null
    return net && { is: 'net', net, ...at }
  }
  const isBelow = host.startsWith('*.')
  const name = bareHost(isBelow ? host.slice(2) : host)
  return isName(name) ? { is: isBelow ? 'below' : 'name', name, ...at } : null
}

/** This machine, by its name and its addresses. */
export const thisMachine: readonly ReplyHost[] = [
  { is: 'name', name: 'localhost' },
  { is: 'net', net: blockList([['127.0.0.0', 8]]) },
  { is: 'net', net: blockList([['::1', 128]]) },
]

/** Why no order may go to this URL, as far as can be said before its host is looked up; null when one may. */
export function replyUrlFault(text: string, hosts: readonly ReplyHost[]): ReplyUrlFault | null {
  if (!URL.canParse(text)) return 'notAUrl'
  const { protocol, hostname, port, username, password } = new URL(text)
  if (username !== '' || password !== '' || !/^https?:$/u.test(protocol)) return 'notAUrl'
  const host = bareHost(hostname)
  const isNamed = hosts.some((one) => isAt(one, host, portOf(port, protocol)))
  const kind = kindOfHost(host)
  if (kind === 'barred') return 'barred'
  if (kind === 'private' && !isNamed) return 'private'
  return protocol === 'https:' || isNamed ? null : 'plain'
}

/** Whether a connection may be made, by the address that a host turned out to have. */
export function mayReply(hosts: readonly ReplyHost[]): MayReach {
  return (host, port, address) => {
    const kind = kindOfAddress(address)
    if (kind !== 'private') return kind === 'public'
    return hosts.some((one) => isAt(one, host, port) || isAt(one, address, port))
  }
}

/** What lies behind a host as far as its name says. */
function kindOfHost(host: string): ReturnType<typeof kindOfAddress> {
  if (isIP(host) !== 0) return kindOfAddress(host)
  return host === 'localhost' || host.endsWith('.localhost') ? 'private' : 'public'
}

function isAt(named: ReplyHost, host: string, port: number): boolean {
  if (named.port !== undefined && named.port !== port) return false
  switch (named.is) {
    case 'name':
      return named.name === host
    case 'below':
      return host.endsWith(`.${named.name}`)
    case 'net':
      return isIP(host) !== 0 && isWithin(host, named.net)
  }
}

/** A net, unless it is where no order ever goes. */
function netOf(address: string, bits = isIP(address) === 6 ? '128' : '32'): BlockList | null {
  const most = isIP(address) === 6 ? 128 : 32
  const isNet = /^\d{1,3}$/u.test(bits) && Number(bits) <= most && !address.includes('%')
  return isNet && kindOfAddress(address) !== 'barred' ? blockList([[address, Number(bits)]]) : null
}

/** A name that a host can have. What ends in a number would be an address. */
function isName(name: string): boolean {
  const labels = name.split('.')
  const areLabels = labels.every((one) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/u.test(one))
  return areLabels && name.length <= longestName && !/^(?:\d+|0x[0-9a-f]*)$/u.test(labels.at(-1) ?? '')
}
