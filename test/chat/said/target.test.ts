import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { type Speaker } from '../../../src/chat/said/called.ts'
import { readSomebody, readTarget } from '../../../src/chat/said/target.ts'
import { wordsOf } from '../../../src/chat/said/words.ts'
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'
import { Directory } from '../../../src/switchboard/directory.ts'

describe('where calls shall go', () => {
  let folder: string
  let store: Awaited<ReturnType<typeof openEmbedded>>
  let ann: Speaker
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'target-'))
    store = await openEmbedded({ folder })
    const directory = new Directory(store, () => 0)
    await directory.mention('bo@contoso.com', 'Bo Ek')
    await directory.mention('max@contoso.com', 'Max 12')
    ann = { person: await directory.person('ann@contoso.com'), mentions: [], directory }
  })
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  const named: ReadonlyArray<readonly [string, string]> = [
    ['voicemail', 'voicemail'],
    ['my Voice mail', 'voicemail'],
    ['the mailbox.', 'voicemail'],
    ['to my call group', 'group'],
    ['MY GROUP now', 'group'],
    ['my team', 'group'],
    ['my delegates', 'delegates'],
    ['constructor', 'refused'],
    ['__proto__', 'refused'],
  ]
  for (const [text, is] of named)
    it(`"${text}" is ${is}`, async () => {
      const read = await readTarget(ann, wordsOf(text))
      assert.equal(read.is === 'target' ? read.target.is : read.is, is)
    })

  for (const text of ['Bo Ek', 'bo now', 'the Bo', 'sip:bo@contoso.com', 'bo@contoso.com'])
    it(`"${text}" is Bo`, async () => {
      const target = { is: 'person', person: 'bo@contoso.com' }
      assert.deepEqual(await readTarget(ann, wordsOf(text)), { is: 'target', target })
    })

  it('somebody whose name looks like an extension is a person', async () => {
    const target = { is: 'person', person: 'max@contoso.com' }
    assert.deepEqual(await readTarget(ann, ['Max', '12']), { is: 'target', target })
  })

  const numbers: ReadonlyArray<readonly [string, string]> = [
    ['+44 20 7946 0000', '+442079460000'],
    ['+44 (0)20 7946 0000', '+442079460000'],
    ['+44-20-7946-0000', '+442079460000'],
    ['+44–20\u20117946\u20140000', '+442079460000'],
    ['+44.20.7946.0000.', '+442079460000'],
    ['+44/20/7946/0000', '+442079460000'],
    ['+44\u00a020\u202f7946\u20090000', '+442079460000'],
    ['\u202a+44 20 7946 0000\u202c', '+442079460000'],
    ['＋４４ ２０ ７９４６ ００００', '+442079460000'],
    ['tel:+442079460000;ext=12', '+442079460000;ext=12'],
    ['+44 20 7946 0000 ext. 12', '+442079460000;ext=12'],
    ['+44 20 7946 0000 x12', '+442079460000;ext=12'],
    ['+44 20 7946 0000 Extension 12', '+442079460000;ext=12'],
    ['+1 (425) 555-0100', '+14255550100'],
    ['my mobile +44 7700 900123', '+447700900123'],
    ['number 4711', '4711'],
    ['(020) 7946 0000', '02079460000'],
    ['4711', '4711'],
  ]
  for (const [text, number] of numbers)
    it(`${JSON.stringify(text)} is ${number}`, async () => {
      assert.deepEqual(await readTarget(ann, wordsOf(text)), {
        is: 'target',
        target: { is: 'number', number },
      })
      const words = text.replace(/^my /u, '').replace(/\.$/u, '')
      assert.deepEqual(await readSomebody(ann, words), { is: 'target', target: { is: 'number', number } })
    })

  it('any international number is read, however its digits are grouped', async () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{6,14}$/u)
    const gap = fc.constantFrom('', ' ', '-', '.', '–', '\u00a0', '/')
    await fc.assert(
      fc.asyncProperty(digits, fc.array(gap, { minLength: 15, maxLength: 15 }), async (number, gaps) => {
        const text = [...number].map((digit, at) => `${at > 0 ? (gaps[at] ?? '') : ''}${digit}`).join('')
        const read = await readTarget(ann, wordsOf(`+${text}`))
        assert.deepEqual(read, { is: 'target', target: { is: 'number', number: `+${number}` } })
      }),
    )
  })

  const refused: ReadonlyArray<readonly [string, string]> = [
    ['', 'E_TARGET_FORMAT'],
    ['my', 'E_TARGET_FORMAT'],
    ['my mobile', 'E_TARGET_FORMAT'],
    ['Nobody Known', 'E_NOT_FOUND'],
    ['+44 20 79', 'E_NOT_FOUND'],
    ['+44 20 7946 0000 0000 0000', 'E_NOT_FOUND'],
  ]
  for (const [text, code] of refused)
    it(`"${text}" is refused: ${code}`, async () => {
      const read = await readTarget(ann, wordsOf(text))
      assert.equal(read.is === 'refused' ? read.refusal.code : read.is, code)
    })
})
