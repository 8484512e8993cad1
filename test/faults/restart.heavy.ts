import assert from 'node:assert/strict'
import { type BotProcess } from './bot-process.ts'
import { ProcessOffice } from './process-office.ts'
import { until } from '../until.ts'

const members = ['Bo', 'Cy', 'Dee', 'Eve', 'Flo']

describe('A bot that is killed while a call rings five in order', () => {
  let office: ProcessOffice
  let bot: BotProcess
  beforeEach(async () => {
    const added = members.map((name) => `${name.toLowerCase()}@contoso.com`).join(', ')
    office = await ProcessOffice.open(
      ['Ann', ...members],
      [`add ${added}`, 'ring in order', 'forward my calls to my group'],
    )
    bot = await office.start()
    await bot.listens()
  })
  afterEach(() => office.close())

  const cards = () =>
    members.map(
      (name) =>
        office
          .person(name)
          .screen()
          .filter(({ card }) => hasCall(card)).length,
    )
  const hasCall = (card: object | null) => JSON.stringify(card).includes('Carl → for')

  for (const position of members.keys()) {
    it(`F18 goes on where it was: at member ${position + 1}, nobody is rung twice or left out`, async () => {
      await office.phone.offer('five', 'ann@contoso.com')
      for (const [index, name] of members.entries()) {
        const member = office.person(name)
        await member.sees('Ringing since')
        if (index === position) {
          await office.rests()
          const [before] = await dueTimes(office)
          assert.equal(await bot.ends('SIGKILL'), null)
          bot = await office.start()
          await bot.listens()
          assert.deepEqual(await dueTimes(office), [before], 'the turn is as long as it was')
        }
        assert.deepEqual(
          cards(),
          members.map((_, other) => (other <= index ? 1 : 0)),
        )
        await member.click('Decline')
      }
      await office.person('Flo').sees('went to voicemail')
      await office.rests()
      assert.deepEqual(cards(), [1, 1, 1, 1, 1])
      assert.ok(!office.people.some((person) => person.titles().includes('Pick up')))
      assert.deepEqual(office.phone.orders, [{ id: 'five', number: 1, do: 'voicemail' }])
    })
  }
})

describe('A bot that is killed while a call rings', () => {
  it('F18 ends the ringing when the time that was left is over, not before', async () => {
    const office = await ProcessOffice.open(
      ['Ann', 'Bo'],
      ['add bo@contoso.com', 'also ring my group', 'if unanswered voicemail after 10'],
    )
    try {
      const first = await office.start()
      await first.listens()
      await office.phone.offer('left', 'ann@contoso.com')
      await office.person('Bo').sees('Ringing since')
      await office.rests()
      const [due = Infinity] = await dueTimes(office)
      await first.ends('SIGKILL')
      await (await office.start()).listens()
      await until('the call moves on', () => office.phone.orders.length > 0)
      assert.ok(Date.now() >= due, 'it was early')
      assert.deepEqual(office.phone.orders, [{ id: 'left', number: 1, do: 'voicemail' }])
      await office.person('Bo').sees('went to voicemail')
    } finally {
      await office.close()
    }
  })
})

/** When time is up for the calls that ring. */
async function dueTimes(office: ProcessOffice): Promise<readonly number[]> {
  const { timers } = await office.kept()
  return [...timers.values()].filter(({ event }) => event.is === 'timeUp').map(({ due }) => due)
}
