import assert from 'node:assert/strict'
import { type AddressKind, kindOfAddress } from '../../src/wire/address.ts'

const kinds: Readonly<Record<AddressKind, readonly string[]>> = {
  public: ['8.8.8.8', '172.32.0.1', '2606:4700::1', '::ffff:8.8.8.8', '64:ff9b::808:808', '2002:808:808::1'],
  private: [
    ...['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '127.0.0.1', '127.255.0.9'],
    ...['::1', '0:0:0:0:0:0:0:1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:0:10.0.0.1'],
    ...[
      '64:ff9b::a00:1',
      '64:ff9b:1::808:808',
      '2002:a00:1::',
      'fd00::7',
      'fc00::1',
      'fec0::1',
      '2001:db8::1',
    ],
    ...['198.18.0.1', '203.0.113.9', '1::2'],
  ],
  barred: [
    ...[
      '169.254.169.254',
      '169.254.0.1',
      '0.0.0.0',
      '0.1.2.3',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      'ff02::1',
    ],
    ...[
      'fe80::1',
      'febf::1',
      '::ffff:a9fe:a9fe',
      '::ffff:169.254.169.254',
      '::a9fe:a9fe',
      '::ffff:0:a9fe:a9fe',
    ],
    ...['64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::', '::ffff:0.0.0.0', 'fd00:ec2::254', 'fd20:ce::254'],
    ...['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fe80::1%eth0', 'pbx.contoso.com', ''],
  ],
}

describe('An address', () => {
  for (const [kind, addresses] of Object.entries(kinds))
    for (const address of addresses)
      it(`"${address}" is ${kind}`, () => {
        assert.equal(kindOfAddress(address), kind)
      })
})
