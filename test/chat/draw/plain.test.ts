import assert from 'node:assert/strict'
import fc from 'fast-check'
import { plainName, plainText, typedText, withoutInvisible } from '../../../src/chat/draw/plain.ts'

/** Anything a channel can send: whole characters, halves of them, controls and marks of direction. */
const anything = fc.string({ unit: 'binary', maxLength: 300 }).map((text) => `${text}\u202e\u0007\ud800`)
/** Two may stay where they join something. */
const unseen = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u

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
    [`${'n'.repeat(61)}👩\u200d👧\u200d👦`, `${'n'.repeat(61)}👩…`],
    // Letters that are joined, and emoji that are one.
    ...[
      'ශ්\u200dරී ලාල්',
      'محمد می\u200cخواهم',
      'क्\u200dष',
      'രാജന്\u200d പിള്ള',
      'শীর্ষ ৎ',
      '👨\u200d👩\u200d👧 Ek',
      '👩🏽\u200d💻',
      '🏳\ufe0f\u200d🌈',
      '❤\ufe0f\u200d🔥',
      '1\ufe0f⃣ Bo',
      '葛\u{e0100}城',
    ].map((name) => [name, name] as const),
    // Joiners and variants of nothing, tags, fillers, and marks that turn text round.
    ['Bo\u200d', 'Bo'],
    ['\u200dBo\u200c Ek', 'Bo Ek'],
    ['B\u200do\u200c', 'Bo'],
    ['Бо\u200dб', 'Боб'],
    ['佐\u200d藤', '佐藤'],
    ['👨\u200d\u200d👩', '👨👩'],
    ['👨\u200d Ek', '👨 Ek'],
    ['👨\u200c👩', '👨👩'],
    ['می\u200c', 'می'],
    ['ශ්\u200d\u200dරී', 'ශ්රී'],
    ['Bo\ufe0f\ufe0f\u{e0100}', 'Bo'],
    ['❤\ufe0f\ufe0f', '❤\ufe0f'],
    ['Bo\u{e0041}\u{e0042}\u{e007f}', 'Bo'],
    ['\u3164\u115f\u2800', 'Somebody'],
    ['می\u202e\u200cخواهم', 'می خواهم'],
    ['Ann \u2066Ek\u2069\u200f', 'Ann Ek'],
    ['A\u061cnn', 'A nn'],
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
