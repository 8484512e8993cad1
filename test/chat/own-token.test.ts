import assert from 'node:assert/strict'
import { dated } from '../../src/chat/own-token.ts'

describe('The bot’s own token for the channel', () => {
  const token = (claims: unknown) =>
    `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`

  it('ends when it says so', () => {
    const given = token({ exp: 1_700_000_000 })
    assert.deepEqual(dated(given, 5), { token: given, until: 1_700_000_000_000 })
  })

  for (const odd of ['opaque', '', 'a.b.c', token(null), token({ exp: 'soon' }), token({})])
    it(`is kept for five minutes when it does not say when it ends: ${JSON.stringify(odd)}`, () => {
      assert.deepEqual(dated(odd, 5), { token: odd, until: 300_005 })
    })
})
