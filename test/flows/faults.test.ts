import assert from 'node:assert/strict'
import { type Person } from '../peer/person.ts'
import { type Office, openOffice } from './office.ts'

describe('A call while the chat service misbehaves (msteams)', () => {
  let office: Office
  let ann: Person
  let bo: Person
  let cy: Person
  beforeEach(async () => {
    office = await openOffice('msteams', { isSendQuotaKept: true })
    ann = await office.person('Ann')
    bo = await office.person('Bo')
    cy = await office.person('Cy')
    await ann.say('add bo@contoso.com and cy@contoso.com')
    await ann.say('forward my calls to my group')
  })
  afterEach(() => office.close())

  const postsTo = (person: Person) => {
    const path = `/v3/conversations/${person.conversation}/activities`
    return office.peer.requests.filter((request) => request.method === 'POST' && request.path === path)
  }

  it('F15 takes the first member who removes the bot out of the group, tells the owner, and rings the others', async () => {
    await bo.removeApp()
    await ann.sees('Bo left your call group')
    const before = postsTo(bo).length
    await ann.say('simulate call from Carl')
    await cy.sees('Incoming call')
    await cy.click('Pick up')
    await cy.sees('You picked up')
    assert.equal(postsTo(bo).length, before)
  })

  it('F15 rings the others when the first member answers 403', async () => {
    bo.isRemoved = true
    await ann.say('simulate call from Carl')
    await cy.sees('Incoming call')
    await cy.click('Pick up')
    await ann.sees('could not reach Bo')
    await ann.say('my group')
    assert.match(ann.last(), /Bo.*has not opened the bot yet/i)
  })

  it('F4 rings the others at once while the first member is throttled, and rings him too when he may be written to', async () => {
    office.peer.fault({
      fits: ({ method, path }) => method === 'POST' && path.includes(bo.conversation),
      status: 429,
      retryAfter: 30,
      times: 1,
    })
    await ann.say('if unanswered voicemail after 60')
    await ann.say('simulate call from Carl')
    await cy.sees('Incoming call')
    office.pass(25)
    await office.settled()
    assert.ok(!bo.titles().includes('Pick up'), 'he may not be written to before')
    office.pass(10)
    await bo.sees('Incoming call')
    await cy.click('Pick up')
    await bo.sees('Cy picked up')
  })

  it('F4 holds up no later call for a wait that Teams asks for, and this one no longer than it rings', async () => {
    office.peer.fault({
      fits: ({ method, path }) => method === 'POST' && path.includes(bo.conversation),
      status: 429,
      retryAfter: 86_400,
      times: 2,
    })
    await ann.say('if unanswered voicemail after 60')
    await ann.say('simulate call from Carl')
    await cy.sees('Incoming call')
    await ann.say('simulate call from Dora')
    await cy.sees('Dora')
    await ann.say('simulate call from Eve')
    await bo.sees('Eve')
    assert.doesNotMatch(bo.words(), /Carl|Dora/)
    for (const title of ['Pick up', 'Pick up', 'Pick up']) await cy.click(title)
    await bo.sees('Cy picked up')
    office.pass(60)
    await office.settled()
    assert.doesNotMatch(bo.words(), /Carl|Dora/, 'what is over is not shown any more')
  })

  it('F3 redraws a card again whose redrawing may not have arrived, until it is no longer live', async () => {
    office.peer.fault({
      fits: ({ method, path }) => method === 'PUT' && path.includes(bo.conversation),
      reset: true,
      times: 4,
    })
    await ann.say('simulate call from Carl')
    await bo.sees('Incoming call')
    await cy.sees('Incoming call')
    await cy.click('Pick up')
    await cy.sees('You picked up')
    for (let second = 0; second < 6; second += 1) {
      office.pass(1)
      await office.settled()
    }
    await bo.sees(/Cy picked up after/)
    assert.ok(!bo.titles().includes('Pick up'))
  })

  it('F3 leaves no old card live when a call rings anew and removing the old one fails at first', async () => {
    office.peer.fault({
      fits: ({ method, path }) => ['PUT', 'DELETE'].includes(method) && path.includes(bo.conversation),
      reset: true,
      times: 4,
    })
    await ann.say('simulate call from Carl fail')
    await bo.sees('Incoming call')
    await cy.sees('Incoming call')
    await cy.click('Pick up')
    await bo.saw(/Cy (?:picked up|could not be connected)/)
    for (let second = 0; second < 8; second += 1) {
      office.pass(1)
      await office.settled()
    }
    await bo.sees(/Cy could not be connected/)
    assert.equal(bo.titles().filter((title) => title === 'Pick up').length, 1, bo.words())
  })

  it('F14 reaches a member who never opened the bot as soon as they do', async () => {
    const dee = office.peer.person({ name: 'Dee', address: 'dee@contoso.com' })
    await ann.say('add dee@contoso.com')
    assert.match(ann.last(), /dee@contoso\.com.*has not opened the bot yet/i)
    await ann.say('simulate call from Carl')
    await cy.sees('Incoming call')
    await dee.open()
    await dee.sees('Incoming call')
    await dee.click('Pick up')
    await cy.sees('Dee picked up')
    await dee.say('notifications')
    assert.match(dee.last(), /Calls for Ann/)
  })

  it('F14 opens the chat with somebody from the people picker who has the app but never wrote', async () => {
    const eve = office.peer.person({ name: 'Eve', address: 'eve@contoso.com' })
    await ann.say('my group')
    await ann.click('Add', { people: eve.objectId })
    await eve.sees('Ann added you to their call group')
    await ann.say('simulate call from Carl')
    await eve.sees('Incoming call')
  })

  it('welcomes once, although installing tells of it twice', async () => {
    await bo.open()
    await bo.say('settings')
    assert.equal(bo.words().split('Create my call group').length - 1, 1)
  })

  it('does a repeated message only once', async () => {
    const message = { type: 'message', text: 'simulate call from Carl', id: 'same-id' }
    await ann.send(message)
    await ann.send(message)
    await bo.sees('Incoming call')
    await ann.say('calls')
    assert.equal(bo.titles().filter((title) => title === 'Pick up').length, 1)
  })
})
