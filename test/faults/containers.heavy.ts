/** Bots that are process 1, each in a container of its own, and that share a folder and nothing else. It needs Linux, and root. */
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { type BotProcess } from './bot-process.ts'
import { ProcessOffice } from './process-office.ts'

describe('Bots in containers on one folder', () => {
  let office: ProcessOffice
  let first: BotProcess
  beforeEach(async () => {
    office = await ProcessOffice.open(['Ann', 'Bo'], ['add bo@contoso.com', 'also ring my group'])
    first = await office.startContained()
    await first.listens()
  })
  afterEach(() => office.close())

  const locks = async () => (await readdir(office.folder)).filter((name) => name.startsWith('lock-'))
  const says = async (text: string, answer: RegExp) => {
    await office.person('Ann').say(text)
    assert.match(office.person('Ann').last(), answer)
  }

  it('F13 refuse the second while the first lives, in words', async () => {
    const second = await office.startContained({ PORT: '0' })
    assert.equal(await second.refuses(), 1)
    assert.match(second.output, /^The store is in use by process 1 on \S+\. [^\n]+$/mu)
    await says('if unanswered voicemail after 20', /for 20 seconds/)
    assert.equal((await locks()).length, 1)
  })

  it('F13 start again by themselves after one was killed, and say once that they wait', async () => {
    await says('if unanswered voicemail after 20', /for 20 seconds/)
    await first.ends('SIGKILL')
    const again = await office.startContained()
    await again.listens()
    assert.equal(again.logged('store.lockedElsewhere'), 1)
    await says('settings', /for 20 seconds/)
    assert.equal((await locks()).length, 1)
    assert.equal(await again.ends('SIGKILL'), null)
    const twice = await office.startContained()
    await twice.listens()
    await says('settings', /for 20 seconds/)
  })

  it('F13 take over from one that is frozen, which ends when it is thawed and says why', async () => {
    await says('if unanswered voicemail after 20', /for 20 seconds/)
    first.freeze()
    await (await office.startContained({ PORT: '0' })).listens()
    first.thaw()
    assert.equal(await first.ends(), 1)
    assert.match(first.output, /^The store now belongs to another process, [^\n]+$/mu)
    assert.equal((await locks()).length, 1)
  })
})
