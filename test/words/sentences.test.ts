/** What people read is plain English: without the idioms that were banned, and with one apostrophe. */
import assert from 'node:assert/strict'
import { sentences } from './sentences.ts'

/** Turns of phrase that make a reader stop. */
const banned =
  /\b(?:nobody\b[^.]*\bany more|comes to|whoever|(?:is|are) told|as it stands|mend(?:s|ed)?|lets? go|letting go|counts? on|in earnest|a word that|take(?:s|n)? back)\b/iu

describe('the sentences that people read', () => {
  const all = sentences()

  it('are found in cards, chat, administration, terminal and refusals of settings', () => {
    const found = [
      ['cards/welcome.json', 'Share your calls, pick up each other’s'],
      ['src/chat/', 'I did not understand that.'],
      ['src/chat/', 'You can no longer pick up this call.'],
      ['src/admin/', 'There is nothing here. See /api/admin/openapi.json.'],
      ['src/terminal/', 'That is not JSON.'],
      ['src/', '.env, line {…}: this is not a setting. Write it as NAME=value, or put # in front of it.'],
    ] as const
    for (const [place, text] of found)
      assert.ok(
        all.some((sentence) => sentence.text === text && sentence.at.startsWith(place)),
        text,
      )
  })

  it('have none of the banned idioms', () => {
    assert.deepEqual(
      all.filter(({ text }) => banned.test(text)).map(({ at, text }) => `${at} ${text}`),
      [],
    )
  })

  it('have one apostrophe where people chat', () => {
    assert.deepEqual(
      all
        .filter(({ reader, text }) => reader === 'people' && /\p{L}'\p{L}/u.test(text))
        .map(({ at, text }) => `${at} ${text}`),
      [],
    )
  })
})
