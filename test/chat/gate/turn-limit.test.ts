import assert from 'node:assert/strict'
import { TurnLimit } from '../../../src/chat/gate/turn-limit.ts'

describe('T12 A crowd', () => {
  it('has room for twenty in one conversation, and others come in meanwhile', () => {
    const crowd = new TurnLimit()
    const leaves = Array.from({ length: 20 }, () => crowd.enter('busy'))
    assert.ok(leaves.every((leave) => leave !== null))
    assert.equal(crowd.enter('busy'), null)
    assert.ok(crowd.enter('other'))
    leaves[0]?.()
    assert.ok(crowd.enter('busy'))
    assert.equal(crowd.enter('busy'), null)
  })

  it('has room for five hundred in all, however often they come and go', () => {
    const crowd = new TurnLimit()
    for (let round = 0; round < 3; round += 1) {
      const leaves = Array.from({ length: 500 }, (_, at) => crowd.enter(`c${at}`))
      assert.ok(leaves.every((leave) => leave !== null))
      assert.equal(crowd.enter('one more'), null)
      for (const leave of leaves) leave?.()
    }
  })
})
