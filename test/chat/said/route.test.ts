import assert from 'node:assert/strict'
import fc from 'fast-check'
import { commands } from '../../../src/chat/commands.ts'
import { alsoSaid } from '../../../src/chat/said/also-said.ts'
import { nearestPhrase, route } from '../../../src/chat/said/route.ts'
import { wordsOf } from '../../../src/chat/said/words.ts'

const titleOf = (text: string) => route(commands, wordsOf(text))?.command.title ?? null
const restOf = (text: string) => route(commands, wordsOf(text))?.rest.join(' ')

describe('finding the command', () => {
  it('finds every phrase of the table under its own command, in any case and with courtesies', () => {
    for (const { title, phrases } of commands)
      for (const phrase of phrases) {
        const said = phrase.replace('<seconds>', '20')
        assert.equal(titleOf(said), title, phrase)
        assert.equal(titleOf(`Please ${said.toUpperCase()}!`), title, phrase)
        assert.equal(titleOf(`Hello! Could you ${said}, thank you 😀`), title, phrase)
      }
  })

  it('has other ways to say only what there is', () => {
    const titles = commands.map(({ title }) => title)
    assert.deepEqual(
      Object.keys(alsoSaid).filter((title) => !titles.includes(title)),
      [],
    )
  })

  it('has no phrase twice', () => {
    const phrases = commands.flatMap((command) => command.phrases)
    assert.equal(new Set(phrases).size, phrases.length)
  })

  const said: ReadonlyArray<readonly [string, string | null]> = [
    ['call group', 'my group'],
    ['add Bo and Cy', 'add <person>'],
    ['Hi, add Bo', 'add <person>'],
    ['add delegate Bo', 'add delegate <person>'],
    ['add Bo Ek as a delegate', 'add delegate <person>'],
    ['take Bo out', 'remove <person>'],
    ['take the call', 'pickup <owner>'],
    ['Mine!', 'pickup <owner>'],
    ["I can't talk", 'decline <owner>'],
    ['stop ringing', 'decline <owner>'],
    ['forward my calls to my group', 'forward my calls to <my group, a person, a number, voicemail>'],
    ['forward everything to voicemail', 'forward my calls to <my group, a person, a number, voicemail>'],
    ['also ring +44 20 7946 0000', 'also ring <my group, a person, a number>'],
    ['ring my group too', 'also ring <my group, a person, a number>'],
    ['ring in order', 'ring in order'],
    ['ring everyone, too', 'ring everyone'],
    ['ring ann', 'ring <owner>'],
    ['ring me for ann', 'ring <owner>'],
    ['ring me for 20', 'if unanswered <voicemail, my group, a person, nothing> after <seconds>'],
    ['wait a moment', null],
    ["decline Ann's call", 'decline <owner>'],
    ['busy on busy', 'if busy'],
    ['pick', 'pickup <owner>'],
    [
      'If unanswered, send it to bo',
      'if unanswered <voicemail, my group, a person, nothing> after <seconds>',
    ],
    [
      'If I don’t answer: voicemail',
      'if unanswered <voicemail, my group, a person, nothing> after <seconds>',
    ],
    ['can you show me my settings', 'settings'],
    ['“my group”', 'my group'],
    ['MY GROUP', 'my group'],
    ['ｍｙ ｇｒｏｕｐ', 'my group'],
    ['what if', 'who rings'],
    ['I am ann@contoso.com', 'I am <address>'],
    ['addition', null],
    ['regroup', null],
    ['helpless', null],
    ['<at>Bot</at>', null],
    ['👍', null],
    ['', null],
  ]
  for (const [text, title] of said)
    it(`reads "${text}" as ${title ?? 'nothing it knows'}`, () => {
      assert.equal(titleOf(text), title)
    })

  it('leaves the names, and only them', () => {
    assert.equal(restOf('Please add Bo Ek and Cy, thanks!'), 'Bo Ek and Cy')
    assert.equal(restOf('put Anne-Marie O’Brien in my group'), 'Anne-Marie O’Brien')
    assert.equal(restOf('make Bo my delegate please'), 'Bo')
    assert.equal(restOf('forward my calls to\n山田 太郎'), '山田 太郎')
  })

  it('never throws, and never finds a command that the words do not begin with', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (text) => {
        const found = route(commands, wordsOf(`xyzzy ${text}`))
        assert.equal(found, null)
      }),
    )
  })

  it('never finds a command in part of a word', () => {
    const phrase = fc.constantFrom(
      ...commands.flatMap(({ phrases }) => phrases.map((one) => one.split(' ')[0] ?? '')),
    )
    fc.assert(
      fc.property(phrase, fc.constantFrom('x', 'zz', '9', 'ß', '字'), (word, letter) => {
        assert.equal(titleOf(`${word}${letter}`), null)
        assert.equal(titleOf(`${letter}${word}`), null)
      }),
    )
  })
})

describe('guessing what was meant', () => {
  const slips: ReadonlyArray<readonly [string, string | null]> = [
    ['setings', 'settings'],
    ['notificatons', 'notifications'],
    ['hlep', 'help'],
    ['adn bo', 'add <person>'],
    ['mutee ann', 'mute <owner or all>'],
    ['callgroup', 'call group'],
    ['forwrad my calls to bo', 'forward my calls to <my group, a person, a number, voicemail>'],
    ['please, setings', 'settings'],
    ['qwertzuiop', null],
    ['ok', null],
    ['yes', null],
    ['bye', null],
    ['a', null],
    ['', null],
  ]
  for (const [text, phrase] of slips)
    it(`takes "${text}" for ${phrase ?? 'nothing'}`, () => {
      assert.equal(nearestPhrase(commands, wordsOf(text))?.title ?? null, phrase)
    })

  it('suggests only what is understood', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const near = nearestPhrase(commands, wordsOf(text))
        assert.ok(near === null || (titleOf(near.title) !== null && titleOf(near.phrase) !== null))
      }),
    )
  })
})
