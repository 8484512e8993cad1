import assert from 'node:assert/strict'
import { type CardJson } from '../../src/chat/draw/card.ts'
import { type Shown } from '../../src/playground/screens.ts'
import { type Person } from '../peer/person.ts'
import { type Callers, openCallers, places } from './callers.ts'
import { type Office } from './office.ts'

const rings = (person: Person) =>
  person.waitFor(() => person.titles().includes('Pick up'), 'for the ringing card')

/** Whether the newest card of a call still offers to take it. In Teams no older card is left on the screen. */
const mayPickUp = (person: Person) => {
  const newest = person
    .screen()
    .findLast(({ card }) => person.words(card ? [shownCard(card)] : []).includes('→ for'))
  return person.buttons().some(({ title, shown }) => title === 'Pick up' && shown === newest)
}

const shownCard = (card: CardJson): Shown => ({
  id: '',
  from: 'bot',
  text: '',
  card,
  summary: '',
  alert: false,
  at: 0,
})

for (const [flavour, from] of places) {
  describe(`A call that rings (${flavour}, from the ${from})`, () => {
    let callers: Callers
    let office: Office
    let ann: Person
    let bo: Person
    let cy: Person
    beforeEach(async () => {
      callers = await openCallers(flavour, from)
      office = callers.office
      ann = await office.person('Ann')
      bo = await office.person('Bo')
      cy = await office.person('Cy')
      await ann.say('add bo@contoso.com and cy@contoso.com')
    })
    afterEach(() => callers.close())

    it('rings members in order, the next one when a turn is over, and the earlier one may still pick up', async () => {
      await ann.say('ring in order')
      await ann.say('forward my calls to my group')
      await callers.callIn(ann)
      await rings(bo)
      assert.ok(!cy.titles().includes('Pick up'), 'the second waits for his turn')
      office.pass(20)
      await rings(cy)
      await bo.sees('It’s the next person’s turn, but you can still pick up')
      await bo.click('Pick up')
      await cy.sees(/Bo picked up after 2\d s/)
      await bo.sees('You picked up')
    })

    it('rings the next member at once when the one before declines', async () => {
      await ann.say('ring in order')
      await ann.say('forward my calls to my group')
      await callers.callIn(ann)
      await rings(bo)
      await bo.click('Decline')
      await rings(cy)
      await bo.sees('You declined')
    })

    it('goes to voicemail when nobody answers, and leaves no button that does nothing', async () => {
      await ann.say('also ring my group')
      await ann.say('if unanswered voicemail after 20')
      await callers.callIn(ann)
      for (const person of [ann, bo, cy]) await rings(person)
      office.pass(20)
      for (const person of [ann, bo, cy]) {
        await person.sees('Nobody picked up. The call went to voicemail.')
        await person.waitFor(() => !mayPickUp(person), 'for a card without buttons')
      }
      await ann.say('calls')
      await ann.sees('Went to voicemail')
    })

    it('moves on at once when everybody declines', async () => {
      await ann.say('forward my calls to my group')
      await callers.callIn(ann)
      await rings(bo)
      await rings(cy)
      await bo.click('Decline')
      await cy.click('Decline')
      await bo.sees('The call went to voicemail')
    })

    it('says so when the caller hangs up, and a later click hears it too', async () => {
      await ann.say('also ring my group')
      await callers.callIn(ann)
      await rings(bo)
      const [button] = bo.buttons().filter(({ title }) => title === 'Pick up')
      office.pass(12)
      await callers.hangUp(ann)
      await cy.sees(/The caller hung up after 1\d s/)
      await bo.sees('The caller hung up')
      if (button) await bo.press(button)
      assert.match(bo.last(), /The caller hung up/)
    })

    it('tells a late clicker who was faster, and by how much', async () => {
      await ann.say('also ring my group')
      await callers.callIn(ann)
      await rings(bo)
      await rings(cy)
      const late = cy.buttons().find(({ title }) => title === 'Pick up')
      await bo.click('Pick up')
      await cy.sees('Bo picked up')
      assert.ok(late)
      await cy.press(late)
      await cy.sees(/Bo picked up .* before you/)
    })

    it('forwards to a number when nobody answers', async () => {
      await ann.say('if unanswered +44 20 7946 0000 after 5')
      assert.match(ann.last(), /Calls ring you for 5 seconds, then go to \+442079460000/)
      await callers.callIn(ann)
      await rings(ann)
      office.pass(5)
      await ann.sees('Nobody picked up. The call went to +442079460000.')
    })

    it('rings again when the hand-over fails, and says who could not be connected', async () => {
      await ann.say('also ring my group')
      await callers.callIn(ann, 'fail')
      await rings(bo)
      await bo.click('Pick up')
      await cy.saw(/Bo (?:picked up|could not be connected)/)
      office.pass(1)
      await cy.sees('Bo could not be connected. It is ringing again.')
      assert.ok(mayPickUp(cy))
    })

    it('says who could not be connected when the second hand-over fails and the call goes on', async () => {
      await ann.say('also ring my group')
      await callers.callIn(ann, 'fail')
      await rings(bo)
      await bo.say('pickup')
      await cy.saw(/Bo (?:picked up|could not be connected)/)
      office.pass(1)
      await cy.sees('Bo could not be connected. It is ringing again.')
      await cy.say('pickup')
      await bo.saw(/Cy (?:picked up|could not be connected)/)
      office.pass(1)
      for (const person of [ann, bo, cy])
        await person.sees('Bo and Cy could not be connected. The call went to voicemail.')
    })

    it('tells somebody who types too late who has the call, and what became of one that is over', async () => {
      await ann.say('also ring my group')
      await callers.callIn(ann)
      await rings(cy)
      await bo.say('pickup ann')
      await bo.sees('You picked up')
      const before = cy.screen().length
      await cy.say('pickup ann')
      await cy.waitFor(() => cy.screen().length > before + 1, 'for an answer')
      assert.match(
        cy.words(cy.screen().slice(before)),
        /Bo picked up after \d+ s\. That was [\d.]+ s before you\./,
      )
      office.pass(1)
      await cy.sees(from === 'graph' ? 'The call went to their phone.' : 'They are connected.')
      await cy.say('pickup')
      assert.match(cy.last(), /Bo picked up after \d+ s\. That was/)
      office.pass(61)
      await cy.say('pickup')
      assert.match(cy.last(), /There is no ringing call you can pick up/)
    })

    it('says on the card whom a call rings next', async () => {
      await ann.say('if unanswered my group after 20')
      await callers.callIn(ann)
      await rings(ann)
      await ann.sees('If nobody picks up, the call will ring Bo and Cy, then end as missed.')
      office.pass(20)
      await bo.sees('If nobody picks up, the call will end as missed.')
    })

    it('lets a muted member pull the call by typing, and shows them no card before', async () => {
      await ann.say('also ring my group')
      await bo.say('mute ann')
      await callers.callIn(ann)
      await rings(cy)
      assert.ok(!bo.titles().includes('Pick up'))
      await bo.say('pickup ann')
      await bo.sees('You picked up')
      await cy.sees('Bo picked up')
    })

    for (const typed of ['pickup', 'pickup ann'])
      it(`tells a muted member who types "${typed}" too late who has the call`, async () => {
        await ann.say('also ring my group')
        await bo.say('mute ann')
        await callers.callIn(ann)
        await rings(cy)
        await cy.say('pickup')
        await cy.sees('You picked up')
        office.pass(1)
        await ann.sees(from === 'graph' ? 'The call went to their phone.' : 'They are connected.')
        await bo.say(typed)
        assert.match(bo.last(), /Cy picked up after \d+ s\. That was/)
      })

    it('F19 takes the card away from a member who is removed while it rings', async () => {
      await ann.say('also ring my group')
      await callers.callIn(ann)
      await rings(bo)
      const old = bo.buttons().find(({ title }) => title === 'Pick up')
      await ann.say('remove bo')
      await bo.sees('You are no longer in')
      assert.ok(old)
      await bo.press(old)
      assert.match(bo.last(), /not ringing for you/)
      await ann.say('pickup')
      await ann.sees('You picked up')
    })

    for (const change of [
      'remove bo',
      'add dee@contoso.com',
      'ring in order',
      'turn off sharing',
      'if unanswered voicemail after 60',
      'forward my calls to +442079460000',
    ])
      it(`F19 rings on as it began when the owner says "${change}" meanwhile`, async () => {
        const dee = await office.person('Dee')
        await ann.say('also ring my group')
        await callers.callIn(ann)
        for (const person of [ann, bo, cy]) await rings(person)
        await ann.say(change)
        await office.settled()
        assert.ok(mayPickUp(cy), 'the call is still his to take')
        assert.ok(!dee.titles().includes('Pick up'), 'nobody is added to a call')
        await cy.click('Pick up')
        await cy.sees('You picked up')
        await ann.sees('Cy picked up')
        await bo.waitFor(() => !mayPickUp(bo), 'that he may not pick up any more')
      })

    it('F19 takes the card away from a member who leaves while it rings', async () => {
      await ann.say('also ring my group')
      await callers.callIn(ann)
      await rings(bo)
      const old = bo.buttons().find(({ title }) => title === 'Pick up')
      await bo.say('leave the group of ann')
      await office.settled()
      assert.ok(old)
      await bo.press(old)
      assert.match(bo.last(), /not ringing for you/)
      assert.ok(mayPickUp(cy))
    })

    it('gives a stranger nothing, whatever their click says', async () => {
      const eve = await office.person('Eve')
      await ann.say('also ring my group')
      await callers.callIn(ann)
      await rings(bo)
      const button = bo.buttons().find(({ title }) => title === 'Pick up')
      assert.ok(button)
      await eve.press(button)
      assert.match(eve.last(), /not ringing for you/)
      await bo.click('Pick up')
      await cy.sees('Bo picked up')
    })

    it('F18 goes on ringing after a restart, for the time that was left', async () => {
      await ann.say('also ring my group')
      await ann.say('if unanswered voicemail after 30')
      await callers.callIn(ann)
      await rings(bo)
      office.pass(10)
      await office.restart()
      await bo.click('Pick up')
      await cy.sees(/Bo picked up after 1\d s/)
    })

    it('F18 ends in time after a restart when nobody picks up', async () => {
      await ann.say('also ring my group')
      await ann.say('if unanswered voicemail after 30')
      await callers.callIn(ann)
      await rings(bo)
      office.pass(10)
      await office.restart()
      office.pass(20)
      await bo.sees('The call went to voicemail')
    })
  })
}
