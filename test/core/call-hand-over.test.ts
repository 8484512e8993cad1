import assert from 'node:assert/strict'
import { nextDue } from '../../src/core/call.ts'
import { faceOf } from '../../src/core/face.ts'
import { partyOf } from '../../src/core/party.ts'
import {
  begun,
  cards,
  claims,
  connects,
  declines,
  done,
  fails,
  group,
  hangsUp,
  isRemoved,
  list,
  missed,
  round,
  state,
  then,
  timeIsUp,
} from './telling.ts'

const three = begun({ rounds: [round(30, group('bo', 'cy', 'di'))] })
const taken = then(three, claims('bo', 10))

describe('a call that was picked up', () => {
  it('is answered once the source says so', () => {
    const talking = then(taken, connects(12))
    assert.equal(state(talking), 'answered at 10')
    assert.deepEqual(cards(talking), { bo: 'answered by bo', cy: 'answered by bo', di: 'answered by bo' })
    assert.deepEqual(done(talking), ['show bo', 'show cy', 'show di'])
  })

  it('is believed to be answered after half a minute when the source never says', () => {
    const silent = then(begun({ rounds: [round(30, group('bo'))], reports: false }), claims('bo', 10))
    assert.equal(then(silent, timeIsUp(39.999)).call, silent.call)
    assert.equal(state(then(silent, timeIsUp(40))), 'answered at 10')
    assert.equal(state(then(silent, timeIsUp(4000))), 'answered at 10')
  })

  it('says whether it is known or only believed that they talk', () => {
    const silent = begun({ rounds: [round(30, group('bo'))], reports: false })
    const believed = then(silent, claims('bo', 10), timeIsUp(40))
    const facesOf = [believed, then(taken, connects(12))].map(({ call }) => faceOf(call, 'bo'))
    assert.deepEqual(
      facesOf.map((face) => face?.is === 'ended' && face.isAssumed),
      [true, undefined],
    )
  })

  it('is answered by whoever the source put through, should that be somebody else', () => {
    const other = then(taken, { is: 'connected', by: 'cy', at: 12_000 })
    assert.equal(state(other), 'answered at 12')
    assert.equal(cards(other)['bo'], 'answered by cy')
  })

  it('does not hear its turn or its round run out', () => {
    assert.equal(nextDue(taken.call), 40_000)
    assert.equal(then(taken, timeIsUp(30)).call, taken.call)
  })

  it('cannot be declined any more', () => {
    assert.equal(then(taken, declines('bo', 11)).call, taken.call)
    assert.equal(then(taken, declines('cy', 11)).call, taken.call)
  })
})

describe('a hand-over that failed', () => {
  it('rings again with the time that was left, and alerts everybody anew', () => {
    const again = then(taken, fails(13))
    assert.equal(nextDue(again.call), 33_000)
    assert.deepEqual(done(again), ['show bo', 'show cy', 'show di'])
    assert.deepEqual(cards(again), { bo: 'pick up', cy: 'pick up', di: 'pick up' })
    assert.deepEqual(
      again.call.parties.map(({ alerts }) => alerts),
      [2, 2, 2],
    )
  })

  it('is named on the cards that ring again', () => {
    const face = faceOf(then(taken, fails(13)).call, 'cy')
    assert.deepEqual(face?.is === 'ringing' && face.notConnected, ['bo'])
  })

  it('rings again for ten seconds at least', () => {
    const late = then(three, claims('bo', 29.5), fails(31))
    assert.equal(nextDue(late.call), 41_000)
  })

  it('counts as failed half a minute later when a source that reports says nothing', () => {
    const again = then(taken, timeIsUp(40))
    assert.equal(state(again), 'rings')
    assert.equal(nextDue(again.call), 60_000)
  })

  it('rings nobody when that is noticed more than half a minute late', () => {
    const dead = then(taken, timeIsUp(70.001))
    assert.equal(state(dead), 'missed at 40')
    assert.deepEqual(done(dead), ['missed', 'show bo', 'show cy', 'show di', 'tell ann'])
  })

  it('lets the same person try again, and connects them anew', () => {
    assert.equal(done(then(taken, fails(13), claims('bo', 15)))[0], 'connect bo')
  })

  it('moves on to the next round the second time', () => {
    const rounds = [round(30, group('bo', 'cy')), round(30, group('di'))]
    const twice = then(begun({ rounds }), claims('bo', 1), fails(2), claims('cy', 3), fails(4))
    assert.deepEqual(cards(twice), { bo: 'moved on to group', cy: 'moved on to group', di: 'pick up' })
  })

  it('ends the call as planned the second time when there is no next round', () => {
    const twice = then(taken, fails(13), claims('cy', 15), fails(16))
    assert.equal(state(twice), 'voicemail at 16')
    assert.equal(done(twice)[0], 'voicemail')
  })

  it('does not alert anybody anew who declined', () => {
    const again = then(three, declines('cy', 2), claims('bo', 3), fails(4))
    assert.deepEqual(cards(again), { bo: 'pick up', cy: 'declined', di: 'pick up' })
    assert.equal(partyOf(again.call, 'cy')?.alerts, 1)
  })

  it('does not ring for nobody when the others left meanwhile', () => {
    const two = begun({ rounds: [round(30, group('bo', 'cy'))], end: missed })
    const left = then(two, declines('bo', 1), claims('cy', 2), isRemoved('cy', 3), fails(4))
    assert.equal(state(left), 'missed at 4')
  })

  it('gives the member whose turn it was ten seconds at least, and the next one all of their turn', () => {
    const inTurn = then(begun({ rounds: [list('bo', 'cy')] }), claims('bo', 19), fails(21))
    assert.equal(nextDue(inTurn.call), 31_000)
    const next = then(inTurn, timeIsUp(31))
    assert.equal(nextDue(next.call), 51_000)
    assert.deepEqual(cards(next), { bo: 'pick up, turn over', cy: 'pick up' })
  })

  it('leaves the button to an owner who picked up without being rung', () => {
    const again = then(three, claims('ann', 5), fails(6))
    assert.equal(cards(again)['ann'], 'pick up')
    assert.equal(partyOf(again.call, 'ann')?.alerts, 1)
  })

  it('leaves the button, as if it had just begun to ring, to a muted member whom the next round concerns', () => {
    const muted = { ...group('bo'), mayPull: ['cy'] }
    const next = then(begun({ rounds: [round(30, muted), round(30, muted)] }), claims('cy', 5), fails(6))
    assert.deepEqual(cards(then(next, timeIsUp(60))), { bo: 'pick up', cy: 'pick up' })
  })

  it('takes the button from a muted member who picked up when the call moves on', () => {
    const rounds = [round(30, { ...group('bo'), mayPull: ['cy'] }), round(30, group('di'))]
    const next = then(begun({ rounds }), claims('cy', 5), fails(6), declines('bo', 7))
    assert.equal(cards(next)['cy'], 'moved on to group')
  })

  it('means nothing when nobody is being connected', () => {
    assert.equal(then(three, fails(1)).call, three.call)
    const gone = then(taken, hangsUp(11))
    assert.equal(then(gone, fails(12)).call, gone.call)
  })
})
