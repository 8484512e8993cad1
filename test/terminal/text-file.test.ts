import assert from 'node:assert/strict'
import { decoded } from '../../src/terminal/text-file.ts'

describe('A text from elsewhere', () => {
  const text = '{"DisplayName":"Åsa Öberg 😀"}'
  const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()

  it('is read as it was written: on Windows, by PowerShell old and new, or anywhere else', () => {
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le')
    for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), little, swapped(little)])
      assert.equal(decoded(bytes), text)
    assert.equal(decoded(Buffer.alloc(0)), '')
  })
})
