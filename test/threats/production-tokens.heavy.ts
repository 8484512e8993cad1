/** Who gets in to a bot in production, and who does not: tokens, services, tenants and signatures, from outside. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { tenant } from '../../src/playground/chat-client.ts'
import { signed } from '../../src/source/signature.ts'
import { activity, appId, hmacToken, part, strangersToken, token } from '../chat/gate/tokens.ts'
import { phoneSettings } from '../faults/phone.ts'
import { type Person } from '../peer/person.ts'
import { until } from '../until.ts'
import { assertLogIsClean } from './production-log.ts'
import { Production } from './production.ts'

type Parts = Readonly<Record<string, unknown>>

const message = (more: Parts = {}) =>
  activity({ id: randomUUID(), conversation: { id: 'a:eve', tenantId: tenant }, ...more })
const unauthorized = { error: { code: 'unauthorized', message: 'This request is not authorized.' } }

describe('A bot in production, and those who must not get in', () => {
  let production: Production
  let zoe: Person
  let quentin: Person
  before(async () => {
    production = await Production.open()
    await production.start()
    zoe = await production.person('Zoe')
    quentin = await production.person('Quentin')
    await zoe.say('add quentin@contoso.com')
    await zoe.say('forward my calls to my group')
    await zoe.say('if unanswered voicemail after 60')
  })
  after(() => production.close())

  /** Every one of these is refused in the same words, and nothing at all comes of it. */
  async function assertRefused(
    knocks: Readonly<Record<string, () => Promise<{ status: number; text: string }>>>,
  ) {
    const before = await production.spoken()
    for (const [what, knock] of Object.entries(knocks)) {
      const { status, text } = await knock()
      assert.ok(status === 401 || status === 403, `${what}: ${status}`)
      assert.deepEqual(JSON.parse(text), unauthorized, what)
    }
    assert.equal(await production.spoken(), before, 'something was said to somebody')
  }

  it('T3 refuses every token but the channel’s for this bot, in the same words, and asks nobody', async () => {
    const now = Date.now()
    const seconds = Math.floor(now / 1000)
    const [head = '', claims = '', signature = ''] = token(now).split('.')
    const own = production.microsoft.given.at(-1) ?? ''
    assert.notEqual(own, '')
    const login = 'https://login.microsoftonline.com'
    const bad: Readonly<Record<string, string>> = {
      none: '',
      words: 'not.a.token',
      'alg none': `${part({ alg: 'none', kid: 'one' })}.${claims}.`,
      'alg none with a signature': token(now, {}, { alg: 'none' }),
      'HS256 with the public key': hmacToken(now),
      'a stranger’s key': strangersToken(now),
      'an unknown key': token(now, {}, { kid: 'two' }),
      'no signature': `${head}.${claims}.`,
      'other claims': `${head}.${token(now, { jti: 1 }).split('.')[1] ?? ''}.${signature}`,
      'another app': token(now, { aud: randomUUID() }),
      'another issuer': token(now, { iss: 'https://elsewhere.example' }),
      'an end long past': token(now, { exp: seconds - 301 }),
      'no end': token(now, { exp: undefined }),
      'a beginning in the future': token(now, { nbf: seconds + 400 }),
      'another service': token(now, { serviceurl: 'https://smba.trafficmanager.net/emea/' }),
      'no service': token(now, { serviceurl: undefined }),
      'the Emulator’s, version 1': token(now, { iss: `https://sts.windows.net/${tenant}/`, appid: appId }),
      'the Emulator’s, version 2': token(now, { iss: `${login}/${tenant}/v2.0`, azp: appId }),
      'the bot’s own': own,
      'the bot’s own, signed by the channel': token(now, {
        iss: `https://sts.windows.net/${tenant}/`,
        aud: 'https://api.botframework.com',
        appid: appId,
      }),
    }
    const knocks = Object.entries(bad).map(
      ([what, text]) => [what, () => production.knock(`Bearer ${text}`, message())] as const,
    )
    await assertRefused({
      ...Object.fromEntries(knocks),
      'another scheme': () => production.knock(`Basic ${token(now)}`, message()),
      'no header': () => production.knock('', message()),
    })
    assert.equal((await production.knock(`Bearer ${token(now)}`, message())).status, 200)
  })

  it('T4 answers no service but Teams’, however well signed, and never speaks to another', async () => {
    const before = await production.spoken()
    for (const evil of [
      'https://evil.example/',
      'https://smba.trafficmanager.net.evil.example/teams/',
      'https://smba.trafficmanager.net@evil.example/teams/',
      'http://smba.trafficmanager.net/teams/',
      production.peer.serviceUrl,
    ]) {
      const header = `Bearer ${token(Date.now(), { serviceurl: evil })}`
      const { status, text } = await production.knock(header, message({ serviceUrl: evil, text: 'help' }))
      assert.equal(status, 403, evil)
      assert.doesNotMatch(text, /evil|smba|127\.0/u)
    }
    assert.equal(await production.spoken(), before)
  })

  it('T5 lets nobody of another tenant see, join or pick up, with guessed ids or borrowed ones', async () => {
    await production.phone.offer('ours', zoe.address)
    await quentin.sees('Ringing since')
    const [button] = quentin.buttons().filter(({ title }) => title === 'Pick up')
    const call = button?.action['data'] as Parts
    assert.ok('call' in call)
    const eve = { from: { id: '29:eve', name: 'Eve', aadObjectId: randomUUID() } }
    const asZoe = { from: { id: zoe.user, name: 'Zoe', aadObjectId: zoe.objectId } }
    const invoke = (verb: string, data: Parts) => ({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    })
    const wishes = {
      see: invoke('show-group', { owner: zoe.objectId }),
      join: { text: 'add eve@other.example to zoe@contoso.com' },
      'pick up': invoke('pick-up', call),
      'pick up in words': { text: 'pickup zoe@contoso.com' },
    }
    const there = {
      conversation: { id: 'a:eve', tenantId: 'other' },
      channelData: { tenant: { id: 'other' } },
    }
    const half = { conversation: { id: 'a:eve', tenantId: tenant }, channelData: { tenant: { id: 'other' } } }
    for (const who of [eve, asZoe]) {
      for (const where of [there, half]) {
        const knocks = Object.entries(wishes).map(([what, wish]) => {
          const body = message({ ...who, ...where, ...wish })
          return [what, () => production.knock(`Bearer ${token(Date.now())}`, body)] as const
        })
        await assertRefused(Object.fromEntries(knocks))
      }
    }
    await quentin.click('Pick up')
    await quentin.sees('You picked up')
    await zoe.say('group')
    assert.doesNotMatch(zoe.last(), /eve/iu)
  })

  it('T14 hears only what the telephone has signed just now, and only once', async () => {
    const { replyUrl } = production.phone
    const caller = { kind: 'pstn', number: '+442079460000' }
    const body = JSON.stringify({ id: 'signed', event: 'offered', owner: zoe.address, caller, replyUrl })
    const secret = phoneSettings.CALL_WEBHOOK_SECRET
    const now = Date.now()
    const good = signed(body, secret, now)
    const tell = async (signature: string | null) => {
      const headers = {
        'Content-Type': 'application/json',
        ...(signature === null ? {} : { 'X-Signature': signature }),
      }
      const response = await fetch(`${production.botUrl}/api/calls`, { method: 'POST', headers, body })
      return { status: response.status, body: (await response.json()) as unknown }
    }
    const before = await production.spoken()
    const bad = {
      none: null,
      words: 'good',
      'another secret': signed(body, 'another secret of that length', now),
      'another body': signed(`${body} `, secret, now),
      'another time': good.replace(/^t=[0-9]+/u, `t=${Math.floor(now / 1000) + 1}`),
      old: signed(body, secret, now - 310_000),
      'from the future': signed(body, secret, now + 330_000),
      'part of it': good.slice(0, -2),
    }
    for (const [what, signature] of Object.entries(bad))
      assert.equal((await tell(signature)).status, 401, what)
    assert.equal(await production.spoken(), before, 'a card was sent')
    assert.deepEqual(await tell(good), { status: 202, body: { accepted: true, repeated: false } })
    await until('it rings', () => quentin.titles().includes('Pick up'))
    const screen = quentin.screen().length
    for (let copy = 0; copy < 3; copy += 1) {
      assert.deepEqual(await tell(good), { status: 202, body: { accepted: true, repeated: true } })
    }
    await production.phone.tell({ id: 'signed', event: 'ended' })
    await quentin.sees('The caller hung up')
    assert.equal((await tell(good)).status, 202)
    assert.equal(quentin.screen().length, screen, 'one call, one card')
    assert.ok(!quentin.titles().includes('Pick up'))
  })

  it('T15 has logged nothing about anybody, and nothing that opens a door', () => {
    assertLogIsClean(production)
  })
})
