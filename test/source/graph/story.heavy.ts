/** A call from the first notice to the transferred caller, with the settings of production: TLS all around, signed tokens both ways. */
import assert from 'node:assert/strict'
import { CallHost } from '../../graph/call-host.ts'
import { type PretendCall } from '../../graph/pretend-call.ts'
import { type Person } from '../../peer/person.ts'
import { Production } from '../../threats/production.ts'
import { until } from '../../until.ts'

const account = '00000000-0000-4000-8000-00000000000a'
const adminKey = 'a key of more than sixteen characters'

describe('A call from Graph to a bot in production', () => {
  let host: CallHost
  let production: Production
  let [ann, bo, cy]: readonly Person[] = []
  before(async () => {
    host = await CallHost.start()
    production = await Production.open(host)
    await production.start({ ADMIN_API_KEY: adminKey })
    const named = await fetch(`${production.botUrl}/api/admin/resource-accounts/${account}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ Owner: 'ann@contoso.com' }),
    })
    assert.equal(named.status, 200)
    ann = await production.person('Ann')
    bo = await production.person('Bo')
    cy = await production.person('Cy')
    await ann.say('add bo@contoso.com and cy@contoso.com')
    await ann.say('forward my calls to my group')
    await ann.say('if unanswered voicemail after 60')
  })
  after(async () => {
    await production.close()
    await host.stop()
  })

  const callIn = (id: string) =>
    host.service.callIn({ id, from: { phone: '+442079460000', name: 'Carl' }, account })
  const ended = (call: PretendCall) => until(`${call.id} ends`, () => call.state === 'terminated')

  it('is held with our ringback, and transferred to exactly one of two who pick up', async () => {
    assert.ok(bo && cy && ann)
    const call = callIn('held')
    for (const member of [bo, cy]) await member.sees('Ringing since')
    await until('the call is answered', () => call.done.includes('playPrompt'))
    const [uri = ''] = /https:[^"]+\.wav/u.exec(JSON.stringify(host.traffic)) ?? []
    assert.equal(new URL(uri).origin, 'https://pickup.contoso.com')
    const sound = await production.getPublicly(new URL(uri).pathname)
    assert.deepEqual([sound.status, sound.bytes.length], [200, 192_044])
    await Promise.all([bo.click('Pick up'), cy.click('Pick up')])
    await ended(call)
    const [winner, loser] = call.handedTo[0] === bo.objectId ? [bo, cy] : [cy, bo]
    assert.deepEqual(call.handedTo, [winner.objectId])
    await winner.sees('You are connected')
    await loser.sees(`${winner.name} picked up`)
    await until('nobody is offered the call', () =>
      [ann, bo, cy].every((person) => !person?.titles().includes('Pick up')),
    )
  })

  it('is redirected to whoever picks up at once', async () => {
    assert.ok(bo && cy)
    const call = callIn('quick')
    await bo.waitFor(() => bo?.titles().includes('Pick up') === true, 'for the card')
    await bo.click('Pick up')
    await ended(call)
    assert.deepEqual(call.done, [`redirect ${bo.objectId}`])
    await cy.sees('Bo picked up')
  })

  it('is spoken of to nobody else, with keys read once and a token for each service', async () => {
    assert.deepEqual(await production.refused(), [])
    assert.equal(production.microsoft.asked('callKeys'), 2, 'the document and the keys, once each')
    assert.equal(production.microsoft.asked('token'), 2, 'one for the chat, one for Graph')
    assert.ok(production.microsoft.asked('graph') > 0 && production.microsoft.asked('bot') > 0)
    assert.ok(!production.output.includes('+442079460000') && !production.output.includes('eyJ'))
    assert.deepEqual(host.service.wrong, [])
  })
})
