import assert from 'node:assert/strict'
import fc from 'fast-check'
import { plainName, plainText, typedText, withoutInvisible } from '../../src/chat/plain.ts'

/** Anything a channel can send: whole characters, halves of them, controls and marks of direction. */
const anything = fc.string({ unit: 'binary', maxLength: 300 }).map((text) => `${text}\u202e\u0007\ud800`)
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u

describe('a name that is shown', () => {
  const names: ReadonlyArray<readonly [string, string]> = [
    ['Bo', 'Bo'],
    ['  Bo \n  Ek ', 'Bo Ek'],
    ['Bo\u202eoB', 'Bo oB'],
    ['שרה כהן', 'שרה כהן'],
    ['O’Brien-Smith & Søn', 'O’Brien-Smith & Søn'],
    ['\u200b\u0000', 'Somebody'],
    ['', 'Somebody'],
    ['n'.repeat(64), 'n'.repeat(64)],
    ['n'.repeat(65), `${'n'.repeat(63)}…`],
    ['😀'.repeat(65), `${'😀'.repeat(63)}…`],
  ]
  for (const [name, shown] of names)
    it(`${JSON.stringify(name.slice(0, 20))} is ${shown.slice(0, 20)}`, () => {
      assert.equal(plainName(name), shown)
    })

  it('is one line of 1 to 64 characters that can be seen, whatever it was', () => {
    fc.assert(
      fc.property(anything, (name) => {
        const shown = plainName(name)
        const { length } = [...shown]
        assert.ok(length >= 1 && length <= 64)
        assert.doesNotMatch(shown, unseen)
        assert.equal(shown, shown.trim())
        assert.equal(plainName(shown), shown)
      }),
    )
  })
})

describe('a text that is shown', () => {
  it('is one line without what nobody can see, and never long', () => {
    fc.assert(
      fc.property(anything, (text) => {
        assert.doesNotMatch(plainText(text), unseen)
        assert.doesNotMatch(plainText(text), /\s\s|\n/u)
      }),
    )
    assert.ok(plainText('a'.repeat(100_000)).length <= 4000)
  })

  it('is mended however deep it lies, and the rest of the value stays', () => {
    assert.deepEqual(withoutInvisible({ a: ['x\u202ey', 1, null, { b: true }] }), {
      a: ['x y', 1, null, { b: true }],
    })
  })
})

describe('a text as it was meant', () => {
  const meant: ReadonlyArray<readonly [string, string]> = [
    ['\u202a+44 20\u202c', '+44 20'],
    ['bo\u200b@contoso.com\ufeff', 'bo@contoso.com'],
    ['e\u0301', 'é'],
    ['a\u0000b\tc', 'a b c'],
    ['a\nb\u2028c', 'a\nb\nc'],
    ['می\u200cخواهم 👩\u200d👧', 'می\u200cخواهم 👩\u200d👧'],
    ['\udc00bo\ud800', 'bo'],
  ]
  for (const [text, expected] of meant)
    it(`${JSON.stringify(text)} is ${JSON.stringify(expected)}`, () => {
      assert.equal(typedText(text), expected)
    })

  it('is whole, and reads the same when it is read again', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const typed = typedText(text)
        assert.equal(typedText(typed), typed)
        assert.doesNotMatch(typed, /\p{Cs}/u)
      }),
    )
  })
})
