import assert from 'node:assert/strict'
import { commands } from '../../src/chat/commands.ts'
import { type Person } from '../peer/person.ts'
import { type Office, openOffice } from './office.ts'

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`What people type (${flavour})`, () => {
    let office: Office
    let ann: Person
    let bo: Person
    beforeEach(async () => {
      office = await openOffice(flavour)
      ann = await office.person('Ann')
      bo = await office.person('Bo')
    })
    afterEach(() => office.close())

    async function answerTo(person: Person, text: string): Promise<string> {
      await person.say(text)
      return person.last()
    }

    it('every command of the table is understood', async () => {
      for (const { phrases, title, isOffered } of commands.filter((one) => one.title !== 'I am <address>')) {
        assert.ok(isOffered === undefined || title.startsWith('simulate'), title)
        assert.doesNotMatch(await answerTo(ann, phrases[0] ?? ''), /did not understand|did not work/, title)
      }
    })

    it('sentences do what they say', async () => {
      await answerTo(ann, 'Please add bo@contoso.com & Cy Osei <cy@contoso.com> to my group!')
      assert.match(ann.last(), /2 of 25 members/)
      assert.match(
        await answerTo(ann, 'forward my calls to my group'),
        /Calls ring Bo and cy@contoso\.com for 30 seconds/,
      )
      assert.match(
        await answerTo(ann, 'if unanswered voicemail after 20'),
        /for 20 seconds, then go to voicemail/,
      )
      assert.match(await answerTo(ann, 'stop forwarding'), /Calls ring you for 20 seconds/)
      assert.match(await answerTo(ann, 'also ring +44 20 7946 0000'), /together with \+442079460000/)
      assert.match(await answerTo(ann, 'move cy@contoso.com to first'), /1\. cy@contoso\.com/)
      assert.match(await answerTo(ann, 'remove cy@contoso.com from my group'), /1 of 25 members/)
      assert.match(await answerTo(bo, 'mute ann'), /Calls for Ann now stay silent/)
      assert.match(await answerTo(bo, "leave Ann's group"), /You left the call group of Ann/)
    })

    it('a mention means the person mentioned', async () => {
      if (flavour !== 'msteams') return
      const entity = {
        type: 'mention',
        text: '<at>Bo Ek</at>',
        mentioned: { id: bo.user, name: 'Bo Ek', aadObjectId: bo.objectId },
      }
      await ann.send({ type: 'message', text: 'add <at>Bo Ek</at>', entities: [entity] })
      await ann.sees(/1\. Bo/)
      await bo.sees(/Ann added you/)
    })

    it('what it does not know gets one short answer with the nearest command and a way on', async () => {
      await ann.say('setings')
      assert.match(ann.last(), /I did not understand that\. Did you mean "settings"\?/)
      assert.ok(ann.titles().includes('Help'))
      assert.ok(ann.last().length < 200)
    })

    it('asks which of several people with a name is meant, and goes on from there', async () => {
      for (const address of ['sam.lee@contoso.com', 'sam.poe@contoso.com']) {
        const sam = office.peer.person({ name: 'Sam Lee', address })
        await sam.open()
        if (flavour === 'emulator') await sam.say(`I am ${sam.address}`)
        await sam.waitFor(() => sam.screen().length > 0, 'to be welcomed')
      }
      await ann.say('add sam')
      assert.match(ann.last(), /Which sam do you mean\?/)
      const choice = ann
        .buttons()
        .findLast(
          ({ action }) =>
            action['verb'] === 'add-members' || (action['data'] as { verb?: string }).verb === 'add-members',
        )
      assert.ok(choice)
      await ann.press(choice)
      await ann.sees(/1 of 25 members/)
    })

    it('a refusal changes nothing and says what to do', async () => {
      const before = await answerTo(ann, 'settings')
      for (const [text, says] of [
        ['add Nobody Known', /I could not find "Nobody Known" here\. Write an address/],
        ['add ann@contoso.com', /Choose somebody else/],
        ['if unanswered bo@contoso.com after 17', /Choose one of 5, 10, 15, 20, 30, 40, 50 and 60 seconds/],
        ['forward to my group', /The call group is empty.*Add a member first/],
        ['also ring voicemail', /Choose it for forwarding all calls/],
        ['remove bo', /I could not find/],
        ['leave bo', /You are not in that call group/],
      ] as const)
        assert.match(await answerTo(ann, text), says)
      assert.equal(await answerTo(ann, 'settings'), before)
    })
  })
}
