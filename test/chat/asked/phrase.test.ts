import assert from 'node:assert/strict'
import { readAsked, Vocabulary } from '../../../src/chat/asked/asked-words.ts'
import { fitting, readPhrase, wordsIn } from '../../../src/chat/asked/phrase.ts'
import { Asked } from '../../../src/chat/asked/question.ts'
import { periodIn } from '../../../src/chat/asked/period.ts'

function ask(phrase: string, text: string): Asked | null {
  const read = readPhrase(phrase)
  const words = readAsked(text, new Vocabulary(wordsIn(read)))
  const spans = words && fitting(words.words, read)
  return words && spans && new Asked(words.words, spans, words.isMarked)
}

describe('The phrase of a question', () => {
  const inGroup = 'is <person> (in|part of) {group}'

  it('fits with what may be left out, with other words for it, and with capitals and apostrophes of any kind', () => {
    for (const text of [
      'is bo in my group',
      'Is Bo part of our call group?',
      'please tell me, is bo in my group',
      'is bo actually in the team',
    ])
      assert.equal(ask(inGroup, text)?.hole('person').toLowerCase(), 'bo', text)
    for (const text of ['is bo in ann’s group', "is bo in ann's group", 'is bo in the group of ann'])
      assert.equal(ask(inGroup, text)?.hole('owner'), 'ann', text)
  })

  it('does not fit when a word is left over or missing', () => {
    for (const text of [
      'is bo in my group tomorrow',
      'is in my group',
      'bo in my group',
      'is the phone in my group',
    ])
      assert.equal(ask(inGroup, text), null, text)
  })

  it('reads short forms in full, and one slip in a long word', () => {
    assert.ok(ask('what is a delegate', 'whats a delagate'))
    assert.ok(ask('who is in {group}', 'who’s in my gruop'))
    assert.ok(ask('(did|does) it not ring', 'didn’t it ring') === null)
    assert.ok(ask('does it not ring', 'doesn’t it ring') === null)
    assert.ok(ask('it does not ring', 'it doesn’t ring'))
  })

  it('keeps names as they were typed, though they look like a slip', () => {
    assert.equal(ask('is <person> first', 'is Frist first')?.hole('person'), 'Frist')
  })

  it('asks the same with an address in place of a name', () => {
    assert.equal(
      ask(inGroup, 'is kim in ann’s group')?.with('person', 'kim@contoso.com'),
      "is kim@contoso.com in ann 's group",
    )
  })

  it('is not looked for in a long message', () => {
    assert.equal(ask(inGroup, `is bo in my group ${'is '.repeat(40)}`), null)
    assert.equal(readAsked('x'.repeat(4000), new Vocabulary(['group']))?.words.length, 1)
  })
})

describe('A period', () => {
  // A Tuesday, shortly after midnight in Berlin, and still Monday in London.
  const now = Date.parse('2026-12-01T23:30:00Z') - 24 * 3_600_000
  const has = (words: string) => (word: string) => words.split(' ').includes(word)
  const hours = (count: number) => now - count * 3_600_000

  it('is of the days of whoever asks', () => {
    const berlin = periodIn(has('today'), now, 'Europe/Berlin')
    const london = periodIn(has('today'), now, 'Europe/London')
    assert.deepEqual([berlin?.has(hours(1)), london?.has(hours(1))], [false, true])
  })

  it('begins a week on Monday', () => {
    const week = periodIn(has('this week'), now, 'Europe/London')
    assert.deepEqual([week?.has(hours(23)), week?.has(hours(24))], [true, false])
    assert.equal(periodIn(has('last week'), now, 'Europe/London')?.has(hours(24)), true)
  })

  it('is none where none was named', () => {
    assert.equal(periodIn(has('who called'), now, undefined), null)
  })
})
