import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { type BotProcess } from './bot-process.ts'
import { Suffering } from './orders.ts'
import { ProcessOffice } from './process-office.ts'
import { until } from '../until.ts'

describe('A process in which something throws', () => {
  let office: ProcessOffice
  let suffering: Suffering
  let bot: BotProcess
  beforeEach(async () => {
    office = await ProcessOffice.open(
      ['Ann', 'Bo'],
      ['add bo@contoso.com', 'forward my calls to my group', 'if unanswered voicemail after 60'],
    )
    suffering = await Suffering.begin()
    bot = await office.start(suffering)
    await bot.listens()
  })
  afterEach(async () => {
    await office.close()
    await suffering.end()
  })

  const counted = async (event: string) => {
    const { text } = await office.ask('/metrics')
    return Number(
      new RegExp(`^pickup_failures_total\\{event="${event}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0,
    )
  }
  const answers = async () => {
    await office.person('Ann').say('my group')
    assert.match(office.person('Ann').last(), /Bo/)
  }

  it('F21 logs and counts a promise that nobody looks after, and lives', async () => {
    await suffering.order({ reject: 1 })
    await until('it is logged', () => bot.logged('unhandledRejection') > 0)
    await answers()
    assert.equal(bot.logged('unhandledRejection'), 1)
    assert.equal(await counted('unhandledRejection'), 1)
    assert.ok(!bot.isGone)
  })

  it('F21 ends on purpose when there are many of them, with its folder in order', async () => {
    await suffering.order({ reject: 20 })
    await until('it ends', () => bot.isGone)
    assert.equal(await bot.ends(), 1)
    assert.equal(bot.logged('stopping'), 1)
    assert.deepEqual(await readdir(office.folder), ['journal-1'])
  })

  it('F21 logs and counts an effect that throws, and does it again', async () => {
    await suffering.order({ throwInRequest: true })
    await office.phone.offer('one', 'ann@contoso.com')
    await office.person('Bo').sees('Incoming call')
    assert.equal(bot.logged('store.effectFailed'), 1)
    assert.equal(await counted('store.effectFailed'), 1)
    assert.equal(await counted('unhandledRejection'), 0)
  })
})
