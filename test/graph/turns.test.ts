import assert from 'node:assert/strict'
import { Turns } from '../../src/graph/turns.ts'

describe('Turns to be looked up', () => {
  let turns: Turns
  beforeEach(() => {
    turns = new Turns()
  })
  const all = () => {
    const ids: string[] = []
    for (let id = turns.next(); id !== null; id = turns.next()) ids.push(id)
    return ids
  }

  it('come in order, once however often somebody is named', () => {
    for (const id of ['ann', 'bo', 'ann']) turns.first(id)
    assert.equal(turns.waiting, 2)
    assert.deepEqual(all(), ['ann', 'bo'])
    assert.equal(turns.waiting, 0)
  })

  it('come again for those who were put off, and are asked for once for all of them', () => {
    assert.equal(turns.putOff('ann'), true)
    assert.equal(turns.putOff('bo'), false)
    assert.deepEqual(all(), [])
    turns.again()
    assert.deepEqual(all(), ['ann', 'bo'])
    turns.again()
    assert.deepEqual(all(), [])
  })

  it('are three in a round, and three in the next', () => {
    for (let round = 0; round < 2; round += 1) {
      turns.newRound()
      for (const gets of [true, true, false, false]) {
        assert.equal(turns.putOff('ann'), gets)
        turns.again()
        assert.deepEqual(all(), gets ? ['ann'] : [])
      }
    }
  })

  it('begin anew for somebody who was found, and who needs no other', () => {
    turns.putOff('ann')
    turns.again()
    all()
    turns.putOff('ann')
    turns.found('ann')
    turns.again()
    assert.deepEqual(all(), [])
    assert.equal(turns.putOff('ann'), true)
    turns.again()
    assert.equal(turns.putOff('ann'), true)
  })
})
