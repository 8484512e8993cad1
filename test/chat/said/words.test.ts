import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  afterPhrase,
  courtesiesBefore,
  listed,
  plainWord,
  readPhrase,
  withoutThanks,
  wordsOf,
} from '../../../src/chat/said/words.ts'

describe('the words of a message', () => {
  const read: ReadonlyArray<readonly [string, readonly string[]]> = [
    ['  My   Group?! ', ['My', 'Group']],
    ['<at>Pickup</at> help', ['Pickup', 'help']],
    ['add <at id="1">Bo Ek</at> and cy', ['add', 'Bo', 'Ek', 'and', 'cy']],
    ['add Bo <bo@contoso.com>', ['add', 'Bo', '<bo@contoso.com>']],
    ['also ring +44 20 7946 0000.', ['also', 'ring', '+44', '20', '7946', '0000']],
    ['¿quién llama?', ['¿quién', 'llama']],
    ['誰が鳴る？ هل؟', ['誰が鳴る', 'هل']],
    ['a\u00a0b\tc d', ['a', 'b', 'c', 'd']],
    ['add\r\n- Bo Ek\n• Cy\n\n', ['add,', 'Bo', 'Ek,', 'Cy']],
    ['/help', ['help']],
    ['/', ['/']],
    ['after 20s', ['after', '20', 's']],
    ['after 30secs', ['after', '30', 'secs']],
    ['\u202a+44 20\u202c \u200bbo\u0007', ['+44', '20', 'bo']],
    ['e\u0301va', ['éva']],
    ['\ud800bo', ['bo']],
    ['👩‍👩‍👧 می‌خواهم', ['👩‍👩‍👧', 'می‌خواهم']],
    ['', []],
    ['???', []],
  ]
  for (const [text, words] of read)
    it(`of ${JSON.stringify(text)} are ${words.join(' | ') || 'none'}`, () => {
      assert.deepEqual(wordsOf(text), words)
    })

  it('T11 are cut before they are many, whatever somebody sends', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 6000, unit: 'grapheme' }), (text) => {
        const words = wordsOf(text)
        assert.ok(words.every((word) => word !== '' && !/\s/u.test(word)))
      }),
    )
    for (const piece of [
      ' ',
      'a',
      'a ',
      '<',
      '<at>',
      '<at',
      '"',
      ', ',
      '"a ',
      '@1 ',
      '1s ',
      '\n',
      'hi ',
      'please ',
      '😀',
    ]) {
      const words = wordsOf(piece.repeat(100_000 / piece.length))
      assert.ok(words.length <= 4000, piece)
      assert.ok(listed(words).length <= 4000, piece)
      assert.ok(courtesiesBefore(words) <= 12, piece)
      withoutThanks(words)
    }
  })

  it('are never half a word where the message was cut, so that half an address adds nobody', () => {
    const addresses = Array.from({ length: 300 }, (_, at) => `person${at}@contoso.com`)
    const words = wordsOf(addresses.join(' '))
    assert.ok(words.length > 100 && words.length < 300)
    assert.ok(words.every((word) => addresses.includes(word)))
    assert.deepEqual(wordsOf('x'.repeat(5000)), [])
    assert.equal(wordsOf('x'.repeat(4000)).length, 1)
  })

  it('leave room for the addresses of a whole call group', () => {
    const addresses = Array.from(
      { length: 25 },
      (_, at) => `somebody.with.a.very.long.name.${at}@mail.contoso.com`,
    )
    assert.equal(listed(wordsOf(`add ${addresses.join(', ')}`)).length, 25)
  })
})

describe('a word', () => {
  const plain: ReadonlyArray<readonly [string, string]> = [
    ['“Ann’s”', 'anns'],
    ['ÉVA', 'éva'],
    ['„Bo“,', 'bo'],
    ['«bo»;', 'bo'],
    ['ｈｅｌｐ', 'help'],
    ['unanswered:', 'unanswered'],
    [',', ''],
  ]
  for (const [word, expected] of plain)
    it(`${word} is compared as "${expected}"`, () => {
      assert.equal(plainWord(word), expected)
    })
})

describe('a phrase', () => {
  it('is followed by the rest only on whole words', () => {
    assert.deepEqual(afterPhrase(['Add', 'Bo'], readPhrase('add')), ['Bo'])
    assert.equal(afterPhrase(['address', 'Bo'], readPhrase('add')), null)
    assert.deepEqual(afterPhrase(['ring', 'in', 'order'], readPhrase('ring in order')), [])
    assert.equal(afterPhrase(['ring'], readPhrase('ring in order')), null)
    assert.equal(afterPhrase([], readPhrase('ring')), null)
  })

  it('can stand round the one it is about', () => {
    assert.deepEqual(afterPhrase(['Take', 'Bo', 'Ek', 'out'], readPhrase('take <person> out')), ['Bo', 'Ek'])
    for (const words of [
      ['take', 'out'],
      ['take', 'Bo', 'outside'],
      ['take', 'Bo'],
      ['out', 'Bo', 'take'],
    ])
      assert.equal(afterPhrase(words, readPhrase('take <person> out')), null, words.join(' '))
  })
})

describe('courtesy', () => {
  it('in front is counted, behind is left out, and neither eats what is asked', () => {
    assert.equal(courtesiesBefore(wordsOf('Hello, can you please show me my group')), 6)
    assert.equal(courtesiesBefore(['add', 'please']), 0)
    const behind: ReadonlyArray<readonly [string, string]> = [
      ['add bo please', 'add bo'],
      ['add bo, thank you! 😀', 'add bo'],
      ['add bo :-)', 'add bo'],
      ['who are you', 'who are you'],
      ['thanks', 'thanks'],
      ['👍', '👍'],
    ]
    for (const [text, rest] of behind) assert.equal(withoutThanks(wordsOf(text)).join(' '), rest)
    assert.deepEqual(withoutThanks([]), [])
  })
})

describe('a list of people', () => {
  const lists: ReadonlyArray<readonly [string, readonly string[]]> = [
    ['Bo and Cy', ['Bo', 'Cy']],
    ['Bo and Cy, Dee', ['Bo', 'Cy', 'Dee']],
    ['Bo, Cy, and Dee', ['Bo', 'Cy', 'Dee']],
    ['Bo,Cy;Dee', ['Bo', 'Cy', 'Dee']],
    ['Bo, Cy,', ['Bo', 'Cy']],
    ['Anders Andersson & Alexandra Sand', ['Anders Andersson', 'Alexandra Sand']],
    ["Mary-Jane O'Brien + Seán Ó’Néill", ["Mary-Jane O'Brien", 'Seán Ó’Néill']],
    ['山田 太郎、Éva Nagy', ['山田 太郎', 'Éva Nagy']],
    ['آن، بو', ['آن', 'بو']],
    ['“Sales and Support” and Bo', ['“Sales and Support”', 'Bo']],
    ['"Ek, Bo"; "Osei, Cy"', ['"Ek, Bo"', '"Osei, Cy"']],
    ['"Bo and Cy', ['"Bo', 'Cy']],
    ['@1 @2 and @3', ['@1', '@2', '@3']],
    ['Bo @1', ['Bo', '@1']],
    ['@1 Bo', ['@1', 'Bo']],
    ['bo@contoso.com cy@contoso.com', ['bo@contoso.com', 'cy@contoso.com']],
    ['Bo Ek <bo@contoso.com> Cy <cy@contoso.com>', ['Bo Ek <bo@contoso.com>', 'Cy <cy@contoso.com>']],
    ['Bo Ek\nCy Osei\n', ['Bo Ek', 'Cy Osei']],
    [', and ,', []],
  ]
  for (const [text, names] of lists)
    it(`${JSON.stringify(text)} is ${names.join(' | ') || 'nobody'}`, () => {
      assert.deepEqual(listed(wordsOf(text)), names)
    })

  it('holds every name once, in order, however the names are joined', () => {
    const name = fc.constantFrom(
      'Bo',
      'Anne-Marie',
      'O’Brien',
      '太郎',
      'Éva Nagy',
      '@1',
      'bo@contoso.com',
      '"Ek, Bo"',
    )
    const join = fc.constantFrom(', ', ' and ', ' & ', '; ', '\n', ' + ', ', and ')
    fc.assert(
      fc.property(fc.array(fc.tuple(name, join), { maxLength: 20 }), (entries) => {
        const text = entries.map((entry) => entry.join('')).join('')
        assert.deepEqual(
          listed(wordsOf(text)),
          entries.map(([one]) => one),
        )
      }),
    )
  })
})
