import assert from 'node:assert/strict'
import { decoded } from '../../src/terminal/text-file.ts'
import { Failed } from '../../src/terminal/failed.ts'

describe('A text from elsewhere', () => {
  const text = '{"DisplayName":"Åsa Öberg 😀"}'
  const utf16 = (words: string) => Buffer.from(words, 'utf16le')
  const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()

  it('is read as it was written: on Windows, by PowerShell old and new, or anywhere else', () => {
    const little = utf16(`\uFEFF${text}`)
    for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), little, swapped(little)])
      assert.equal(decoded(bytes), text)
    assert.equal(decoded(Buffer.alloc(0)), '')
  })

  it('is the same however long it is: a letter or a half of one may lie wherever it is cut', () => {
    for (const before of ['', 'x', 'xy', 'xyz']) {
      const long = `${before}${'Åsa Öberg 😀 猫\n'.repeat(20_000)}`
      assert.ok(decoded(Buffer.from(long)) === long, 'UTF-8')
      assert.ok(decoded(utf16(`\uFEFF${long}`)) === long, 'UTF-16')
      assert.throws(() => decoded(Buffer.concat([Buffer.from(long), Buffer.from([0])])), Failed)
      assert.throws(() => decoded(Buffer.from(long).subarray(0, -2)), Failed)
    }
  })

  it('is refused in words when its letters would be guessed, or it does not say how it was written', () => {
    const unmarked = [utf16(text), swapped(utf16('# Żółw Жук 猫\nADMINS=ann@contoso.com\n'))]
    const half = utf16(`\uFEFF${text}`).subarray(0, -1)
    const utf32 = Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])
    const lone = utf16('\uFEFFa\uD83D b')
    const noText = Buffer.from([0x50, 0, 0, 0x4b, 3, 4])
    const ansi = ['# für Åsa\n', text].map((words) => Buffer.from(words.replace('😀', ''), 'latin1'))
    const wrong: ReadonlyArray<readonly [words: RegExp, files: readonly Uint8Array[]]> = [
      [/without the mark/u, unmarked],
      [/cut or damaged/u, [half, utf32, lone]],
      [/not text in UTF-8/u, [noText, ...ansi]],
    ]
    for (const [words, files] of wrong)
      for (const bytes of files)
        assert.throws(
          () => decoded(bytes),
          (error) => error instanceof Failed && words.test(error.message),
        )
  })
})
