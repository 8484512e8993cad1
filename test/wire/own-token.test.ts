import assert from 'node:assert/strict'
import { realClock } from '../../src/clock.ts'
import { TokenMissing } from '../../src/wire/kept-token.ts'
import { loginHost } from '../../src/wire/login-host.ts'
import { ownToken } from '../../src/wire/own-token.ts'
import { Loopback } from '../loopback.ts'
import { afterSilence } from '../silence.ts'
import { HandClock } from '../store/hand-clock.ts'

const minute = 60_000
const longMs = 60_000
const good = { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: 'the token' } }
const identity = {
  tenantId: '0a1b2c3d-0000-4000-8000-00000000beef',
  appId: '0a1b2c3d-0000-4000-8000-00000000cafe',
  appPassword: 'a secret & more',
}

describe('F6 The host that gives the bot its tokens', () => {
  type Given = { readonly method: string; readonly path: string; readonly form: URLSearchParams }
  let host: Loopback
  let origin: string
  let given: Given[]
  type Answer = { readonly status: number; readonly body: unknown }
  let answer: Answer | 'hang'
  let hasSpoken = false
  beforeEach(async () => {
    given = []
    answer = good
    host = await Loopback.open()
    host.hears((request, response, form) => {
      const { method = '', url: path = '' } = request
      given.push({ method, path, form: new URLSearchParams(form.toString('utf8')) })
      const say = ({ status, body }: Answer) => {
        response.writeHead(status, { 'Content-Type': 'application/json' })
        response.end(typeof body === 'string' ? body : JSON.stringify(body))
      }
      if (answer !== 'hang') say(answer)
      else
        afterSilence(() => {
          hasSpoken = true
          say(good)
        })
    })
    origin = host.url
  })
  afterEach(() => host.close())
  const token = (withinMs = longMs) => ownToken(identity, 'graph', realClock, loginHost(withinMs, origin))

  it('is asked once with the bot’s secret for everything that the bot may do there', async () => {
    const ask = token()
    assert.deepEqual(await Promise.all([ask(), ask()]), ['the token', 'the token'])
    assert.equal(await ask(), 'the token')
    assert.equal(given.length, 1)
    const [{ method, path, form } = { method: '', path: '', form: new URLSearchParams() }] = given
    assert.equal(method, 'POST')
    assert.equal(path.split('?')[0], `/${identity.tenantId}/oauth2/v2.0/token`)
    assert.equal(form.get('grant_type'), 'client_credentials')
    assert.equal(form.get('client_id'), identity.appId)
    assert.equal(form.get('client_secret'), identity.appPassword)
    assert.deepEqual(form.get('scope')?.split(' ').filter(Boolean), ['https://graph.microsoft.com/.default'])
  })

  it('is asked again when a token is due, whatever the library keeps', async () => {
    const clock = new HandClock(Date.now())
    const ask = ownToken(identity, 'graph', clock, loginHost(longMs, origin))
    assert.equal(await ask(), 'the token')
    answer = { status: 200, body: { token_type: 'Bearer', expires_in: 7200, access_token: 'another' } }
    await clock.advance(56 * minute)
    await ask()
    while ((await ask()) !== 'another') await new Promise(setImmediate)
    assert.equal(given.length, 2)
  })

  it('is asked again five seconds after it was down, whatever the library would wait', async () => {
    const clock = new HandClock(Date.now())
    const ask = ownToken(identity, 'channel', clock, loginHost(longMs, origin))
    for (const status of [503, 429]) {
      answer = { status, body: {} }
      await assert.rejects(ask(), TokenMissing)
      await clock.advance(5000)
    }
    answer = good
    assert.equal(await ask(), 'the token')
    assert.deepEqual(given.at(-1)?.form.get('scope')?.split(' ').filter(Boolean), [
      'https://api.botframework.com/.default',
    ])
  })

  for (const failing of [
    { status: 401, body: { error: 'invalid_client', error_description: 'of ann@contoso.com' } },
    { status: 500, body: 'broken' },
    { status: 200, body: 'what' },
    { status: 200, body: {} },
    { status: 200, body: { padding: 'x'.repeat(100_000), expires_in: 3599, access_token: 'the token' } },
  ])
    it(`gives none when it answers ${failing.status} ${JSON.stringify(failing.body).slice(0, 60)}`, async () => {
      answer = failing
      const error = await token()().then(
        () => null,
        (reason: unknown) => reason,
      )
      assert.ok(error instanceof TokenMissing)
      assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}`, /contoso|secret/)
    })

  it('is given up when it is silent, so that no line stays open', async () => {
    answer = 'hang'
    await assert.rejects(token(500)(), TokenMissing)
    while ((await host.connections()) > 0) await new Promise(setImmediate)
    assert.equal(hasSpoken, false)
  })
})
