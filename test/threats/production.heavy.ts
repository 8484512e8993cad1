/** The bot as it runs in production, from outside: real tokens over real TLS, and nothing beyond this machine. */
import assert from 'node:assert/strict'
import { until } from '../until.ts'
import { type Person } from '../peer/person.ts'
import { Production } from './production.ts'

describe('A bot in production', () => {
  let production: Production
  let zoe: Person
  let quentin: Person
  let wanda: Person
  before(async () => {
    production = await Production.open()
    await production.start()
    zoe = await production.person('Zoe')
    quentin = await production.person('Quentin')
    wanda = await production.person('Wanda')
  })
  after(() => production.close())

  it('T3 is told a story over TLS by three people and a telephone', async () => {
    await zoe.say('add quentin@contoso.com and wanda@contoso.com')
    await zoe.say('forward my calls to my group')
    await zoe.say('if unanswered voicemail after 60')
    const offered = await production.phone.offer('story', zoe.address)
    assert.equal(offered.status, 202)
    for (const member of [quentin, wanda]) await member.sees('Ringing since')
    await quentin.click('Pick up')
    await quentin.sees('You picked up')
    await wanda.sees('Quentin picked up')
    await until('the telephone is told', () => production.phone.orders.length > 0)
    assert.deepEqual(production.phone.orders, [
      { id: 'story', number: 1, do: 'connect', to: quentin.address },
    ])
    await until('nobody is offered the call', () =>
      [zoe, quentin, wanda].every((person) => !person.titles().includes('Pick up')),
    )
    assert.equal(production.microsoft.asked('keys'), 2, 'the document and the keys, once each')
    assert.equal(production.microsoft.asked('token'), 1)
    assert.ok(production.microsoft.asked('connector') > 0)
    assert.deepEqual(await production.refused(), [])
  })
})
