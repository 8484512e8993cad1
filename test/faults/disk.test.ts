import assert from 'node:assert/strict'
import { type BotProcess } from './bot-process.ts'
import { Suffering, type Orders } from './orders.ts'
import { ProcessOffice } from './process-office.ts'
import { until } from '../until.ts'

type Told = readonly [code: string, words: string, trouble: string]
const codes: readonly Told[] = [
  ['ENOSPC', 'the bot’s disk is full', 'diskFull'],
  ['EROFS', 'the bot cannot write to its disk', 'readOnly'],
  ['EIO', 'the bot cannot write to its disk', 'writeFailed'],
]

/** A disk that takes nothing from the nth write on. */
const failing = (code: string, at = 1): Orders => ({ fail: { code, at, kinds: ['write', 'truncate'] } })

describe('A bot whose disk fails', () => {
  let office: ProcessOffice
  let suffering: Suffering
  let bot: BotProcess
  before(async () => {
    office = await ProcessOffice.open(
      ['Ann', 'Bo', 'Cy'],
      ['add bo@contoso.com and cy@contoso.com', 'also ring my group'],
    )
    suffering = await Suffering.begin()
    bot = await office.start(suffering)
    await bot.listens()
  })
  after(async () => {
    await office.close()
    await suffering.end()
  })

  const isReady = async () => (await office.ask('/ready')).status === 200
  const heals = async () => {
    await suffering.order({})
    await until('it is ready again', isReady)
  }

  for (const [code, words, trouble] of codes) {
    for (const at of [1, 2, 3]) {
      it(`F10 says that nothing was kept, keeps nothing and works again by itself (${code} at write ${at})`, async () => {
        const ann = office.person('Ann')
        await ann.say('if unanswered voicemail after 20')
        await office.rests()
        let kept = 20
        await suffering.order(failing(code, at))
        for (const seconds of [30, 40, 50]) {
          await ann.say(`if unanswered voicemail after ${seconds}`)
          if (!ann.last().includes('Nothing was changed')) kept = seconds
          else assert.ok(ann.last().includes(words), ann.last())
        }
        assert.ok(ann.last().includes('Nothing was changed'), ann.last())
        assert.equal(kept, [20, 30, 40][at - 1])
        const ready = await office.ask('/ready')
        assert.deepEqual([ready.status, JSON.parse(ready.text)], [503, { ready: false, troubles: [trouble] }])
        assert.equal((await office.ask('/health')).status, 200)
        assert.match((await office.ask('/metrics')).text, /^pickup_store_trouble 1$/m)
        await ann.say('settings')
        assert.ok(ann.last().includes(`for ${kept} seconds`), ann.last())
        await heals()
        await ann.say('settings')
        assert.ok(ann.last().includes(`for ${kept} seconds`), ann.last())
        await ann.say('if unanswered voicemail after 50')
        assert.ok(ann.last().includes('for 50 seconds'), ann.last())
      })
    }
  }

  it('F10 lets nobody win a call that it cannot keep, and the first who asks again does', async () => {
    const [bo, cy] = [office.person('Bo'), office.person('Cy')]
    assert.equal((await office.phone.offer('held', 'ann@contoso.com')).status, 202)
    await bo.sees('Incoming call')
    await cy.sees('Incoming call')
    await office.rests()
    await suffering.order(failing('ENOSPC'))
    await bo.click('Pick up')
    assert.match(bo.last(), /I could not save that/)
    assert.ok(bo.titles().includes('Pick up') && cy.titles().includes('Pick up'))
    assert.deepEqual(office.phone.orders, [])
    await heals()
    await cy.click('Pick up')
    await bo.sees('Cy picked up')
    assert.ok(!bo.words().includes('You picked up'))
  })

  it('F10 accepts no call that it cannot keep, and the telephone system may offer it again', async () => {
    const cards = () => office.person('Bo').screen().length
    await office.rests()
    const before = cards()
    await suffering.order(failing('EROFS'))
    const refused = await office.phone.offer('later', 'ann@contoso.com')
    assert.equal(refused.status, 503)
    assert.equal(cards(), before)
    await heals()
    const again = await office.phone.offer('later', 'ann@contoso.com')
    assert.deepEqual([again.status, await again.json()], [202, { accepted: true, repeated: false }])
    await until('Bo is rung', () => cards() > before)
  })

  it('F10 keeps what a disk takes piece by piece, and says that nothing was kept when it takes nothing', async () => {
    const ann = office.person('Ann')
    await office.rests()
    await suffering.order({ takes: 'half' })
    await ann.say('if unanswered voicemail after 20')
    assert.ok(ann.last().includes('for 20 seconds'), ann.last())
    await office.rests()
    await suffering.order({ takes: 'nothing' })
    await ann.say('if unanswered voicemail after 40')
    assert.match(ann.last(), /Nothing was changed/)
    await heals()
    await ann.say('settings')
    assert.ok(ann.last().includes('for 20 seconds'), ann.last())
  })

  for (const code of ['EIO', 'ENOSPC']) {
    it(`F10 ends once a sync failed (${code}), says why, and starts again with all that it had acknowledged`, async () => {
      const ann = office.person('Ann')
      await ann.say('if unanswered voicemail after 15')
      await office.rests()
      await suffering.order({ fail: { code, at: 1, kinds: ['sync'] } })
      await ann.say('if unanswered voicemail after 30')
      const health = await office.ask('/health')
      assert.deepEqual([health.status, JSON.parse(health.text)], [503, { alive: false }])
      await suffering.order({})
      const late = await office.phone.offer('late', 'ann@contoso.com').then(
        ({ status }) => status,
        () => 'gone',
      )
      assert.ok([503, 'gone'].includes(late), `a call was answered with ${late}`)
      assert.equal(await bot.ends(), 1)
      assert.match(bot.output, /^The disk failed to make a write to DATA_DIR durable, [^\n]+\n/mu)
      assert.match(bot.output, /"why":"syncFailed","event":"store\.broken"/u)
      assert.match(ann.last(), /Nothing was changed/)
      bot = await office.start(suffering)
      await bot.listens()
      await ann.say('settings')
      assert.ok(ann.last().includes('for 15 seconds'), ann.last())
    })
  }
})
