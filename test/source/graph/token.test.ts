import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { callServiceMetadata, isCallService } from '../../../src/source/graph/token.ts'
import { KeysMissing, SigningKeys } from '../../../src/wire/signing-keys.ts'
import { hmacToken, part, publicJwk, token } from '../../chat/gate/tokens.ts'

const tenantId = '11111111-2222-4333-8444-555555555555'
const appId = 'the-app'
const keysUrl = 'https://api.aps.skype.com/v1/keys'
const now = 1_700_000_000_000
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

describe('A token of Graph’s call service', () => {
  let asked: string[]
  let kids: readonly string[]
  let clock: number
  let keys: SigningKeys
  beforeEach(() => {
    asked = []
    kids = ['one']
    clock = now
    const read = (url: string) => {
      asked.push(url)
      if (kids.length === 0) return Promise.reject(new Error('down'))
      const all = { keys: kids.map((kid) => publicJwk({ kid, endorsements: undefined })) }
      return Promise.resolve(url === keysUrl ? all : { jwks_uri: keysUrl })
    }
    keys = new SigningKeys({ now: () => clock, metadata: callServiceMetadata, read })
  })
  const isGood = (text: string) =>
    isCallService(`Bearer ${text}`, { appId, tenantId, keys, now: () => clock })
  const ours = (claims: object = {}, head: object = {}) =>
    token(clock, { tid: tenantId, serviceurl: undefined, ...claims }, { ...head })

  it('is believed from either issuer, for this bot and this tenant', async () => {
    for (const iss of ['https://graph.microsoft.com', 'https://api.botframework.com'])
      assert.equal(await isGood(ours({ iss })), true, iss)
    assert.equal(await isGood(ours({ tid: tenantId.toUpperCase() })), true)
    assert.deepEqual(asked, [callServiceMetadata, keysUrl])
  })

  const seconds = now / 1000
  const bad: Readonly<Record<string, () => string>> = {
    'nothing at all': () => '',
    'no token': () => 'a.b.c',
    'the login host as issuer': () => ours({ iss: 'https://login.microsoftonline.com' }),
    'no issuer': () => ours({ iss: undefined }),
    'another bot': () => ours({ aud: 'another-app' }),
    'several bots': () => ours({ aud: [appId] }),
    'another tenant': () => ours({ tid: '99999999-2222-4333-8444-555555555555' }),
    'no tenant': () => ours({ tid: undefined }),
    'a list of tenants': () => ours({ tid: [tenantId] }),
    'an end in the past': () => ours({ exp: seconds - 301 }),
    'no end': () => ours({ exp: undefined }),
    'a beginning in the future': () => ours({ nbf: seconds + 301 }),
    'no signature': () => `${part({ alg: 'none', kid: 'one' })}.${ours().split('.')[1] ?? ''}.`,
    'another algorithm': () => ours({}, { alg: 'RS512' }),
    'HS256 with the public key': () => hmacToken(now),
    'a key nobody knows': () => ours({}, { kid: 'two' }),
    'a stranger’s key under the id of ours': () => token(now, { tid: tenantId }, {}, stranger),
    'a claim changed after signing': () => {
      const [head = '', , signature = ''] = ours().split('.')
      return `${head}.${part({ iss: 'https://graph.microsoft.com', aud: appId, tid: tenantId, exp: seconds + 60 })}.${signature}`
    },
  }
  for (const [what, made] of Object.entries(bad))
    it(`is refused with ${what}`, async () => assert.equal(await isGood(made()), false))

  it('with a key nobody knows makes the keys be read once more, and not again at once', async () => {
    await isGood(ours())
    kids = ['one', 'two']
    clock += 6 * 60_000
    assert.equal(await isGood(ours({}, { kid: 'two' })), true)
    assert.equal(asked.length, 4)
    for (let tries = 0; tries < 20; tries += 1) await isGood(ours({}, { kid: `invented ${tries}` }))
    assert.equal(asked.length, 4)
  })

  it('that is refused by its claims asks nobody for keys', async () => {
    await isGood(ours({ tid: 'another' }))
    assert.deepEqual(asked, [])
  })

  it('cannot be judged while the keys cannot be read', async () => {
    kids = []
    await assert.rejects(isGood(ours()), KeysMissing)
  })
})
