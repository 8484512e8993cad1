import assert from 'node:assert/strict'
import fc from 'fast-check'
import { afterPhrase, listed, plainWord, wordsOf } from '../../src/chat/words.ts'

describe('the words of a message', () => {
  const read: ReadonlyArray<readonly [string, readonly string[]]> = [
    ['  My   Group?! ', ['My', 'Group']],
    ['<at>Pickup</at> help', ['Pickup', 'help']],
    ['add <at id="1">Bo Ek</at> and cy', ['add', 'Bo', 'Ek', 'and', 'cy']],
    ['add Bo <bo@contoso.com>', ['add', 'Bo', '<bo@contoso.com>']],
    ['also ring +44 20 7946 0000.', ['also', 'ring', '+44', '20', '7946', '0000']],
    ['¿quién llama?', ['¿quién', 'llama']],
    ['a\u00a0b\tc\r\nd', ['a', 'b', 'c,', 'd']],
    ['', []],
    ['???', []],
  ]
  for (const [text, words] of read)
    it(`of ${JSON.stringify(text)} are ${words.join(' | ') || 'none'}`, () => {
      assert.deepEqual(wordsOf(text), words)
    })

  it('T11 are cut before they are many, whatever somebody sends', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000, unit: 'grapheme' }), (text) => {
        const words = wordsOf(text)
        assert.ok(words.join(' ').length <= 4000)
        assert.ok(words.every((word) => word !== '' && !/\s/u.test(word)))
      }),
    )
    assert.ok(wordsOf(' '.repeat(100_000)).length === 0)
    assert.ok(wordsOf('<at>'.repeat(100_000)).join('').length <= 4000)
  })

  it('are compared without case and quotes', () => {
    assert.equal(plainWord('“Ann’s”'), 'anns')
    assert.equal(plainWord('ÉVA'), 'éva')
  })

  it('follow a phrase only on whole words', () => {
    assert.deepEqual(afterPhrase(['Add', 'Bo'], 'add'), ['Bo'])
    assert.equal(afterPhrase(['address', 'Bo'], 'add'), null)
    assert.deepEqual(afterPhrase(['ring', 'in', 'order'], 'ring in order'), [])
    assert.equal(afterPhrase(['ring'], 'ring in order'), null)
  })
})

describe('a list of people', () => {
  const lists: ReadonlyArray<readonly [string, readonly string[]]> = [
    ['Bo and Cy', ['Bo', 'Cy']],
    ['Bo, Cy, and Dee', ['Bo', 'Cy', 'Dee']],
    ['Bo,Cy;Dee', ['Bo', 'Cy', 'Dee']],
    ['Anders Andersson & Alexandra Sand', ['Anders Andersson', 'Alexandra Sand']],
    ["Mary-Jane O'Brien", ["Mary-Jane O'Brien"]],
    ['山田 太郎 and Éva Nagy', ['山田 太郎', 'Éva Nagy']],
    [', and ,', []],
  ]
  for (const [text, names] of lists)
    it(`${JSON.stringify(text)} is ${names.join(' | ') || 'nobody'}`, () => {
      assert.deepEqual(listed(wordsOf(text)), names)
    })
})
