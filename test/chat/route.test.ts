import assert from 'node:assert/strict'
import fc from 'fast-check'
import { commands } from '../../src/chat/commands.ts'
import { nearestPhrase, route } from '../../src/chat/route.ts'
import { wordsOf } from '../../src/chat/words.ts'

const titleOf = (text: string) => route(commands, wordsOf(text))?.command.title ?? null

describe('finding the command', () => {
  it('finds every phrase of the table under its own command, in any case and with courtesies', () => {
    for (const { title, phrases } of commands)
      for (const phrase of phrases) {
        assert.equal(titleOf(phrase), title, phrase)
        assert.equal(titleOf(`Please ${phrase.toUpperCase()}!`), title, phrase)
      }
  })

  it('has no phrase twice', () => {
    const phrases = commands.flatMap((command) => command.phrases)
    assert.equal(new Set(phrases).size, phrases.length)
  })

  const said: ReadonlyArray<readonly [string, string | null]> = [
    ['call group', 'my group'],
    ['add Bo and Cy', 'add <person>'],
    ['add delegate Bo', 'add delegate <person>'],
    ['forward my calls to my group', 'forward my calls to <my group, a person, a number, voicemail>'],
    ['also ring +44 20 7946 0000', 'also ring <my group, a person, a number>'],
    ['ring in order', 'ring in order'],
    ['ring ann', 'ring <owner>'],
    ['can you show me my settings', 'settings'],
    ['what if', 'who rings'],
    ['addition', null],
    ['regroup', null],
    ['<at>Bot</at>', null],
  ]
  for (const [text, title] of said)
    it(`reads "${text}" as ${title ?? 'nothing it knows'}`, () => {
      assert.equal(titleOf(text), title)
    })

  it('never throws, and never finds a command that the words do not begin with', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (text) => {
        const found = route(commands, wordsOf(`xyzzy ${text}`))
        assert.equal(found, null)
      }),
    )
  })

  it('guesses what was mistyped, and nothing when nothing is near', () => {
    assert.equal(nearestPhrase(commands, ['setings']), 'settings')
    assert.equal(nearestPhrase(commands, ['notificatons']), 'notifications')
    assert.equal(nearestPhrase(commands, ['qwertzuiop']), null)
  })
})
