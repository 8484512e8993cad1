import assert from 'node:assert/strict'
import { isSigned, signed } from '../../src/source/signature.ts'
import { Loopback } from '../loopback.ts'
import { type Person } from '../peer/person.ts'
import { type Office, openOffice, webhookSecret } from './office.ts'

/** A telephone system that listens for decisions; it can be told to stumble first. */
class TelephoneSystem {
  readonly decisions: Array<Readonly<Record<string, string>>> = []
  stumbles = 0
  readonly replyUrl: string
  readonly #line: Loopback

  private constructor(line: Loopback) {
    this.#line = line
    this.replyUrl = `${line.url}/decisions`
    line.hears((request, response, body) => {
      const signature = request.headers['x-signature']
      assert.ok(isSigned(String(signature), body, webhookSecret, Date.now()), 'decisions are signed')
      this.stumbles -= 1
      response.statusCode = this.stumbles >= 0 ? 503 : 200
      if (this.stumbles < 0) this.decisions.push(JSON.parse(body.toString()) as Record<string, string>)
      response.end()
    })
  }

  static async open(): Promise<TelephoneSystem> {
    return new TelephoneSystem(await Loopback.open())
  }

  async close(): Promise<void> {
    await this.#line.close()
  }
}

/** All orders of these. */
function orders<T>(items: readonly T[]): ReadonlyArray<readonly T[]> {
  if (items.length < 2) return [items]
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]))
}

describe('A telephone system behind the webhook', () => {
  let office: Office
  let system: TelephoneSystem
  let ann: Person
  let bo: Person
  const caller = { kind: 'pstn', number: '+442079460000', name: 'Carl Jones' }
  const offered = (id: string) => {
    const { replyUrl } = system
    return { id, event: 'offered', owner: 'ann@contoso.com', caller, replyUrl }
  }

  beforeEach(async () => {
    office = await openOffice('emulator')
    system = await TelephoneSystem.open()
    ann = await office.person('Ann')
    bo = await office.person('Bo')
    await ann.say('add bo@contoso.com')
    await ann.say('forward my calls to my group')
  })
  afterEach(async () => {
    await office.close()
    await system.close()
  })

  const decided = (count: number) =>
    bo.waitFor(() => system.decisions.length >= count, `for ${count} decisions at the telephone system`)

  it('rings the group and is told whom to connect', async () => {
    assert.equal((await office.phone(offered('1'))).status, 202)
    await bo.sees('Carl Jones')
    await bo.click('Pick up')
    await decided(1)
    assert.deepEqual(system.decisions, [{ id: '1', number: 1, do: 'connect', to: 'bo@contoso.com' }])
    assert.equal((await office.phone({ id: '1', event: 'connected' })).status, 202)
    await bo.sees('You are connected')
  })

  it('rings again when it could not connect', async () => {
    await office.phone(offered('1'))
    await bo.sees('Carl Jones')
    await bo.click('Pick up')
    await decided(1)
    await office.phone({ id: '1', event: 'connectFailed' })
    await bo.sees('could not be connected. It is ringing again.')
  })

  it('may give an id again to another call, and hears in words when that cannot be', async () => {
    await office.phone(offered('1'))
    await bo.sees('Carl Jones')
    const eve = { ...offered('1'), caller: { kind: 'pstn', number: '+4915112345678', name: 'Eve' } }
    const inUse = await office.phone(eve)
    assert.equal(inUse.status, 409)
    assert.match(await inUse.text(), /"code":"idInUse".*an id of its own, or ring them yourself/u)
    await office.phone({ id: '1', event: 'ended' })
    office.pass(1)
    const same = await office.phone(offered('1'))
    assert.equal(same.status, 409)
    assert.match(await same.text(), /"code":"idUsed"/u)
    assert.equal((await office.phone(eve)).status, 202)
    await bo.sees('Eve')
    await bo.click('Pick up')
    await decided(1)
    assert.deepEqual(system.decisions, [{ id: '1', number: 1, do: 'connect', to: 'bo@contoso.com' }])
    await office.phone({ id: '1', event: 'connected' })
    await bo.sees('You are connected')
  })

  it('may say late, or again, how a hand-over went: that changes nothing about the next', async () => {
    await office.phone(offered('1'))
    await bo.click('Pick up')
    await decided(1)
    const first = { id: '1', number: 1, to: 'bo@contoso.com' }
    await office.phone({ ...first, event: 'connectFailed' })
    await bo.sees('It is ringing again')
    await bo.click('Pick up')
    await decided(2)
    assert.deepEqual(system.decisions[1], { ...first, number: 2, do: 'connect' })
    for (const event of ['connectFailed', 'connected'])
      assert.equal((await office.phone({ ...first, event })).status, 202)
    assert.equal((await office.phone({ id: '1', event: 'connectFailed', to: 'cy@contoso.com' })).status, 202)
    assert.doesNotMatch(bo.last(), /You are connected/)
    await office.phone({ ...first, number: 2, event: 'connected' })
    await bo.sees('You are connected')
    for (const number of [0, 1.5, '1']) {
      const answer = await office.phone({ id: '1', event: 'connected', number })
      assert.equal(answer.status, 400)
      assert.match(await answer.text(), /number/u)
    }
  })

  it('that hangs is asked four times at once at most, and holds up no other and no card', async () => {
    const hung = await Loopback.open()
    let [open, most] = [0, 0]
    hung.hears((_request, response) => {
      open += 1
      most = Math.max(most, open)
      response.on('close', () => (open -= 1))
    })
    const cy = await office.person('Cy')
    await cy.say('forward my calls to voicemail')
    for (let call = 0; call < 40; call += 1) {
      const number = `+4420794600${String(call).padStart(2, '0')}`
      const toCy = { ...offered(`hung ${call}`), owner: 'cy@contoso.com', caller: { ...caller, number } }
      assert.equal((await office.phone({ ...toCy, replyUrl: `${hung.url}/decisions` })).status, 202)
    }
    await bo.waitFor(() => most > 0, 'for the hung system to be asked')
    await office.phone(offered('1'))
    await bo.click('Pick up')
    await decided(1)
    assert.deepEqual(system.decisions, [{ id: '1', number: 1, do: 'connect', to: 'bo@contoso.com' }])
    assert.ok(most <= 4, `${most} at once`)
    await hung.close()
  })

  it('is told again until it answers', async () => {
    system.stumbles = 1
    await office.phone(offered('1'))
    await bo.sees('Carl Jones')
    await bo.click('Decline')
    office.pass(1)
    await decided(1)
    assert.deepEqual(system.decisions, [{ id: '1', number: 1, do: 'voicemail' }])
  })

  it('F17 may say everything twice, and in the wrong order', async () => {
    await office.phone({ id: 'gone', event: 'ended' })
    assert.equal((await office.phone(offered('gone'))).status, 202)
    await office.phone(offered('1'))
    await office.phone(offered('1'))
    await bo.sees('Carl Jones')
    await office.phone({ id: '1', event: 'ended' })
    await office.phone({ id: '1', event: 'ended' })
    await bo.sees('The caller hung up')
    const ringing = bo.titles().filter((title) => title === 'Pick up')
    assert.equal(ringing.length, 1, 'one card for one call, none for the one that was over')
  })

  for (const order of orders(['offered', 'connected', 'ended']))
    it(`F17 may tell ten times of ${order.join(', ')}, in this order, and it is one call`, async () => {
      await office.settled()
      const before = bo.screen().length
      for (const event of order)
        for (let copy = 0; copy < 10; copy += 1) {
          const told = await office.phone(event === 'offered' ? offered('1') : { id: '1', event })
          assert.equal(told.status, 202, event)
        }
      await office.settled()
      const cards = bo.screen().slice(before)
      const drawn = order.indexOf('offered') < order.indexOf('ended') ? 2 : 0
      assert.ok(cards.length <= drawn, `one call, at most once drawn live and once final: ${bo.words(cards)}`)
      await ann.say('calls')
      const said = ann.last().split('Carl Jones').length - 1
      assert.equal(said, drawn === 0 ? 0 : 1, ann.last())
      office.pass(1)
      const late = await office.phone(offered('1'))
      assert.equal(late.status, drawn === 0 ? 202 : 409, 'where it rang before, it may be another call')
      await office.settled()
      assert.equal(bo.screen().length, before + cards.length, 'and it never begins again')
    })

  it('takes null and nothing in a field for its absence, and a withheld number for what it is', async () => {
    for (const [id, nothing] of [
      ['1', null],
      ['2', ''],
      ['3', ' '],
    ] as const) {
      const nobody = { kind: 'pstn', number: nothing, name: nothing, id: nothing }
      const told = await office.phone({ ...offered(id), caller: nobody, replyUrl: nothing })
      assert.equal(told.status, 202, JSON.stringify(nothing))
    }
    for (const [id, number] of [
      ['4', 'Anonymous'],
      ['5', 'sip:anonymous@anonymous.invalid'],
      ['6', 'RESTRICTED'],
    ] as const)
      assert.equal((await office.phone({ ...offered(id), caller: { kind: 'pstn', number } })).status, 202)
    const named = { kind: 'pstn', number: 'unavailable', name: 'Zoe Withheld' }
    assert.equal((await office.phone({ ...offered('7'), caller: named })).status, 202)
    await bo.waitFor(() => bo.titles().filter((title) => title === 'Pick up').length === 7, 'for seven cards')
    await bo.sees('Zoe Withheld')
    const shown = bo.words(bo.screen())
    assert.equal(shown.split('Incoming call Unknown caller').length - 1, 6, shown)
    assert.ok(!/anonymous|restricted|unavailable|null/iu.test(shown), shown)
  })

  it('routes a withheld number as the policy routes calls from the telephone network', async () => {
    await office.administer('PUT', '/policies/Global', { InboundPstnCallRoutingTreatment: 'Voicemail' })
    await office.phone({ ...offered('1'), caller: { kind: 'pstn', number: null } })
    await decided(1)
    assert.deepEqual(system.decisions, [{ id: '1', number: 1, do: 'voicemail' }])
  })

  it('shows what a caller is called with its joiners, without tricks, and also when it is cut', async () => {
    const names = {
      'ශ්\u200dරී ලාල්': 'ශ්\u200dරී ලාල්',
      'می\u200cخواهم 👨\u200d👩\u200d👧': 'می\u200cخواهم 👨\u200d👩\u200d👧',
      'Carl\u202e senoJ\u200d \ud83d': 'Carl senoJ',
      'Dora\u0000\u{e0041} Ek': 'Dora Ek',
    }
    for (const [index, [name, shown]] of Object.entries(names).entries()) {
      const call = { ...offered(String(index)), caller: { ...caller, name } }
      assert.equal((await office.phone(call)).status, 202)
      await bo.waitFor(() => bo.words().includes(shown), shown)
    }
    assert.doesNotMatch(bo.words(), /[\u202e\u0000\p{Surrogate}\u{e0041}]/u)
  })

  it('says which field is wrong, and changes nothing', async () => {
    const before = await office.settled()
    const long = 'x'.repeat(257)
    const whole = offered('1')
    for (const [body, names] of [
      [[], 'body'],
      [{ ...whole, id: null }, '"id"'],
      [{ ...whole, id: '' }, '"id"'],
      [{ ...whole, id: 7 }, '"id"'],
      [{ ...whole, id: long }, '"id"'],
      [{ ...whole, event: null }, '"event"'],
      [{ ...whole, owner: null }, '"owner"'],
      [{ ...whole, owner: ' ' }, '"owner"'],
      [{ ...whole, owner: long }, '"owner"'],
      [{ ...whole, owner: {} }, '"owner"'],
      [{ ...whole, caller: null }, '"caller"'],
      [{ ...whole, caller: [] }, '"caller"'],
      [{ ...whole, caller: { ...caller, kind: null } }, '"caller.kind"'],
      [{ ...whole, caller: { ...caller, kind: 'guest' } }, '"caller.kind"'],
      [{ ...whole, caller: { ...caller, number: 442079460000 } }, '"caller.number"'],
      [{ ...whole, caller: { ...caller, name: long } }, '"caller.name"'],
      [{ ...whole, caller: { ...caller, id: long } }, '"caller.id"'],
      [{ ...whole, replyUrl: 7 }, '"replyUrl"'],
      [{ ...whole, replyUrl: `https://contoso.com/${'x'.repeat(2048)}` }, '"replyUrl"'],
      [{ ...whole, replyUrl: 'contoso.com' }, '"replyUrl"'],
      [{ event: 'ended', id: null }, '"id"'],
      ...['\ud800', 'a\udc00b', '\u0000', '1\u0000'].flatMap((broken) => [
        [{ ...whole, id: broken }, '"id"'] as const,
        [{ event: 'ended', id: broken }, '"id"'] as const,
        [{ event: 'connected', id: '1', to: broken }, '"to"'] as const,
        [{ ...whole, owner: `ann${broken}@contoso.com` }, '"owner"'] as const,
        [{ ...whole, caller: { ...caller, id: broken } }, '"caller.id"'] as const,
        [{ ...whole, caller: { ...caller, number: broken } }, '"caller.number"'] as const,
        [{ ...whole, replyUrl: `https://pbx.contoso.com/${broken}` }, '"replyUrl"'] as const,
      ]),
      ...[
        ...[
          'http://169.254.169.254/latest',
          'https://2852039166/',
          'https://[::ffff:a9fe:a9fe]/',
          'http://0/',
        ],
        ...['http://10.0.0.7/x', 'https://192.168.1.1/', 'https://[fd00::7]/', 'http://pbx.contoso.com/'],
        ...['https://ann:word@pbx.contoso.com/', 'ftp://pbx.contoso.com/'],
      ].map((replyUrl) => [{ ...whole, replyUrl }, '"replyUrl"'] as const),
    ] as const) {
      const told = await office.phone(body)
      const { error } = (await told.json()) as { error: { code: string; message: string } }
      assert.deepEqual([told.status, error.code], [400, 'badEvent'], JSON.stringify(body))
      assert.ok(error.message.includes(names), `${names}: ${error.message}`)
    }
    assert.equal(await office.settled(), before)
  })

  it('T14 refuses what is not signed, too old, or not for us, and changes nothing', async () => {
    const post = (body: string, signature: string) =>
      fetch(`${office.botUrl}/api/calls`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Signature': signature },
        body,
      })
    const body = JSON.stringify(offered('1'))
    const before = await office.settled()
    for (const signature of [
      't=1,v1=00',
      signed(body, 'another secret of that length', Date.now()),
      signed(`${body} `, webhookSecret, Date.now()),
      signed(body, webhookSecret, Date.now() - 360_000),
      signed(body, webhookSecret, Date.now() + 360_000),
    ])
      assert.equal((await post(body, signature)).status, 401, signature)
    assert.equal(await office.settled(), before)
    office.pass(-301)
    assert.equal((await office.phone(offered('1'))).status, 202, 'its clock and ours agree')
    office.pass(301)
    const nobody = await office.phone({ ...offered('2'), owner: 'nobody@contoso.com' })
    assert.equal(nobody.status, 400)
    assert.deepEqual(Object.keys((await nobody.json()) as object), ['error'])
    assert.equal((await office.phone({ ...offered('3'), event: 'invented' })).status, 400)
    assert.equal(
      (await office.phone({ ...offered('4'), replyUrl: 'http://elsewhere.example/x' })).status,
      400,
    )
  })
})
