import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { BotProcess } from './bot-process.ts'
import { builtBot } from './built-bot.ts'
import { type Step, Suffering } from './orders.ts'
import { ProcessOffice } from './process-office.ts'
import { until } from '../until.ts'

/** What happened between the newest answer and the request that it belongs to. */
function beforeNewestAnswer(steps: readonly Step[]): readonly string[] {
  const end = steps.findLastIndex(({ kind }) => kind === 'answered')
  const begin = steps.slice(0, end).findLastIndex(({ kind }) => kind === 'heard')
  return steps.slice(begin + 1, end).map(({ kind, what }) => `${kind} ${what}`)
}

describe('A bot that says that something is kept', () => {
  it('F12 has synced its journal between writing a change to it and answering', async () => {
    const office = await ProcessOffice.open(['Ann', 'Bo'], ['add bo@contoso.com', 'also ring my group'])
    const suffering = await Suffering.begin()
    const answers = async () => (await suffering.steps()).filter(({ kind }) => kind === 'answered').length
    const isKeptFirst = async (change: () => Promise<unknown>) => {
      await office.rests()
      const before = await answers()
      await change()
      await until('the answer is noted', async () => (await answers()) > before)
      const steps = beforeNewestAnswer(await suffering.steps())
      const written = steps.indexOf('write journal-1')
      assert.ok(
        written >= 0 && steps.includes('sync journal-1', written),
        `${String(change)}: ${steps.join()}`,
      )
    }
    try {
      await (await office.start(suffering)).listens()
      const [ann, bo] = [office.person('Ann'), office.person('Bo')]
      await isKeptFirst(() => ann.say('if unanswered voicemail after 40'))
      await isKeptFirst(() => office.phone.offer('one', 'ann@contoso.com'))
      await bo.sees('Incoming call')
      await isKeptFirst(() => bo.click('Pick up'))
      await isKeptFirst(() => office.phone.tell({ id: 'one', event: 'connected' }))
    } finally {
      await office.close()
      await suffering.end()
    }
  })

  it('F12 has synced a new journal, its name and the folder before it listens', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pickup-'))
    const suffering = await Suffering.begin()
    const bot = new BotProcess({ built: await builtBot(), folder, port: await freePort(), suffering })
    try {
      await bot.listens()
      const steps = (await suffering.steps()).map(({ kind, what }) => `${kind} ${what}`)
      assert.deepEqual(steps.slice(1), [
        'open journal-1.new',
        'write journal-1.new',
        'sync journal-1.new',
        'rename journal-1',
        'sync ',
      ])
    } finally {
      await bot.ends('SIGKILL')
      await suffering.end()
      await rm(folder, { recursive: true, force: true })
    }
  })
})
