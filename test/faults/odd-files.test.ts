import assert from 'node:assert/strict'
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { BotProcess } from './bot-process.ts'
import { builtBot } from './built-bot.ts'
import { inLanes } from './lanes.ts'
import { Suffering } from './orders.ts'

const oddBodies: ReadonlyArray<readonly [name: string, body: Buffer]> = [
  ['an empty file', Buffer.alloc(0)],
  ['a number', Buffer.from('5')],
  ['an empty list', Buffer.from('[]\n')],
  ['a JSON file of somebody else', Buffer.from('{"users":{"ann":{"group":[]}}}\n')],
  ['a byte order mark', Buffer.from('\ufeff{"format":"call-pickup-bot store","version":1}\n')],
  ['a header without its checksum', Buffer.from('{"format":"call-pickup-bot store","version":1}\n')],
  ['NULs', Buffer.alloc(4096)],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['a web page', Buffer.from('<!doctype html>\n<html></html>\n')],
]

describe('A bot that finds something odd where its data should be', () => {
  let folder: string
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'pickup-'))))
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** What it says, when it ends at once with exit code 1. */
  const refusal = async (dataFolder: string, suffering?: Suffering) => {
    const more = suffering ? { suffering } : {}
    const bot = new BotProcess({
      built: await builtBot(),
      folder: dataFolder,
      port: await freePort(),
      ...more,
    })
    assert.equal(await bot.refuses(), 1, bot.output)
    assert.match(bot.output, /^[^\n]+\.\n$/, `not one line: ${bot.output}`)
    return bot.output
  }

  it('F11 ends with a sentence and leaves every byte as it was, whatever the file holds', async () => {
    await inLanes(oddBodies, async ([name, body]) => {
      const own = join(folder, name)
      await mkdir(own)
      await writeFile(join(own, 'journal-1'), body)
      assert.match(
        await refusal(own),
        /^The store's file journal-1 was not written by this program\. Nothing was changed; .+/,
        name,
      )
      assert.deepEqual(await readdir(own), ['journal-1'], name)
      assert.deepEqual(await readFile(join(own, 'journal-1')), body, name)
    })
  })

  it('F11 says so when the data folder is no folder, or one of its files is', async () => {
    const file = join(folder, 'file')
    await writeFile(file, 'mine')
    assert.match(await refusal(file), /^DATA_DIR/)
    assert.equal(await readFile(file, 'utf8'), 'mine')
    await mkdir(join(folder, 'own', 'journal-1'), { recursive: true })
    assert.match(await refusal(join(folder, 'own')), /^DATA_DIR/)
  })

  for (const code of ['ENOSPC', 'EROFS', 'EIO']) {
    it(`F10 says why it cannot start when its disk takes nothing (${code})`, async () => {
      const kinds = ['open', 'write', 'truncate'] as const
      const suffering = await Suffering.begin({ fail: { code, at: 1, kinds } })
      const said = await refusal(folder, suffering).finally(() => suffering.end())
      assert.match(said, new RegExp(`^DATA_DIR.*${code}`))
    })
  }
})
