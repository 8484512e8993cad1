/** What lies at an address of the internet protocol: anybody's host, a network of one's own, or nothing that is to be asked. */
import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * Public: anybody's. Private: this machine and networks of one's own (RFC 6890). Barred: the link, the machine's own cloud and
 * what is no host at all.
 */
export type AddressKind = 'public' | 'private' | 'barred'

type Nets = ReadonlyArray<readonly [net: string, bits: number]>

/** Link-local, unspecified, multicast and reserved (RFC 6890); then where clouds tell a machine its secrets. */
const barred = blockList([
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  // Azure, Alibaba, Oracle; Amazon and Google by version 6.
  ['168.63.129.16', 32],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
])

const own = blockList([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
])

/** Beyond these, nothing is anybody's (IANA, Internet Protocol Version 6 Address Space). */
const global = blockList([['2000::', 3]])

/** Where addresses of version 4 stand in those of version 6: the prefix, and the group they begin with. */
const embedding: ReadonlyArray<readonly [BlockList, number]> = [
  // Compatible, mapped, translated, by NAT64, by 6to4.
  [blockList([['::', 96]]), 6],
  [blockList([['::ffff:0:0', 96]]), 6],
  [blockList([['::ffff:0:0:0', 96]]), 6],
  [blockList([['64:ff9b::', 96]]), 6],
  [blockList([['2002::', 16]]), 1],
]

/** What lies at an address, however it is written; what is no address is barred. */
export function kindOfAddress(address: string): AddressKind {
  if (isIPv4(address)) return barred.check(address) ? 'barred' : own.check(address) ? 'private' : 'public'
  if (!isIPv6(address) || address.includes('%') || barred.check(address, 'ipv6')) return 'barred'
  if (isOneself(address)) return 'private'
  const [, at] = embedding.find(([net]) => net.check(address, 'ipv6')) ?? []
  if (at !== undefined) return kindOfAddress(version4In(address, at))
  return global.check(address, 'ipv6') && !own.check(address, 'ipv6') ? 'public' : 'private'
}

/** Whether an address, however it is written, lies in these nets. */
export function isWithin(address: string, nets: BlockList): boolean {
  return nets.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** Nets as a list that addresses can be held against. */
export function blockList(nets: Nets): BlockList {
  const list = new BlockList()
  for (const [net, bits] of nets) list.addSubnet(net, bits, isIPv6(net) ? 'ipv6' : 'ipv4')
  return list
}

function isOneself(address: string): boolean {
  return groupsOf(address).join(':') === '0:0:0:0:0:0:0:1'
}

/** The address of version 4 that begins with this group. */
function version4In(address: string, at: number): string {
  const bytes = groupsOf(address)
    .slice(at, at + 2)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
  return bytes.join('.')
}

/** The eight groups of an address; a URL writes each in one way only. */
function groupsOf(address: string): readonly string[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const [front, back] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''))
  if (!front || !back) return []
  return [...front, ...Array.from({ length: 8 - front.length - back.length }, () => '0'), ...back]
}
