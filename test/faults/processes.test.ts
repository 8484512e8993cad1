import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { type BotProcess } from './bot-process.ts'
import { ProcessOffice } from './process-office.ts'

describe('The bot and other processes', () => {
  let office: ProcessOffice
  let bot: BotProcess
  beforeEach(async () => {
    office = await ProcessOffice.open(
      ['Ann', 'Bo', 'Cy'],
      ['add bo@contoso.com and cy@contoso.com', 'also ring my group', 'if unanswered voicemail after 60'],
    )
    bot = await office.start()
    await bot.listens()
  })
  afterEach(() => office.close())

  const locks = async () => (await readdir(office.folder)).filter((name) => name.startsWith('lock-'))

  it('F13 refuses to share its folder in a sentence, and takes it over from a process that was killed', async () => {
    const before = await locks()
    const second = await office.start(undefined, { PORT: '0' })
    assert.equal(await second.refuses(), 1)
    assert.match(second.output, /^The store is in use by process \d+\. [^\n]+\n$/)
    assert.deepEqual(await locks(), before)
    await office.person('Ann').say('settings')
    assert.match(office.person('Ann').last(), /Bo and Cy/)
    await bot.ends('SIGKILL')
    const third = await office.start()
    await third.listens()
    assert.equal((await locks()).length, 1)
    await office.person('Ann').say('settings')
    assert.match(office.person('Ann').last(), /Bo and Cy/)
  })

  it('F1 loses no call when it is killed while it rings', async () => {
    const [ann, bo, cy] = [office.person('Ann'), office.person('Bo'), office.person('Cy')]
    await ann.say('simulate call from Carl')
    for (const person of office.people) await person.sees('Ringing since')
    // A card is seen before its id is noted; what becomes of one that never was, kill-at-requests shows.
    await office.rests()
    await bot.ends('SIGKILL')
    await (await office.start()).listens()
    await bo.click('Pick up')
    await bo.sees('You picked up')
    await cy.sees('Bo picked up')
  })

  it('F20 ends cleanly in the middle of a call when it is told to, and goes on with the call afterwards', async () => {
    const [bo, cy] = [office.person('Bo'), office.person('Cy')]
    assert.equal((await office.phone.offer('long', 'ann@contoso.com')).status, 202)
    for (const person of office.people) await person.sees('Incoming call')
    assert.equal(await bot.ends('SIGTERM'), 0)
    assert.deepEqual(await locks(), [])
    await assert.rejects(office.phone.offer('too late', 'ann@contoso.com'))
    const cards = [bo, cy].map((person) => person.screen().length)
    const second = await office.start()
    await second.listens()
    await bo.click('Pick up')
    await bo.sees('You picked up')
    await cy.sees('Bo picked up')
    assert.deepEqual(
      [bo, cy].map((person) => person.screen().length),
      cards,
      'nobody got a second card',
    )
    assert.deepEqual(office.phone.orders, [{ id: 'long', number: 1, do: 'connect', to: 'bo@contoso.com' }])
  })

  it('F20 ends although somebody keeps it waiting, and what it was about to say is said by the next process', async () => {
    office.peer.fault({ fits: ({ method }) => method === 'POST', hang: true })
    await office.phone.offer('slow', 'ann@contoso.com')
    await office.person('Bo').waitFor(() => office.peer.requests.length > 0, 'for the first request')
    assert.equal(await bot.ends('SIGTERM'), 0)
    office.peer.heal()
    await (await office.start()).listens()
    for (const person of office.people) await person.sees('Incoming call')
  })
})
