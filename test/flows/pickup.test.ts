import assert from 'node:assert/strict'
import { type Callers, openCallers, places } from './callers.ts'
import { type Office } from './office.ts'

for (const [flavour, from] of places) {
  describe(`Picking up (${flavour}, from the ${from})`, () => {
    let callers: Callers
    let office: Office
    beforeEach(async () => {
      callers = await openCallers(flavour, from)
      office = callers.office
    })
    afterEach(() => callers.close())

    it('rings the group, lets exactly one of them pick up, and tells everybody who', async () => {
      const [ann, bo, cy] = [await office.person('Ann'), await office.person('Bo'), await office.person('Cy')]
      await ann.say('add bo@contoso.com and cy@contoso.com')
      assert.match(ann.last(), /2 of 25/)
      await ann.say('also ring my group')
      assert.match(ann.last(), /Calls ring you for 30 seconds, together with Bo and Cy, then go to voicemail/)
      await callers.callIn(ann)
      for (const person of [ann, bo, cy])
        await person.waitFor(() => person.titles().includes('Pick up'), 'for the ringing card')
      await bo.click('Pick up')
      await bo.sees(/You picked up after \d+ s/)
      for (const person of [ann, cy]) await person.sees(/Bo picked up after \d+ s/)
    })
  })
}
