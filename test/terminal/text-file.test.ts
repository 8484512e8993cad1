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

  it('is read as UTF-16 without a mark where it plainly is', () => {
    for (const words of [text, 'ADMINS=1\r\n', '# Żółw Жук 猫\nADMINS=ann@contoso.com\n', '\n'])
      for (const bytes of [utf16(words), swapped(utf16(words))]) assert.equal(decoded(bytes), words)
  })

  it('is refused in words when its letters would be guessed', () => {
    const half = utf16(`\uFEFF${text}`).subarray(0, -1)
    const utf32 = Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])
    const lone = utf16('\uFEFFa\uD83D b')
    const noText = Buffer.from([0x50, 0, 0, 0x4b, 3, 4])
    for (const bytes of [
      Buffer.from(text, 'latin1'),
      Buffer.from('# für Åsa\n', 'latin1'),
      half,
      utf32,
      lone,
      noText,
    ])
      assert.throws(
        () => decoded(bytes, 'teams.json'),
        failedWith('teams.json is neither UTF-8 nor UTF-16. Save it as UTF-8, then try again.'),
      )
  })
})

function failedWith(message: string) {
  return (error: unknown) => error instanceof Failed && error.message === message
}
