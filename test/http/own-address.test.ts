import assert from 'node:assert/strict'
import { hostname, networkInterfaces } from 'node:os'
import { SettingsWrong } from '../../src/environment/read.ts'
import { ownAddress } from '../../src/http/own-address.ts'

describe('Without an identity', () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
  const leadsTo = (address: string) => () => Promise.resolve({ address })

  it('the bot listens on an address of this machine alone, also when it is told a name', async () => {
    assert.match(await ownAddress('localhost'), /^(?:127\.0\.0\.1|::1)$/u)
    for (const own of ['127.0.0.1', '127.8.9.10', '::1']) assert.equal(await ownAddress(own), own)
  })

  it('no other address will do, nor a name that leads to one', async () => {
    for (const host of ['0.0.0.0', '::', '::ffff:10.0.0.7', '10.0.0.7', '128.0.0.1', ...outside])
      await assert.rejects(ownAddress(host), refused(host, host), host)
    for (const address of ['10.0.0.7', '0.0.0.0', 'fe80::1'])
      for (const name of ['localhost', hostname()])
        await assert.rejects(ownAddress(name, leadsTo(address)), refused(name, address))
  })

  it('a name that leads nowhere is told as such', async () => {
    const nowhere = () => Promise.reject(new Error('ENOTFOUND'))
    await assert.rejects(
      ownAddress('pickup.invalid', nowhere),
      /"pickup\.invalid" leads nowhere\. Remove HOST/u,
    )
  })
})

function refused(host: string, address: string) {
  return (error: unknown) =>
    error instanceof SettingsWrong && error.message.includes(`"${host}" leads to ${address}.`)
}
