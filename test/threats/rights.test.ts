/** Who may do what comes from stored state and the authenticated sender alone, whatever a click or message says. */
import assert from 'node:assert/strict'
import { verbs } from '../../src/chat/clicks.ts'
import { type Clicked, type Person } from '../peer/person.ts'
import { type Office, openOffice } from '../flows/office.ts'

/** Pretend calls are for everybody where they are on at all. */
const forEverybody = ['simulate-call', 'hang-up', 'help']

const told = ({ body }: Clicked) => JSON.stringify(body)

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`Rights (${flavour})`, () => {
    let office: Office
    let ann: Person
    let bo: Person
    let dee: Person
    const id = (person: Person) => (flavour === 'msteams' ? person.objectId : person.user)

    beforeEach(async () => {
      office = await openOffice(flavour)
      ann = await office.person('Ann')
      bo = await office.person('Bo')
      dee = await office.person('Dee')
      await ann.say('add bo@contoso.com and cy@contoso.com')
      await ann.say('also ring my group')
      await office.settled()
    })
    afterEach(() => office.close())

    /** Rings Ann's group and gives the call's id from Bo's card. */
    async function ring(): Promise<string> {
      await ann.say('simulate call from Carl Jones')
      await bo.waitFor(() => bo.titles().includes('Pick up'), 'for the ringing card')
      const button = bo.buttons().findLast(({ title }) => title === 'Pick up')
      return String((button?.action['data'] as { call: string }).call)
    }

    /** Does something that must leave everything as it was. */
    async function changesNothing(what: string, act: () => Promise<unknown>): Promise<void> {
      const before = await office.state()
      await act()
      assert.equal(await office.state(), before, what)
    }

    it('T6 a click on a call counts for nothing from strangers and former members, whatever it carries', async () => {
      const call = await ring()
      const eve = await office.person('Eve')
      await ann.say('add eve@contoso.com')
      await ann.say('remove eve')
      await office.settled()
      for (const person of [dee, eve])
        for (const verb of ['pick-up', 'decline', 'refresh-call'])
          for (const data of [
            { call },
            { call, userId: id(bo), person: id(bo), owner: id(ann), from: { id: id(bo) } },
            { call: [call] },
            { call: { toString: call } },
          ])
            await changesNothing(`${person.name} ${verb}`, () => person.forge(verb, data))
      await bo.click('Pick up')
      await bo.sees(/You picked up/)
    })

    it('T6 a member of one group cannot take a call to another, though they know its id', async () => {
      await ring()
      await dee.say('add cy@contoso.com')
      await dee.say('also ring my group')
      await dee.say('simulate call from Dan')
      await dee.waitFor(() => dee.titles().includes('Pick up'), 'for the ringing card')
      const button = dee.buttons().findLast(({ title }) => title === 'Pick up')
      const { call } = button?.action['data'] as { readonly call: string }
      await office.settled()
      for (const verb of ['pick-up', 'decline', 'refresh-call'])
        await changesNothing(verb, () => bo.forge(verb, { call }))
      await dee.click('Pick up')
      await dee.sees(/You picked up/)
    })

    it('T6 a redraw that Teams asks for by itself never counts as a decision', async () => {
      if (flavour !== 'msteams') return
      const call = await ring()
      await office.settled()
      for (const verb of ['pick-up', 'decline', 'refresh-call'])
        await changesNothing(verb, () => bo.forge(verb, { call }, 'automatic'))
      await dee.forge('pick-up', { call })
      assert.ok(bo.titles().includes('Pick up'))
    })

    it('T7 no button changes or shows the settings of somebody else', async () => {
      await dee.say('my group')
      await office.settled()
      const data = {
        owner: id(ann),
        person: id(bo),
        people: id(dee),
        text: dee.address,
        to: 'down',
        order: 'inOrder',
        how: 'mute',
        permissions: 'manageSettings',
        forwarding: 'immediate',
        forwardTo: 'somebody',
        forwardWhom: '+442079460000',
        unanswered: 'off',
      }
      for (const verb of verbs.filter((one) => !forEverybody.includes(one)))
        await changesNothing(verb, async () => {
          const answer = told(await dee.forge(verb, data)) + dee.last()
          assert.doesNotMatch(answer, /Ann's|cy@contoso\.com/, verb)
        })
    })

    it('T7 a delegate who may only take calls does not change settings', async () => {
      await ann.say('add delegate dee@contoso.com')
      await office.settled()
      for (const verb of ['add-members', 'sharing-off', 'save-forwarding', 'save-delegate', 'ring-order'])
        await changesNothing(verb, () =>
          dee.forge(verb, {
            owner: id(ann),
            people: id(dee),
            order: 'inOrder',
            forwarding: 'immediate',
            forwardTo: 'voicemail',
          }),
        )
    })

    it('T21 an unknown call and a forbidden one get the same answer', async () => {
      const call = await ring()
      const unknown = call.replace(/[0-9a-f](?=[^0-9a-f]*$)/u, (digit) => (digit === '0' ? '1' : '0'))
      assert.notEqual(unknown, call)
      for (const verb of ['pick-up', 'decline', 'refresh-call']) {
        const answers = []
        for (const one of [call, unknown]) {
          const clicked = await dee.forge(verb, { call: one })
          answers.push(flavour === 'msteams' ? told(clicked) : dee.last())
        }
        assert.equal(answers[0], answers[1], verb)
      }
    })

    it('T5 people of another tenant cannot be added by what a client says of them', async () => {
      await ann.say('add mallory_other.com#EXT#@contoso.onmicrosoft.com')
      await ann.say('my group')
      assert.match(ann.last(), /2 of 25/)
    })
  })
}
