/** T8: a click or message that comes again changes nothing, after a second, an hour and a restart. */
import assert from 'node:assert/strict'
import { type Office, openOffice } from '../flows/office.ts'
import { type Person, type Sent } from '../peer/person.ts'

const hour = 3600

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`T8 Replays (${flavour})`, () => {
    let office: Office
    let ann: Person
    let bo: Person

    beforeEach(async () => {
      office = await openOffice(flavour)
      ann = await office.person('Ann')
      bo = await office.person('Bo')
      await ann.say('add bo@contoso.com, c1@contoso.com and c2@contoso.com')
      await ann.say('also ring my group')
    })
    afterEach(() => office.close())

    /**
     * The same request again, at three later times; what is kept stays as it is. A second later the answer is the same to
     * the byte; later ones draw what is so by then, and so they are equal to each other.
     */
    async function again(person: Person, sent: Sent, what: string): Promise<void> {
      const answers: unknown[] = []
      for (const later of ['a second', 'an hour', 'a restart']) {
        if (later === 'a second') office.pass(1)
        if (later === 'an hour') office.pass(hour)
        if (later === 'a restart') await office.restart()
        const before = await office.settled()
        const answer = await person.send(sent.activity)
        assert.equal(answer.status, 200, `${what} after ${later}`)
        assert.equal(await office.settled(), before, `${what} after ${later}`)
        answers.push(answer.body)
      }
      const [soon, late, restarted] = answers
      assert.deepEqual(soon, sent.clicked.body, `${what} after a second`)
      assert.deepEqual(restarted, late, `${what} after a restart`)
    }

    it('T8 a pickup is one pickup, and its answer stays the same', async () => {
      await ann.say('simulate call from Carl Jones')
      await bo.waitFor(() => bo.titles().includes('Pick up'), 'for the ringing card')
      await bo.click('Pick up')
      const sent = bo.newest()
      await bo.sees(/You picked up after/)
      await office.settled()
      await again(bo, sent, 'Pick up')
      const late = await bo.send(sent.activity)
      if (flavour === 'msteams') assert.match(JSON.stringify(late.body), /You picked up after/)
    })

    it('T8 a decline is one decline', async () => {
      await ann.say('simulate call from Carl Jones')
      await bo.waitFor(() => bo.titles().includes('Decline'), 'for the ringing card')
      await bo.click('Decline')
      const sent = bo.newest()
      await bo.sees(/You declined/)
      await office.settled()
      await again(bo, sent, 'Decline')
    })

    for (const title of ['Move up', 'Move to the top', 'Remove', 'One after the other', 'Turn sharing off'])
      it(`T8 "${title}" again does not do it again`, async () => {
        await ann.say('my group')
        await ann.click(title)
        await again(ann, ann.newest(), title)
      })

    it('T8 a saved form does not come back over newer settings', async () => {
      await ann.say('forwarding')
      await ann.click('Save', { forwarding: 'off', unanswered: 'voicemail', delay: '60' })
      const sent = ann.newest()
      await ann.say('if unanswered voicemail after 10')
      await again(ann, sent, 'Save')
      await ann.say('settings')
      assert.match(ann.last(), /Voicemail after 10 seconds/)
    })
  })
}
