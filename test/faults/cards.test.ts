import assert from 'node:assert/strict'
import { openOffice, type Office } from '../flows/office.ts'
import { type Person } from '../peer/person.ts'

/** A card whose answer got lost is sent again after three seconds, of the story: on a busy machine too that is later. */
const slow = 0.25

describe('The cards of a call when the chat service or a person interferes', () => {
  let office: Office
  let ann: Person
  let bo: Person
  let cy: Person
  beforeEach(async () => {
    office = await openOffice('msteams', { rate: slow, isSendQuotaKept: true })
    ann = await office.person('Ann')
    bo = await office.person('Bo')
    cy = await office.person('Cy')
    await ann.say('add bo@contoso.com and cy@contoso.com')
    await ann.say('forward my calls to my group')
    await office.settled()
  })
  afterEach(() => office.close())

  const isPostTo =
    (person: Person) =>
    ({ method, path }: { readonly method: string; readonly path: string }) =>
      method === 'POST' && path.includes(person.conversation)
  const postsTo = (person: Person) => office.peer.requests.filter(isPostTo(person)).length
  const cardOf = (person: Person) => person.screen().findLast(({ card }) => card !== null)

  for (const [what, fault] of [
    ['an error', { status: 500 }],
    ['a broken connection', { reset: true }],
  ] as const) {
    it(`F3 posts a ringing card once more, and no third time, when each answer is ${what}`, async () => {
      const before = postsTo(bo)
      office.peer.fault({ fits: isPostTo(bo), ...fault, afterAccepting: true, times: 9 })
      await ann.say('simulate call from Carl fail')
      await cy.sees('Incoming call')
      await bo.waitFor(() => postsTo(bo) === before + 1, 'for the first card')
      await office.settled()
      assert.equal(postsTo(bo), before + 1, 'nothing is sent again at once')
      office.pass(3)
      await bo.waitFor(() => postsTo(bo) === before + 2, 'for the second card')
      await cy.click('Pick up')
      await cy.sees('You picked up')
      office.pass(1)
      await cy.sees('could not be connected. It is ringing again.')
      office.pass(5)
      await office.settled()
      assert.equal(postsTo(bo), before + 2, 'not even when there is something new to say')
      office.peer.heal()
      await ann.click('Caller hangs up')
      for (const shown of bo.screen().filter(({ card }) => card?.['refresh'])) await bo.refresh(shown)
      assert.ok(!bo.titles().includes('Pick up'), 'both heal when they are seen')
    })
  }

  it('F3 never posts a card twice when the answer to the first is lost and nobody needs it any more', async () => {
    const before = postsTo(bo)
    office.peer.fault({
      fits: isPostTo(bo),
      status: 500,
      afterAccepting: true,
      times: 1,
    })
    await ann.say('simulate call from Carl')
    await bo.sees('Incoming call')
    await cy.sees('Incoming call')
    await cy.click('Pick up')
    await cy.sees('You picked up')
    office.pass(4)
    await ann.say('calls')
    assert.equal(postsTo(bo) - before, 1)
    const orphan = bo.screen().findLast(({ card }) => card !== null)
    assert.ok(orphan)
    await bo.refresh(orphan)
    assert.match(bo.last(), /Cy picked up/, 'the orphan heals when it is seen')
  })

  it('F16 leaves it at that when somebody has deleted their card', async () => {
    await ann.say('simulate call from Carl')
    await bo.sees('Incoming call')
    await cy.sees('Incoming call')
    await office.settled()
    const before = postsTo(bo)
    const card = cardOf(bo)
    assert.ok(card)
    const path = `/v3/conversations/${bo.conversation}/activities/${card.id}`
    await fetch(`${office.peer.serviceUrl}${path}`, { method: 'DELETE' })
    await cy.click('Pick up')
    const updates = () =>
      office.peer.requests.filter((request) => request.method === 'PUT' && request.path === path).length
    await bo.waitFor(() => updates() > 0, 'for the update')
    for (let seconds = 0; seconds < 60; seconds += 5) {
      office.pass(5)
      await office.settled()
    }
    assert.ok(!bo.words().includes('Cy picked up'))
    assert.equal(postsTo(bo), before, 'no card in its place')
    const ended = updates()
    office.pass(60)
    await office.settled()
    assert.equal(updates(), ended, 'and no further try')
    const opened = office.peer.requests.filter(({ path: asked }) => asked === '/v3/conversations')
    assert.equal(opened.length, 0, 'and the conversation counts as good')
  })
})
