import assert from 'node:assert/strict'
import {
  activity,
  type Gate,
  hmacToken,
  openGate,
  part,
  publicJwk,
  serviceUrl,
  strangersToken,
  tenant,
  token,
} from './tokens.ts'

const unauthorized = (status: number) => ({
  status,
  body: { error: { code: 'unauthorized', message: 'This request is not authorized.' } },
})

describe('T3 T4 T5 The gate of a registered bot', () => {
  let gate: Gate
  let now: number
  beforeEach(() => {
    gate = openGate()
    now = gate.clock.now()
  })
  const knock = (header: string, body: unknown = activity()) => gate.adapter.receive(header, body)

  it('lets in what the channel has signed, and asks for its keys once', async () => {
    for (let at = 0; at < 5; at += 1) {
      const answer = await knock(`Bearer ${token(now, { jti: at })}`, activity({ id: String(at) }))
      assert.deepEqual(answer, { status: 200 })
    }
    assert.equal(gate.turns.length, 5)
    assert.equal(gate.asked.length, 2)
  })

  it('bears with clocks that differ by less than five minutes', async () => {
    const seconds = Math.floor(now / 1000)
    for (const claims of [{ exp: seconds - 290 }, { nbf: seconds + 290 }, { nbf: undefined }]) {
      assert.equal((await knock(`bearer ${token(now, claims)}`)).status, 200, JSON.stringify(claims))
    }
  })

  const seconds = Math.floor(openGate().clock.now() / 1000)
  const other = 'https://smba.trafficmanager.net/emea/'
  const misshapen: Readonly<Record<string, (now: number) => string>> = {
    'no token': () => '',
    'a scheme alone': () => 'Bearer',
    'another scheme': (now) => `Basic ${token(now)}`,
    'two tokens': (now) => `Bearer ${token(now)} ${token(now)}`,
    words: () => 'Bearer not.a.token',
    'null for claims': (now) =>
      `Bearer ${part({ alg: 'RS256', kid: 'one' })}.${part(null)}.${token(now).split('.')[2] ?? ''}`,
    'alg none': (now) => `Bearer ${part({ alg: 'none', kid: 'one' })}.${token(now).split('.')[1] ?? ''}.`,
    'alg none with a signature': (now) => `Bearer ${token(now, {}, { alg: 'none' })}`,
    'HS256 with the public key': (now) => `Bearer ${hmacToken(now)}`,
    RS512: (now) => `Bearer ${token(now, {}, { alg: 'RS512' })}`,
    'no key id': (now) => `Bearer ${token(now, {}, { kid: undefined })}`,
    'no signature': (now) => `Bearer ${token(now).split('.').slice(0, 2).join('.')}.`,
    'a fourth part': (now) => `Bearer ${token(now)}.x`,
    'an end long past': (now) => `Bearer ${token(now, { exp: seconds - 310 })}`,
    'no end': (now) => `Bearer ${token(now, { exp: undefined })}`,
    'an end in words': (now) => `Bearer ${token(now, { exp: '9999999999' })}`,
    'a beginning in the future': (now) => `Bearer ${token(now, { nbf: seconds + 310 })}`,
    'a beginning in words': (now) => `Bearer ${token(now, { nbf: 'today' })}`,
    'another audience': (now) => `Bearer ${token(now, { aud: 'another-app' })}`,
    'no audience': (now) => `Bearer ${token(now, { aud: undefined })}`,
    'a list of audiences': (now) => `Bearer ${token(now, { aud: ['the-app'] })}`,
    'another issuer': (now) => `Bearer ${token(now, { iss: 'https://sts.windows.net/d6d49420/' })}`,
    'the Emulator’s issuer': (now) =>
      `Bearer ${token(now, { iss: `https://login.microsoftonline.com/${tenant}/v2.0` })}`,
    'another service': (now) => `Bearer ${token(now, { serviceurl: other })}`,
    'no service': (now) => `Bearer ${token(now, { serviceurl: undefined })}`,
    'more than a token holds': (now) => `Bearer ${token(now, { more: 'x'.repeat(20_000) })}`,
  }
  const forged: Readonly<Record<string, (now: number) => string>> = {
    'a key id the channel does not have': (now) => `Bearer ${token(now, {}, { kid: 'two' })}`,
    '__proto__ for a key id': (now) => `Bearer ${token(now, {}, { kid: '__proto__' })}`,
    'a stranger’s key': (now) => `Bearer ${strangersToken(now)}`,
    'a signature of other claims': (now) => {
      const [head = '', , signature = ''] = token(now).split('.')
      return `Bearer ${head}.${token(now, { jti: 'other' }).split('.')[1] ?? ''}.${signature}`
    },
  }
  for (const [what, header] of Object.entries({ ...misshapen, ...forged })) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await knock(header(now)), unauthorized(401))
      assert.deepEqual(gate.turns, [])
      assert.doesNotMatch(gate.logged.join(), /eyJ/)
      if (what in misshapen) assert.deepEqual(gate.asked, [], 'no key is worth asking for')
    })
  }

  it('refuses an activity that says it comes from elsewhere than its token', async () => {
    assert.deepEqual(await knock(`Bearer ${token(now)}`, activity({ serviceUrl: other })), unauthorized(401))
  })

  it('refuses a service that is none of Teams, however well signed', async () => {
    const evil = 'https://evil.example/'
    const answer = await knock(`Bearer ${token(now, { serviceurl: evil })}`, activity({ serviceUrl: evil }))
    assert.equal(answer.status, 403)
    assert.deepEqual(gate.asked, [])
  })

  for (const endorsements of [undefined, [], ['webchat'], ['msteams-like']]) {
    it(`refuses a key that may speak for ${JSON.stringify(endorsements) ?? 'nobody it names'}`, async () => {
      gate.keys = () => Promise.resolve({ keys: [publicJwk({ endorsements })] })
      assert.deepEqual(await knock(`Bearer ${token(now)}`), unauthorized(401))
    })
  }

  it('refuses a channel for which the key may not speak, and a key that speaks only for others', async () => {
    const webchat = activity({ channelId: 'webchat' })
    assert.deepEqual(await knock(`Bearer ${token(now)}`, webchat), unauthorized(401))
    gate = openGate()
    gate.keys = () => Promise.resolve({ keys: [publicJwk({ endorsements: ['webchat'] })] })
    assert.deepEqual(await knock(`Bearer ${token(now)}`, webchat), unauthorized(401))
  })

  const tenants: ReadonlyArray<readonly [string, object]> = [
    ['another tenant', { conversation: { id: 'a:1', tenantId: 'other' } }],
    ['no tenant', { conversation: { id: 'a:1' } }],
    ['two tenants', { channelData: { tenant: { id: 'other' } } }],
    [
      'another tenant in the channel’s data',
      { conversation: { id: 'a:1' }, channelData: { tenant: { id: 'other' } } },
    ],
    ['a list of tenants', { conversation: { id: 'a:1', tenantId: [tenant] } }],
  ]
  for (const [what, more] of tenants) {
    it(`refuses ${what}, before it asks for keys`, async () => {
      assert.deepEqual(await knock(`Bearer ${token(now)}`, activity({ ...more })), unauthorized(403))
      assert.deepEqual(gate.asked, [])
      assert.deepEqual(gate.turns, [])
    })
  }

  it('finds its tenant in the channel’s data too', async () => {
    const more = { conversation: { id: 'a:1' }, channelData: { tenant: { id: tenant } } }
    assert.equal((await knock(`Bearer ${token(now)}`, activity(more))).status, 200)
  })

  it('believes what it has verified for that activity’s service only, and not beyond its end', async () => {
    const header = `Bearer ${token(now, { exp: seconds + 60 })}`
    assert.equal((await knock(header)).status, 200)
    assert.deepEqual(await knock(header, activity({ id: '2', serviceUrl: other })), unauthorized(401))
    assert.deepEqual(await knock(header, activity({ id: '3', channelId: 'webchat' })), unauthorized(401))
    await gate.clock.advance(361_000)
    assert.deepEqual(await knock(header, activity({ id: '4' })), unauthorized(401))
    assert.equal(gate.turns.length, 1)
    assert.equal(gate.turns[0]?.serviceUrl, serviceUrl)
  })
})
