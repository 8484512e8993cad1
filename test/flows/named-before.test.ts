/** People named by address before the bot has met them, and what becomes of that when they come. */
import assert from 'node:assert/strict'
import { type Person } from '../peer/person.ts'
import { type Office, openOffice } from './office.ts'

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`Named before they came (${flavour})`, () => {
    let office: Office
    let ann: Person
    beforeEach(async () => {
      office = await openOffice(flavour)
      ann = await office.person('Ann')
    })
    afterEach(() => office.close())

    it('rings somebody to whom calls were sent by address', async () => {
      await ann.say('also ring dee@contoso.com')
      const dee = await office.person('Dee')
      await ann.say('simulate call from Carl Jones')
      await dee.waitFor(() => dee.titles().includes('Pick up'), 'for the ringing card')
      await dee.click('Pick up')
      await ann.sees(/Dee picked up after/)
      await ann.say('settings')
      assert.match(ann.last(), /Also rings Dee/)
    })

    it('tells a delegate and member of it when they come, and when it ends', async () => {
      await ann.say('add dee@contoso.com')
      await ann.say('add delegate dee@contoso.com')
      const dee = await office.person('Dee')
      await dee.sees(/You are already in the call group of Ann, and a delegate of Ann/)
      await dee.click('How their calls reach you')
      assert.match(dee.last(), /How your groups notify you.*Calls for Ann/)
      await ann.say('remove delegate dee')
      await dee.sees(/You are no longer a delegate of Ann/)
      await ann.say('remove dee')
      await dee.sees(/You are no longer in Ann’s call group: their calls no longer ring you/)
      await ann.say('add delegate dee')
      await dee.sees(/Ann made you a delegate: you may take calls/)
      assert.doesNotMatch(ann.words(), /changed your call settings/)
    })
  })
}
