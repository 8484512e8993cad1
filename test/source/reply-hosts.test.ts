/** Where orders may go: what is said of a `replyUrl` when it is told, and what happens when a host turns out to be elsewhere. */
import assert from 'node:assert/strict'
import { readReplyHost, type ReplyHost, replyUrlFault, thisMachine } from '../../src/source/reply-hosts.ts'
import { WebhookSource } from '../../src/source/webhook.ts'
import { type Lookup } from '../../src/wire/reach.ts'
import { Loopback } from '../loopback.ts'

const named = (text: string): readonly ReplyHost[] =>
  text.split(' ').flatMap((one) => readReplyHost(one) ?? assert.fail(one))

/** The address of the machine's own cloud, however it is spelt. */
const metadata = [
  ...[
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '169.254.43518',
    '169.254.169.254.',
  ],
  ...[
    '[::ffff:a9fe:a9fe]',
    '[::ffff:169.254.169.254]',
    '[64:ff9b::a9fe:a9fe]',
    '[::a9fe:a9fe]',
    '[2002:a9fe:a9fe::]',
  ],
  ...['①⑥⑨.254.169.254', '%31%36%39.254.169.254', '0.0.0.0', '0', '[::]', '[fe80::1]', '[fd00:ec2::254]'],
  ...['168.63.129.16', '100.100.100.200', '224.0.0.1'],
]
const inside = [
  ...[
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '017700000001',
    'localhost',
    'LOCALHOST.',
    'pbx.localhost',
  ],
  ...[
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '10.0.0.7',
    '10.7',
    '172.16.0.1',
    '192.168.0.1',
    '[fd00::7]',
  ],
  ...['[64:ff9b::a00:7]', '100.64.0.1'],
]

describe('A replyUrl', () => {
  for (const host of metadata)
    it(`never leads to ${host}, whatever is named`, () => {
      for (const hosts of [[], thisMachine, named('10.0.0.0/1 *.internal fd00::/8')])
        for (const scheme of ['https', 'http'])
          assert.equal(replyUrlFault(`${scheme}://${host}/x`, hosts), 'barred')
    })
  for (const host of inside)
    it(`leads to ${host} only where that is named`, () => {
      for (const scheme of ['https', 'http'])
        assert.equal(replyUrlFault(`${scheme}://${host}:8080/x`, named('pbx.contoso.com')), 'private')
    })

  const open: ReadonlyArray<readonly [entry: string, ...urls: string[]]> = [
    ['127.0.0.1', 'http://127.0.0.1:9/x', 'https://2130706433/', 'http://[::ffff:7f00:1]/'],
    ['localhost', 'http://localhost:9/', 'http://LOCALHOST./'],
    ['10.20.0.0/16', 'http://10.20.255.1/', 'https://10.20.0.1:8443/x'],
    ['10.0.0.7:8080', 'http://10.0.0.7:8080/x'],
    ['[fd00::7]', 'http://[fd00::7]/', 'http://[fd00:0::7]:81/'],
    ['[fd00::7]:81', 'http://[fd00::7]:81/'],
    ['fd00::7', 'http://[fd00::7]/'],
    ['fd00::/8', 'http://[fd12::7]/'],
    ['PBX.Corp.Example.', 'http://pbx.corp.example/'],
    ['pbx:80', 'http://pbx/x'],
    ['*.corp.example', 'http://a.corp.example/', 'https://a.b.corp.example:9/'],
  ]
  for (const [entry, ...urls] of open)
    it(`may be ${urls.join(' or ')} where ${entry} is named`, () => {
      for (const url of urls) assert.equal(replyUrlFault(url, named(entry.toLowerCase())), null, url)
    })
  it('is held against the port, and against the whole name', () => {
    for (const [entry, url, fault] of [
      ['10.0.0.7:8080', 'http://10.0.0.7/', 'private'],
      ['10.0.0.7', 'http://10.0.0.70/', 'private'],
      ['*.corp.example', 'http://corp.example/', 'plain'],
      ['*.corp.example', 'http://evilcorp.example/', 'plain'],
      ['pbx', 'http://pbx.evil.example/', 'plain'],
      ['localhost', 'http://localhost.evil.example/', 'plain'],
    ] as const)
      assert.equal(replyUrlFault(url, named(entry)), fault, url)
  })

  it('may be anybody else, by https and without a password', () => {
    for (const url of ['https://pbx.contoso.com/x', 'https://8.8.8.8/', 'https://[2606:4700::1]:8443/'])
      assert.equal(replyUrlFault(url, []), null, url)
    assert.equal(replyUrlFault('http://pbx.contoso.com/', []), 'plain')
    for (const url of [
      '',
      'pbx',
      'ftp://pbx/',
      'https://a@pbx/',
      'https://:b@pbx/',
      'file:///etc/passwd',
      'https://[',
    ])
      assert.equal(replyUrlFault(url, named('pbx')), 'notAUrl', url)
  })

  it('is allowed by names that can be hosts, and by no others', () => {
    for (const text of [
      '',
      '*',
      '*.',
      'a b',
      'a/b',
      'pbx:0',
      'pbx:65536',
      'http://pbx',
      '10.0.0.0/33',
      '10.0.0',
      '[::1',
      'a..b',
      '-a',
    ])
      assert.equal(readReplyHost(text), null, text)
    for (const text of ['169.254.169.254', '[fe80::1]', '0.0.0.0', '0.0.0.0/0', '[::ffff:a9fe:a9fe]'])
      assert.equal(readReplyHost(text), null, text)
  })
})

describe('An order', () => {
  let system: Loopback
  let asked: number
  beforeEach(async () => {
    asked = 0
    system = await Loopback.open()
    system.hears((_request, response) => {
      asked += 1
      response.end()
    })
  })
  afterEach(() => system.close())

  const barred: string[] = []
  const source = (hosts: string, lookup?: Lookup) =>
    new WebhookSource({
      secret: 'a secret of more than sixteen characters',
      hear: () => Promise.resolve('accepted'),
      now: () => 0,
      wall: () => 0,
      random: () => 0,
      maySend: () => true,
      replyHosts: hosts === '' ? [] : named(hosts),
      barred: (why) => barred.push(why),
      ...(lookup ? { lookup } : {}),
    })
  const order = (from: WebhookSource, replyUrl: string) =>
    from.carryOut({ id: '1', replyUrl }, { number: 1, do: 'missed' })
  const leadingTo =
    (...addresses: readonly string[]): Lookup =>
    (_, found) => {
      found(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }
  beforeEach(() => barred.splice(0))

  it('does not follow a name that leads into this network, or to the machine’s own cloud', async () => {
    const elsewhere = [
      '127.0.0.1',
      '10.0.0.1',
      '169.254.169.254',
      '::1',
      '::ffff:a9fe:a9fe',
      '64:ff9b::a9fe:a9fe',
    ]
    for (const address of elsewhere) {
      const from = source('pbx.corp.example', leadingTo(address))
      const told = await order(from, `https://pbx.contoso.com:${system.port}/x`)
      assert.deepEqual(told, { is: 'refused' }, address)
    }
    assert.deepEqual(
      barred,
      elsewhere.map(() => 'lookup'),
    )
    assert.equal(asked, 0)
  })

  it('goes to a name that was allowed, and to the addresses of it that are', async () => {
    const url = `http://pbx.corp.example:${system.port}/x`
    const named = source('pbx.corp.example', leadingTo('169.254.169.254', '127.0.0.1'))
    assert.deepEqual(await order(named, url), { is: 'done' })
    assert.equal(asked, 1)
    const elsewhere = source('pbx.corp.example', leadingTo('169.254.169.254'))
    assert.deepEqual(await order(elsewhere, url), { is: 'refused' })
    const byAddress = source(`pbx.corp.example:1 127.0.0.1:${system.port}`, leadingTo('127.0.0.1'))
    assert.deepEqual(await order(byAddress, url), { is: 'refused' }, 'by http it must be the name')
    assert.deepEqual(barred, ['lookup', 'plain'])
  })

  it('goes to no address that is allowed no longer', async () => {
    const url = `${system.url}/x`
    assert.deepEqual(await order(source('127.0.0.1'), url), { is: 'done' })
    assert.deepEqual(await order(source(''), url), { is: 'refused' })
    assert.deepEqual(barred, ['private'])
    assert.equal(asked, 1)
  })

  it('waits for a name that cannot be looked up just now', async () => {
    const silent = source('', (_, found) => {
      found(new Error('no answer'), [])
    })
    assert.equal((await order(silent, 'https://pbx.contoso.com/x')).is, 'later')
    assert.deepEqual(barred, [])
  })

  it('follows no redirect', async () => {
    const trap = await Loopback.open()
    let trapped = 0
    trap.hears((_request, response) => {
      trapped += 1
      response.end()
    })
    for (const status of [301, 302, 303, 307, 308]) {
      system.hears((_request, response) => {
        if (!response.writableEnded) response.writeHead(status, { Location: trap.url }).end()
      })
      await order(source('127.0.0.1'), `${system.url}/${status}`)
    }
    assert.equal(trapped, 0)
    await trap.close()
  })
})
