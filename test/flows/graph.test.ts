import assert from 'node:assert/strict'
import { until } from '../until.ts'
import { CallHost, serviceToken, voicemailNumber } from '../graph/call-host.ts'
import { type PretendCall } from '../graph/pretend-call.ts'
import { tenant } from '../../src/playground/chat-client.ts'
import { type Person } from '../peer/person.ts'
import { type Office, openOffice } from './office.ts'

const account = '00000000-0000-4000-8000-00000000000a'
/** Nobody is named for this one. */
const strangeAccount = '00000000-0000-4000-8000-00000000000b'
const carl = { phone: '+442079460000', name: 'Carl Jones' }
/** The bot answers a call that nobody has taken after ten seconds. */
const untilAnswered = 10

describe('Calls from Microsoft Graph', () => {
  let host: CallHost
  let office: Office
  let ann: Person
  let bo: Person
  let cy: Person
  beforeEach(async () => {
    host = await CallHost.start()
    office = await openOffice('msteams', { callHost: host })
    host.botUrl = office.botUrl
    // Named before they have opened the bot: their object id is learnt when they do.
    await office.administer('PUT', `/resource-accounts/${account}`, { Owner: 'ann@contoso.com' })
    await office.administer('PATCH', '/users/bo@contoso.com/calling-settings', {
      BusyOnBusyOption: 'RingUser',
    })
    ann = await office.person('Ann')
    bo = await office.person('Bo')
    cy = await office.person('Cy')
    await ann.say('add bo@contoso.com and cy@contoso.com')
    await ann.say('forward my calls to my group')
  })
  afterEach(async () => {
    await office.close()
    await host.stop()
    assert.deepEqual(host.service.wrong, [])
  })

  const callIn = (id = 'one', more: object = {}): PretendCall =>
    host.service.callIn({ id, from: carl, account, ...more })
  const did = (call: PretendCall, ...done: readonly string[]) =>
    ann.waitFor(
      () => done.every((one) => call.done.includes(one)),
      `for ${done.join(', ')}; it did ${call.done.join(', ')}`,
    )
  const ended = (call: PretendCall, end: PretendCall['end']) =>
    ann.waitFor(() => call.end === end, `for the end ${String(end)}; it is ${call.state} ${String(call.end)}`)
  const rings = (person: Person) =>
    person.waitFor(() => person.titles().includes('Pick up'), 'for the ringing card')
  const nobodyCanPickUp = async () => {
    for (const person of [ann, bo, cy])
      await person.waitFor(() => !person.titles().includes('Pick up'), 'for a card without buttons')
  }
  const boShares = async () => {
    await bo.say('add cy@contoso.com')
    await bo.say('forward my calls to my group')
  }
  const held = async (call: PretendCall) => {
    await rings(bo)
    // Whoever posts cards has to be done: time that jumps would be taken for their having died over it.
    await office.settled()
    office.pass(untilAnswered)
    await did(call, 'answer', 'playPrompt')
  }

  it('ring the owner’s group, and go to whoever picks up at once without having been answered', async () => {
    const call = callIn()
    await rings(bo)
    await bo.sees('Carl Jones')
    await bo.sees('+442079460000')
    await bo.click('Pick up')
    await ended(call, 'handedOver')
    assert.deepEqual(call.done, [`redirect ${bo.objectId}`])
    await bo.sees('The call went to your phone')
    await cy.sees(/Bo picked up after \d+ s/)
    await nobodyCanPickUp()
  })

  it('are answered after ten seconds, hear our ringback, and are transferred to whoever picks up', async () => {
    const call = callIn()
    await held(call)
    await cy.click('Pick up')
    await cy.sees('Your phone rings next')
    await ended(call, 'handedOver')
    assert.deepEqual(call.handedTo, [cy.objectId])
    assert.deepEqual(call.done, ['answer', 'playPrompt', 'cancelMediaProcessing', `transfer ${cy.objectId}`])
    await cy.sees('You are connected')
    await bo.sees('They are connected')
    await nobodyCanPickUp()
  })

  for (const [fault, what] of [
    ['transfersFail', 'the transfer fails'],
    ['transfersUnknown', 'Graph does not know whom they should go to'],
  ] as const)
    it(`ring again when ${what}, the cards say so, and somebody else may have them`, async () => {
      host.service[fault] = 1
      const call = callIn()
      await held(call)
      await bo.click('Pick up')
      await cy.sees('Bo could not be connected. It is ringing again.')
      await cy.click('Pick up')
      await ended(call, 'handedOver')
      assert.deepEqual(call.handedTo, [cy.objectId])
      await bo.sees(/Cy picked up/)
      await nobodyCanPickUp()
    })

  it('end for everybody when the caller hangs up, before and after they were answered', async () => {
    callIn('first')
    await rings(bo)
    host.service.hangUp('first')
    await bo.sees('The caller hung up')
    await nobodyCanPickUp()
    const call = callIn('second')
    await held(call)
    host.service.hangUp('second')
    await nobodyCanPickUp()
  })

  it('go to the voicemail number when nobody picks up, to another number, or to a person', async () => {
    const first = callIn('first')
    await rings(bo)
    await bo.click('Decline')
    await cy.click('Decline')
    await ended(first, 'handedOver')
    assert.deepEqual(first.handedTo, [voicemailNumber])
    await ann.say('forward my calls to +44 20 7946 0099')
    const second = callIn('second')
    await ended(second, 'handedOver')
    assert.deepEqual(second.handedTo, ['+442079460099'])
    await ann.say('forward my calls to bo@contoso.com')
    const third = callIn('third')
    await ended(third, 'handedOver')
    assert.deepEqual(third.handedTo, [bo.objectId])
  })

  for (const [typed, number] of [
    ['4711', '4711'],
    ['+44 20 7946 0099 ext 12', '+442079460099;ext=12'],
  ] as const)
    it(`go to voicemail where ${number} cannot be called, and their owner hears why`, async () => {
      await ann.say(`forward my calls to ${typed}`)
      const call = callIn()
      await ended(call, 'handedOver')
      assert.deepEqual(call.done, [`redirect ${voicemailNumber}`])
      await ann.sees(`could not be sent on to ${number}`)
      await ann.sees('Say "forwarding" to choose one')
      await office.administer('PUT', '/policies/Global', { AllowVoicemail: 'AlwaysDisabled' })
      const missed = callIn('missed')
      await ended(missed, 'rejected')
      await ann.say('also ring my group')
      await ann.say(`if unanswered ${typed}`)
      const unanswered = callIn('unanswered')
      await rings(bo)
      for (const person of [ann, bo, cy]) await person.click('Decline')
      await ended(unanswered, 'rejected')
      const told = () => ann.words(ann.screen()).split('could not be sent on').length - 1
      await ann.waitFor(() => told() === 3, 'to be told once of each')
    })

  it('go to voicemail where they should go to somebody Teams does not know, and their owner hears who', async () => {
    await ann.say('forward my calls to zoe@contoso.com')
    const call = callIn()
    await ended(call, 'handedOver')
    assert.deepEqual(call.handedTo, [voicemailNumber])
    await ann.sees(/could not be sent on to zoe@contoso.com: Teams does not know them here/i)
  })

  it('are let go, and their owner hears of it, where Graph will not call the number', async () => {
    await ann.say('forward my calls to +44 20 7946 0099')
    host.service.redirectsFail = 1
    const call = callIn()
    await ended(call, 'rejected')
    await ann.sees('could not be sent on to +442079460099: Teams would not call it')
  })

  it('are let go as missed when there is nobody they could go to', async () => {
    await ann.say('if unanswered nothing')
    const call = callIn()
    await rings(bo)
    await bo.click('Decline')
    await cy.click('Decline')
    await ended(call, 'rejected')
    await bo.sees(/Missed/)
  })

  it('are told busy when there are too many', async () => {
    const calls = ['+442079460001', '+442079460002', '+442079460003'].map((phone, index) =>
      callIn(`call ${index}`, { from: { phone } }),
    )
    await bo.waitFor(() => bo.titles().filter((title) => title === 'Pick up').length === 3, 'for three cards')
    const fourth = callIn('fourth', { from: { phone: '+442079460004' } })
    await ended(fourth, 'rejected')
    assert.deepEqual(fourth.done, ['reject busy'])
    assert.ok(calls.every(({ state }) => state === 'incoming'))
  })

  it('that come round in a circle are turned away, and ring nobody twice', async () => {
    const call = callIn('one', { chain: 'circle' })
    await rings(bo)
    const round = callIn('round', { chain: 'circle' })
    await ended(round, 'rejected')
    assert.deepEqual(round.done, ['reject none'])
    assert.equal(bo.titles().filter((title) => title === 'Pick up').length, 1)
    assert.equal(call.state, 'incoming')
    host.service.hangUp('one')
    await nobodyCanPickUp()
    const late = callIn('late', { chain: 'circle' })
    await ended(late, 'rejected')
    assert.deepEqual(late.done, ['reject none'], 'the call that has just ended is known, too')
  })

  for (const [phone, words] of [
    ['+442079460000', '+442079460000'],
    ['anonymous', 'Unknown caller'],
  ] as const)
    it(`are two callers where both call from ${phone}, and ring twice`, async () => {
      const calls = [callIn('one', { from: { phone } }), callIn('two', { from: { phone } })]
      const cards = () => bo.titles().filter((title) => title === 'Pick up').length
      await bo.waitFor(() => cards() === 2, 'for two cards')
      assert.ok(calls.every(({ state }) => state === 'incoming'))
      await bo.sees(words)
      assert.ok(!bo.words(bo.screen()).includes('anonymous'))
    })

  for (const [from, policy] of [
    [{ phone: null }, 'InboundPstnCallRoutingTreatment'],
    [{ phone: 'restricted' }, 'InboundPstnCallRoutingTreatment'],
    [{ user: 'stranger', name: 'Zoe', tenant: null }, 'InboundFederatedCallRoutingTreatment'],
  ] as const)
    it(`go where the ${policy} sends them when they come from ${JSON.stringify(from)}`, async () => {
      const kept = await office.administer('PUT', '/policies/Global', { [policy]: 'Voicemail' })
      assert.equal(kept.status, 200)
      const call = callIn('one', { from })
      await ended(call, 'handedOver')
      assert.deepEqual(call.handedTo, [voicemailNumber])
    })

  it('find their owner by who forwarded them, before whose line they came on', async () => {
    await boShares()
    callIn('one', { forwardedBy: bo.objectId })
    await rings(cy)
    await cy.sees(/for\s+Bo/)
  })

  it('find their owner by on whose behalf they come, after who forwarded them', async () => {
    await boShares()
    callIn('behalf', { account: strangeAccount, onBehalfOf: bo.objectId })
    await rings(cy)
    await cy.sees(/for\s+Bo/)
    host.service.hangUp('behalf')
    await nobodyCanPickUp()
    callIn('both', { account: strangeAccount, forwardedBy: ann.objectId, onBehalfOf: bo.objectId })
    await rings(cy)
    await cy.sees(/for\s+Ann/)
  })

  it('forwarded by somebody nobody knows ring whoever the line is for', async () => {
    callIn('one', { forwardedBy: 'a0000000-0000-4000-8000-0000000000ff' })
    await rings(bo)
    await bo.sees(/for\s+Ann/)
  })

  it('that nobody is named for are turned away, and ring nobody', async () => {
    const call = callIn('one', { account: strangeAccount })
    await ended(call, 'rejected')
    assert.deepEqual(call.done, ['reject none'])
    assert.ok([ann, bo, cy].every((person) => !person.titles().includes('Pick up')))
  })

  it('that nobody is named for ring the default owner, where there is one', async () => {
    host.defaultOwner = 'ann@contoso.com'
    await office.restart()
    const call = callIn('one', { account: strangeAccount })
    await rings(bo)
    await bo.sees(/for\s+Ann/)
    await bo.click('Pick up')
    await ended(call, 'handedOver')
    assert.deepEqual(call.handedTo, [bo.objectId])
  })

  it('are rung by Teams itself where the owner wants that, and only noted down', async () => {
    await ann.say('let Teams ring my group')
    await ann.sees('Teams now rings the members by itself')
    await ann.say('settings')
    await ann.sees('Teams rings by itself, and does not tell who answered')
    const call = callIn()
    await ended(call, 'handedOver')
    assert.deepEqual(call.done, [`redirect ${bo.objectId} ${cy.objectId}`])
    await nobodyCanPickUp()
    await until('the call is noted down', async () => {
      await ann.say('calls')
      return ann.last().includes('Rung by Teams')
    })
    await ann.say('ring everyone')
    callIn('two', { from: { phone: '+442079460007' } })
    await rings(bo)
  })

  it('are rung by cards after all when Teams will not ring', async () => {
    await ann.say('let Teams ring my group')
    host.service.redirectsFail = 1
    const call = callIn()
    await rings(bo)
    await did(call, 'answer', 'playPrompt')
    await bo.click('Pick up')
    await ended(call, 'handedOver')
    assert.deepEqual(call.handedTo, [bo.objectId])
  })

  it('F18 go on ringing after a restart, and those that are gone are closed', async () => {
    const [call, other] = [callIn('one'), callIn('two', { from: { phone: '+442079460009' } })]
    const ringing = () => bo.titles().filter((title) => title === 'Pick up').length
    await bo.waitFor(() => ringing() === 2, 'for both cards')
    await office.settled()
    office.pass(untilAnswered)
    for (const one of [call, other]) await did(one, 'answer', 'playPrompt')
    host.service.vanish('two')
    await office.restart()
    await bo.waitFor(() => ringing() === 1, 'for the card of the other to be closed')
    await bo.sees('The caller hung up')
    await bo.click('Pick up')
    await ended(call, 'handedOver')
    assert.deepEqual([call.handedTo, other.handedTo], [[bo.objectId], []])
    await nobodyCanPickUp()
  })

  it('fetch their ringback by its name, which nobody can guess and which stays the same', async () => {
    const call = callIn()
    await held(call)
    const [uri = ''] = /https:[^"]+\.wav/u.exec(JSON.stringify(host.traffic)) ?? []
    const { pathname } = new URL(uri)
    const get = (path: string, method = 'GET') => fetch(`${office.botUrl}${path}`, { method })
    const sound = await get(pathname)
    assert.deepEqual([sound.status, sound.headers.get('content-type')], [200, 'audio/wav'])
    assert.equal((await sound.arrayBuffer()).byteLength, 192_044)
    assert.equal((await get(pathname, 'HEAD')).status, 200)
    assert.ok((pathname.split('/').at(-1) ?? '').length > 40)
    assert.equal((await get(pathname.replace('.wav', 'x.wav'))).status, 404)
    assert.equal((await get('/api/graph/ringback/ringback.wav')).status, 404)
    await office.restart()
    assert.equal((await get(pathname)).status, 200)
  })

  it('T3 are heard from nobody but Graph, for this bot and tenant, and change nothing otherwise', async () => {
    const body = {
      value: [{ changeType: 'created', resourceUrl: '/communications/calls/x', resourceData: {} }],
    }
    for (const token of ['', 'a.b.c', serviceToken({ tid: 'another' }), serviceToken({ aud: 'another' })])
      assert.equal(await host.post(body, `Bearer ${token}`), 403)
    const unread = await fetch(`${office.botUrl}/api/graph/calls`, {
      method: 'POST',
      body: 'x'.repeat(300_000),
    })
    assert.equal(unread.status, 403, 'a stranger’s body is not looked at')
    assert.equal(await host.post({ id: 'legacy' }), 204)
    assert.equal(await host.post({ value: [] }), 202)
    assert.equal(await host.post('not an object'), 204)
  })

  it('of another tenant are rejected, and ring nobody', async () => {
    const resourceData = {
      state: 'incoming',
      direction: 'incoming',
      tenantId: 'another',
      source: { identity: { phone: { id: '+442079460008' } } },
      targets: [{ identity: { applicationInstance: { id: account } } }],
    }
    const theirs = (tenantId: string) => ({
      value: [
        {
          changeType: 'created',
          resourceUrl: `/communications/calls/of-${tenantId}`,
          resourceData: { ...resourceData, tenantId },
        },
      ],
    })
    assert.equal(await host.post(theirs('another')), 202)
    const rejected = () => host.traffic.filter((one) => one.is === 'asked' && one.action === 'reject')
    await bo.waitFor(() => rejected().length === 1, 'for the call to be rejected')
    await office.settled()
    assert.ok(!bo.titles().includes('Pick up'))
    assert.equal(await host.post(theirs(tenant)), 202)
    await rings(bo)
  })
})
