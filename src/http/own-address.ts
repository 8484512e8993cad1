/** Where a bot that authenticates nobody may listen: on an address that only this machine reaches. */
import { lookup } from 'node:dns/promises'
import { BlockList, isIPv6 } from 'node:net'
import { SettingsWrong } from '../environment/read.ts'

const ownAddresses = new BlockList()
ownAddresses.addSubnet('127.0.0.0', 8)
ownAddresses.addAddress('::1', 'ipv6')

/** What a name leads to. */
export type Resolve = (name: string) => Promise<{ readonly address: string }>

/** The address behind a name of this machine; throws SettingsWrong when it leads anywhere else, as a name can. */
export async function ownAddress(host: string, resolve: Resolve = lookup): Promise<string> {
  const address = await resolve(host).then(
    (found) => found.address,
    () => null,
  )
  if (address !== null && ownAddresses.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return address
  const where = address === null ? 'nowhere' : `to ${address}`
  throw new SettingsWrong(
    `HOST: without MicrosoftAppId the bot listens on this machine only, and "${host}" leads ${where}. Remove HOST, or write 127.0.0.1.`,
  )
}
