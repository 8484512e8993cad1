import assert from 'node:assert/strict'
import { realClock } from '../../../src/clock.ts'
import { keptToken } from '../../../src/wire/kept-token.ts'
import { fine, quickConnector, reachAt, WireService } from './wire-service.ts'

const hello = { text: 'Hello' }

describe('T4 F5 F6 The connector', () => {
  let service: WireService
  beforeEach(async () => {
    service = await WireService.start()
  })
  afterEach(() => service.stop())

  const foreign = (url: string) => [
    'https://smba.trafficmanager.net.evil.example/teams',
    'https://smba.trafficmanager.net@evil.example/',
    url.replace('http://', 'http://user:password@'),
    `${url.replace('127.0.0.1', '127.0.0.1.evil.example')}`,
    'http://0.0.0.0:9/',
    'file:///etc/passwd',
    'nonsense',
    '',
  ]

  it('never asks a service that is not on this machine in local mode, nor asks for a token for it', async () => {
    for (const url of foreign(service.url)) {
      const { connector, counts } = quickConnector({
        token: () => Promise.reject(new Error('was asked for')),
      })
      assert.deepEqual(await connector.post(reachAt(url), hello), { is: 'unreachable' }, url)
      assert.deepEqual(await connector.open(reachAt(url), '29:bo'), { is: 'unreachable' }, url)
      assert.deepEqual(await connector.member(reachAt(url), '29:bo'), { is: 'unreachable' }, url)
      assert.deepEqual(
        counts,
        Array.from(['POST', 'POST', 'GET'], (method) => `${method} refusedServiceUrl`),
      )
    }
  })

  it('never asks any but the hosts of Teams, and those only over TLS, when it has a password to lose', async () => {
    const urls = [service.url, 'http://smba.trafficmanager.net/teams', 'https://localhost:8443/']
    for (const url of [...foreign(service.url), ...urls]) {
      const { connector, counts } = quickConnector({ isLocal: false })
      assert.deepEqual(await connector.post(reachAt(url), hello), { is: 'unreachable' }, url)
      assert.deepEqual(await connector.update(reachAt(url), 'card', hello), { is: 'unreachable' }, url)
      assert.deepEqual(await connector.delete(reachAt(url), 'card'), { is: 'unreachable' }, url)
      assert.deepEqual(
        counts,
        Array.from(['POST', 'PUT', 'DELETE'], (method) => `${method} refusedServiceUrl`),
      )
    }
    assert.deepEqual(service.asked, [])
  })

  it('asks for one token however many wait for it, and shows it with every request', async () => {
    let asked = 0
    const token = keptToken(() => {
      asked += 1
      return Promise.resolve({ token: 'the-token', until: Infinity })
    }, realClock)
    const { connector } = quickConnector({ token })
    const reach = reachAt(service.url)
    const sending = Array.from({ length: 25 }, (_, at) =>
      connector.post({ ...reach, conversation: `a:${at}` }, hello),
    )
    assert.deepEqual(new Set((await Promise.all(sending)).map(({ is }) => is)), new Set(['sent']))
    assert.equal(asked, 1)
    assert.deepEqual(new Set(service.asked.map(({ token }) => token)), new Set(['Bearer the-token']))
  })

  it('sends nothing without a token, tries a few times, and says that nothing was delivered', async () => {
    const { connector, waits, counts } = quickConnector({
      token: () => Promise.reject(new Error('no token')),
    })
    assert.deepEqual(await connector.post(reachAt(service.url), hello), { is: 'transient' })
    assert.deepEqual(waits, [250, 500])
    assert.deepEqual(counts, ['POST noToken', 'POST noToken', 'POST noToken'])
    assert.deepEqual(service.asked, [])
  })

  it('shows no token where none is needed', async () => {
    await quickConnector({ token: () => Promise.resolve(null) }).connector.post(reachAt(service.url), hello)
    assert.deepEqual(
      service.asked.map(({ token }) => token),
      [undefined],
    )
  })

  it('knows that nothing was delivered when nobody is there, and tries a POST again', async () => {
    const { url } = service
    await service.stop()
    const { connector, waits, counts } = quickConnector()
    assert.deepEqual(await connector.post(reachAt(url), hello), { is: 'transient' })
    assert.deepEqual(waits, [250, 500])
    assert.deepEqual(counts, ['POST notSent', 'POST notSent', 'POST notSent'])
    service = await WireService.start()
  })

  it('waits a little longer than it must, each time differently', async () => {
    service.answers({ status: 500 }, { status: 500 })
    const { connector, waits } = quickConnector({ random: () => 0.5 })
    await connector.update(reachAt(service.url), 'card', hello)
    assert.deepEqual(waits, [312.5, 625])
  })

  it('does not wait for a service that is silent for more than four seconds', async () => {
    service.answers('hang')
    const { connector, counts } = quickConnector({ withinMs: undefined })
    assert.deepEqual(await connector.post(reachAt(service.url), hello), { is: 'unknown' })
    assert.deepEqual(counts, ['POST lost'])
  })

  it('lets others go on while one of them waits', async () => {
    let goOn: () => void = () => undefined
    const wait = () => new Promise<void>((resolve) => (goOn = resolve))
    const { connector } = quickConnector({ wait })
    service.answers({ status: 429, headers: { 'Retry-After': '2' } })
    const first = connector.post(reachAt(service.url), hello)
    const others = Array.from({ length: 20 }, (_, at) =>
      connector.post({ ...reachAt(service.url), conversation: `b:${at}` }, hello),
    )
    for (const other of others) assert.deepEqual(await other, { is: 'sent', id: 'the-id' })
    goOn()
    assert.deepEqual(await first, { is: 'sent', id: 'the-id' })
  })

  it('never keeps more than an answer should hold', async () => {
    service.answers({ status: 200, body: { id: 'x', more: 'y'.repeat(300_000) } }, fine)
    const result = await quickConnector().connector.update(reachAt(service.url), 'card', hello)
    assert.deepEqual(result, { is: 'sent', id: 'card' })
  })

  it('does not ask about a message whose id never came', async () => {
    service.answers({ status: 200, body: '' })
    const { connector } = quickConnector()
    const posted = await connector.post(reachAt(service.url), hello)
    assert.deepEqual(posted, { is: 'sent', id: '' })
    assert.deepEqual(await connector.update(reachAt(service.url), posted.id, hello), { is: 'gone' })
    assert.deepEqual(await connector.delete(reachAt(service.url), posted.id), { is: 'gone' })
    assert.deepEqual(service.methods, ['POST'])
  })
})
