import assert from 'node:assert/strict'
import { type PlannedEnd, type PlanRule } from '../../src/core/ring-plan.ts'
import {
  begun,
  claims,
  connects,
  done,
  group,
  hangsUp,
  missed,
  round,
  state,
  theOwner,
  then,
  timeIsUp,
  voicemail,
} from './telling.ts'

const toPat: PlannedEnd = { is: 'transfer', to: { is: 'person', person: 'pat' } }
const toNumber: PlannedEnd = { is: 'transfer', to: { is: 'number', number: '+442079460000' } }

/** Ends at once: the rule, the planned end, how the call ended, and what was done. */
const atOnce: ReadonlyArray<readonly [PlanRule, PlannedEnd, string, readonly string[]]> = [
  ['R1', { is: 'reject' }, 'rejected', ['reject']],
  ['R2', voicemail, 'voicemail', ['voicemail', 'tell ann']],
  ['R2', missed, 'missed', ['missed', 'tell ann']],
  ['R3', toPat, 'forwarded', ['forward to pat', 'tell ann']],
  ['R4', voicemail, 'voicemail', ['voicemail']],
  ['R5', toPat, 'forwarded', ['forward to pat']],
  ['R5', toNumber, 'forwarded', ['forward to +442079460000']],
  ['R9', { is: 'busy' }, 'busy', ['busy']],
  ['R10', missed, 'missed', ['missed', 'tell ann']],
  ['R11', voicemail, 'voicemail', ['voicemail', 'tell ann']],
]

describe('a call that rings nobody', () => {
  for (const [rule, end, outcome, effects] of atOnce) {
    it(`ends at once by rule ${rule}: ${effects.join(', ')}`, () => {
      const ended = begun({ rule, end })
      assert.equal(state(ended), `${outcome} at 0`)
      assert.deepEqual(done(ended), effects)
    })
  }

  it('never changes again, whatever happens', () => {
    const ended = begun({ end: missed })
    for (const event of [claims('ann', 1), hangsUp(1), connects(1), timeIsUp(99)])
      assert.equal(then(ended, event).call, ended.call)
  })
})

describe('the notice of a missed call', () => {
  const groupOnly = begun({ rounds: [round(20, group('bo'))] })

  it('goes to an owner who was never rung when nobody answered', () => {
    assert.ok(done(then(groupOnly, timeIsUp(20))).includes('tell ann'))
    assert.ok(done(then(groupOnly, hangsUp(5))).includes('tell ann'))
  })

  it('goes to nobody when somebody answered', () => {
    const talking = then(groupOnly, claims('bo', 5), connects(6))
    assert.deepEqual(done(talking), ['show bo'])
  })

  it('does not go to an owner who saw the call ring', () => {
    const both = begun({ rounds: [round(20, theOwner, group('bo'))] })
    assert.deepEqual(done(then(both, timeIsUp(20))), ['voicemail', 'show ann', 'show bo'])
  })

  it('does not go to an owner who picked up and lost the caller on the way', () => {
    const lost = then(groupOnly, claims('ann', 5), hangsUp(6))
    assert.deepEqual(done(lost), ['show bo', 'show ann'])
  })
})
