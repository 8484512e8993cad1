import assert from 'node:assert/strict'
import { partyOf } from '../../src/core/party.ts'
import { mayClaim } from '../../src/core/step.ts'
import {
  begun,
  cards,
  claims,
  declines,
  delegates,
  done,
  group,
  isRemoved,
  list,
  missed,
  round,
  state,
  telephone,
  theOwner,
  then,
  timeIsUp,
} from './telling.ts'

const ownerThenGroup = begun({ rounds: [round(20, theOwner), round(30, group('bo', 'cy'))], end: missed })
const delegatesThenGroup = begun({
  rounds: [round(20, delegates('di', 'ed')), round(30, group('bo', 'di'))],
  end: missed,
})

describe('a call that goes from round to round', () => {
  it('rings the group when the owner did not answer, and the owner may still pick up', () => {
    const second = then(ownerThenGroup, timeIsUp(20))
    assert.deepEqual(cards(second), { ann: 'pick up, turn over', bo: 'pick up', cy: 'pick up' })
    assert.equal(state(then(second, claims('ann', 25))), 'with ann')
    assert.equal(state(then(second, timeIsUp(50))), 'missed at 50')
  })

  it('tells no owner that they missed a call which rang them', () => {
    const over = then(ownerThenGroup, timeIsUp(20), timeIsUp(50))
    assert.deepEqual(done(over), ['missed', 'show ann', 'show bo', 'show cy'])
  })

  it('rings the group at once when the owner declines, who then cannot pick up', () => {
    const second = then(ownerThenGroup, declines('ann', 4))
    assert.deepEqual(cards(second), { ann: 'declined', bo: 'pick up', cy: 'pick up' })
    assert.equal(mayClaim(second.call, 'ann'), false)
    assert.equal(state(then(second, timeIsUp(34))), 'missed at 34')
  })

  it('is not yet for the people of a later round', () => {
    assert.equal(then(ownerThenGroup, claims('bo', 3)).call, ownerThenGroup.call)
  })

  it('has moved on from the people of an earlier round', () => {
    const second = then(delegatesThenGroup, timeIsUp(20))
    assert.equal(cards(second)['ed'], 'moved on to group')
    for (const event of [claims('ed', 25), declines('ed', 25)])
      assert.equal(then(second, event).call, second.call)
  })

  it('gives a delegate who is a member one card, and alerts them anew', () => {
    const second = then(delegatesThenGroup, timeIsUp(20))
    assert.equal(partyOf(second.call, 'di')?.alerts, 2)
    assert.deepEqual(done(second), ['show ed', 'show bo', 'show di'])
    assert.deepEqual(cards(second), { ed: 'moved on to group', bo: 'pick up', di: 'pick up' })
  })

  it('lets a delegate stay who was taken out of the group', () => {
    const without = then(delegatesThenGroup, isRemoved('di', 3))
    assert.equal(without.call, delegatesThenGroup.call)
    assert.equal(state(then(without, claims('di', 4))), 'with di')
  })

  it('never alerts anybody again who declined in an earlier round', () => {
    const second = then(delegatesThenGroup, declines('di', 5), timeIsUp(20))
    assert.deepEqual(cards(second), { di: 'declined', ed: 'moved on to group', bo: 'pick up' })
    assert.equal(mayClaim(second.call, 'di'), false)
  })

  it('skips a round whose people are all out already', () => {
    const three = [round(20, delegates('di')), round(30, group('di', 'bo')), round(30, group('cy'))]
    const skipped = then(begun({ rounds: three }), isRemoved('bo', 1), declines('di', 5))
    assert.deepEqual(cards(skipped), { di: 'declined', cy: 'pick up' })
  })

  it('makes a delegate wait for their turn as a member, with the button they had', () => {
    const both = begun({ rounds: [round(20, delegates('cy')), list('bo', 'cy')] })
    const first = then(both, timeIsUp(20))
    assert.deepEqual(cards(first), { cy: 'pick up, turn over', bo: 'pick up' })
    assert.deepEqual(cards(then(first, timeIsUp(40))), { cy: 'pick up', bo: 'pick up, turn over' })
  })

  it('lets a telephone ring out before it goes on', () => {
    const beside = begun({ rounds: [round(20, theOwner, telephone), round(30, group('bo'))] })
    const declined = then(beside, declines('ann', 3))
    assert.deepEqual(cards(declined), { ann: 'declined' })
    assert.deepEqual(cards(then(declined, timeIsUp(20))), { ann: 'declined', bo: 'pick up' })
  })

  it('goes through all rounds that are over when time is noticed late, but half a minute late it is dead', () => {
    assert.deepEqual(cards(then(ownerThenGroup, timeIsUp(45))), {
      ann: 'pick up, turn over',
      bo: 'pick up',
      cy: 'pick up',
    })
    assert.deepEqual(cards(then(ownerThenGroup, timeIsUp(50.001))), { ann: 'missed' })
  })
})
