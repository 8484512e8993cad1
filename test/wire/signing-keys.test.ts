import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { SigningKeys, KeysMissing } from '../../src/wire/signing-keys.ts'

const metadata = 'https://login.botframework.com/v1/.well-known/openidconfiguration'
const keysUrl = 'https://login.botframework.com/v1/.well-known/keys'
const minute = 60_000
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = publicKey.export({ format: 'jwk' })
const keyNamed = (kid: string, more: object = {}) => ({ ...jwk, kid, endorsements: ['msteams'], ...more })

describe('F6 The keys of the channel', () => {
  let now: number
  let asked: string[]
  let answers: Readonly<Record<string, () => Promise<unknown>>>
  let keys: SigningKeys
  beforeEach(() => {
    now = 1_000_000_000_000
    asked = []
    hosts(keyNamed('one'))
    const read = (url: string) => {
      asked.push(url)
      return answers[url]?.() ?? Promise.reject(new Error('no such address'))
    }
    keys = new SigningKeys({ now: () => now, metadata, read })
  })

  function hosts(...all: readonly unknown[]): void {
    answers = {
      [metadata]: () => Promise.resolve({ jwks_uri: keysUrl }),
      [keysUrl]: () => Promise.resolve({ keys: all }),
    }
  }
  const down = () => {
    answers = {}
  }

  it('are read once for all who ask, with the channels each may speak for', async () => {
    const found = await Promise.all(Array.from({ length: 25 }, () => keys.find('one')))
    for (const key of found) {
      assert.ok(key?.key.equals(publicKey))
      assert.deepEqual(key?.endorsements, ['msteams'])
    }
    now += 23 * 60 * minute
    await keys.find('one')
    assert.deepEqual(asked, [metadata, keysUrl])
  })

  it('are read anew after a day, so that one that was withdrawn counts no more', async () => {
    await keys.find('one')
    hosts(keyNamed('two'))
    now += 24 * 60 * minute + 1
    assert.equal(await keys.find('one'), null)
    assert.ok(await keys.find('two'))
    assert.equal(asked.length, 4)
  })

  it('are asked for at most every five minutes, however many unknown ones are named', async () => {
    for (let at = 0; at < 40; at += 1) {
      assert.equal(await keys.find(`made up ${at}`), null)
      now += 7000
    }
    assert.equal(asked.length, 2)
    hosts(keyNamed('one'), keyNamed('new'))
    now += 5 * minute + 1
    assert.ok(await keys.find('new'), 'a new one is found in time')
    assert.equal(asked.length, 4)
  })

  it('cannot be known while their host fails, which is asked every five seconds at most', async () => {
    down()
    for (let at = 0; at < 40; at += 1) await assert.rejects(keys.find('one'), KeysMissing)
    assert.deepEqual(asked, [metadata])
    hosts(keyNamed('one'))
    now += 5000
    assert.ok(await keys.find('one'))
  })

  it('serve on when they are old and the host fails', async () => {
    await keys.find('one')
    down()
    now += 48 * 60 * minute
    assert.ok(await keys.find('one'))
    assert.equal(await keys.find('two'), null)
    assert.equal(asked.length, 3)
  })

  for (const address of [
    undefined,
    7,
    '',
    '/keys',
    'https://evil.example/keys',
    'https://login.botframework.com.evil.example/',
  ]) {
    it(`are not read from ${JSON.stringify(address)}`, async () => {
      answers = { ...answers, [metadata]: () => Promise.resolve({ jwks_uri: address }) }
      await assert.rejects(keys.find('one'), KeysMissing)
      assert.deepEqual(asked, [metadata])
    })
  }

  it('are not read over a line that anybody may change', async () => {
    const plain = keysUrl.replace('https:', 'http:')
    answers = {
      [metadata]: () => Promise.resolve({ jwks_uri: plain }),
      [plain]: () => Promise.resolve({ keys: [keyNamed('one')] }),
    }
    await assert.rejects(keys.find('one'), KeysMissing)
  })

  for (const value of [null, [], 'keys', { keys: {} }]) {
    it(`are not ${JSON.stringify(value)}`, async () => {
      answers = { ...answers, [keysUrl]: () => Promise.resolve(value) }
      await assert.rejects(keys.find('one'), KeysMissing)
    })
  }

  it('are found among others that make no sense', async () => {
    hosts(null, 7, {}, keyNamed('one', { kty: 'EC' }), keyNamed('x', { n: 7 }), keyNamed('one'))
    assert.ok((await keys.find('one'))?.key.equals(publicKey))
    assert.equal(await keys.find('x'), null)
  })

  it('speak for nobody when they do not say for whom', async () => {
    hosts(keyNamed('one', { endorsements: undefined }), keyNamed('two', { endorsements: ['msteams', 7] }))
    assert.deepEqual((await keys.find('one'))?.endorsements, [])
    assert.deepEqual((await keys.find('two'))?.endorsements, ['msteams'])
  })
})
