import assert from 'node:assert/strict'
import { forChannel, render } from '../../../src/chat/draw/card.ts'
import { Recent } from '../../../src/chat/draw/recent.ts'

describe('What was worked out of late', () => {
  it('is worked out once for a key, also when it comes to no', () => {
    const recent = new Recent<boolean | null>(2)
    let made = 0
    const no = () => {
      made += 1
      return null
    }
    assert.equal(recent.of('a', no), null)
    assert.equal(recent.of('a', no), null)
    assert.equal(made, 1)
  })

  it('makes room for what is new, the oldest first', () => {
    const recent = new Recent<string>(2)
    for (const key of ['a', 'b', 'c']) recent.of(key, () => `${key} at first`)
    assert.equal(
      recent.of('c', () => 'c anew'),
      'c at first',
    )
    assert.equal(
      recent.of('b', () => 'b anew'),
      'b at first',
    )
    assert.equal(
      recent.of('a', () => 'a anew'),
      'a anew',
    )
  })
})

describe('A card that several people get', () => {
  const view = { isYours: false, title: 'A call', outcome: 'This call is over.', detail: '', when: '' }

  it('is drawn once, and made fit for a channel once', () => {
    const card = render('pickup-settled', view)
    assert.equal(render('pickup-settled', { ...view }), card)
    assert.equal(forChannel(card, 'msteams'), forChannel(card, 'msteams'))
  })

  it('is another one when anything in it differs', () => {
    const [one, other] = ['Bo', 'Cy'].map((who) =>
      render('pickup-settled', { ...view, outcome: `${who} picked up.` }),
    )
    assert.match(JSON.stringify(one), /Bo picked up/u)
    assert.match(JSON.stringify(other), /Cy picked up/u)
  })
})
