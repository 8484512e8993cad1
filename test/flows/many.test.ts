import assert from 'node:assert/strict'
import { type Person } from '../peer/person.ts'
import { openOffice } from './office.ts'

const names = Array.from({ length: 25 }, (_, index) => `Member${index + 1}`)

for (const flavour of ['msteams', 'emulator'] as const) {
  describe(`Twenty-five at once (${flavour})`, () => {
    it('F7 has exactly one winner, and everybody else reads the same name', async () => {
      const office = await openOffice(flavour, { isSendQuotaKept: true })
      const ann = await office.person('Ann')
      const members: Person[] = []
      for (const name of names) members.push(await office.person(name))
      await ann.say(`add ${members.map(({ address }) => address).join(', ')}`)
      assert.match(ann.last(), /25 of 25/)
      await ann.say('forward my calls to my group')
      await ann.say('simulate call from Carl')
      const buttons = await Promise.all(
        members.map(async (member) => {
          await member.waitFor(() => member.titles().includes('Pick up'), 'for the ringing card')
          const button = member.buttons().find(({ title }) => title === 'Pick up')
          assert.ok(button)
          return { member, button }
        }),
      )
      await Promise.all(buttons.map(({ member, button }) => member.press(button)))
      await Promise.all(members.map((member) => member.sees(/picked up after/)))
      const winners = members.filter((member) => member.words().includes('You picked up'))
      assert.equal(winners.length, 1)
      const winner = winners[0]?.name ?? ''
      for (const member of members.filter((one) => !winners.includes(one))) {
        await member.sees(
          flavour === 'msteams' ? `${winner} picked up` : new RegExp(`${winner} picked up`, 'i'),
        )
        assert.ok(
          !/(?<!You |^)picked up/.test(
            member.words().replaceAll(new RegExp(`${winner} picked up`, 'gi'), ''),
          ),
        )
      }
      await office.close()
    })

    it('keeps the first 25 of a longer list and names the rest', async () => {
      const office = await openOffice(flavour, { isSendQuotaKept: true })
      const ann = await office.person('Ann')
      await ann.say(`add ${[...names, 'late1', 'late2'].map((name) => `${name}@contoso.com`).join(', ')}`)
      assert.match(ann.last(), /25 of 25/)
      assert.match(ann.last(), /late1@contoso\.com.*25/)
      assert.match(ann.last(), /late2@contoso\.com/)
      await office.close()
    })
  })
}
