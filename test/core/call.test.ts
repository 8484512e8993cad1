import assert from 'node:assert/strict'
import { secondsRung } from '../../src/core/call.ts'
import { faceOf } from '../../src/core/face.ts'
import { mayClaim } from '../../src/core/step.ts'
import {
  begun,
  cards,
  claims,
  connects,
  declines,
  done,
  group,
  hangsUp,
  isRemoved,
  round,
  state,
  telephone,
  then,
  timeIsUp,
} from './telling.ts'

const three = begun({ rounds: [round(30, group('bo', 'cy', 'di'))] })

describe('a ringing call', () => {
  it('shows everybody a card', () => {
    assert.deepEqual(done(three), ['show bo', 'show cy', 'show di'])
    assert.deepEqual(cards(three), { bo: 'pick up', cy: 'pick up', di: 'pick up' })
  })

  it('goes to whoever picks up: caller first, then the winner, then the others', () => {
    const taken = then(three, claims('cy', 7))
    assert.deepEqual(done(taken), ['connect cy', 'show cy', 'show bo', 'show di'])
    assert.deepEqual(cards(taken), { bo: 'taken by cy', cy: 'taken by cy', di: 'taken by cy' })
    assert.equal(secondsRung(taken.call, 99_000), 7)
  })

  it('stays with the first when a second picks up too', () => {
    const taken = then(three, claims('cy', 7))
    const again = then(taken, claims('bo', 7.001))
    assert.equal(again.call, taken.call)
    assert.deepEqual(again.effects, [])
  })

  it('does not mind the winner clicking twice', () => {
    const taken = then(three, claims('cy', 7))
    assert.equal(then(taken, claims('cy', 8)).call, taken.call)
    const talking = then(taken, connects(9))
    assert.equal(then(talking, claims('cy', 10)).call, talking.call)
  })

  it('is nothing for strangers', () => {
    assert.equal(then(three, claims('zed', 1)).call, three.call)
    assert.equal(then(three, declines('zed', 1)).call, three.call)
    assert.equal(then(three, isRemoved('zed', 1)).call, three.call)
  })

  it('may be picked up by its owner though only the group rings', () => {
    const taken = then(three, claims('ann', 5))
    assert.equal(state(taken), 'with ann')
    assert.equal(cards(taken)['ann'], 'taken by ann')
    assert.equal(done(taken)[1], 'show ann')
  })

  it('may be picked up by busy members with a silent card and by muted ones without any', () => {
    const lane = { ...group('bo'), silent: [{ person: 'cy', how: 'silent' as const }], mayPull: ['di'] }
    const ringing = begun({ rounds: [round(30, lane)] })
    assert.deepEqual(cards(ringing), { bo: 'pick up', cy: 'pick up' })
    assert.equal(state(then(ringing, claims('cy', 1))), 'with cy')
    assert.equal(cards(then(ringing, claims('di', 1)))['di'], 'taken by di')
  })

  it('rings on for the others when one declines', () => {
    const without = then(three, declines('bo', 3))
    assert.deepEqual(done(without), ['show bo'])
    assert.deepEqual(cards(without), { bo: 'declined', cy: 'pick up', di: 'pick up' })
    assert.equal(state(then(without, claims('cy', 4))), 'with cy')
  })

  it('is out of reach for whoever declined', () => {
    const without = then(three, declines('bo', 3))
    assert.equal(mayClaim(without.call, 'bo'), false)
    for (const event of [claims('bo', 4), declines('bo', 4), isRemoved('bo', 4)])
      assert.equal(then(without, event).call, without.call)
  })

  it('ends as planned the moment the last one declines', () => {
    const all = then(three, declines('bo', 1), declines('cy', 2), declines('di', 3))
    assert.equal(state(all), 'voicemail at 3')
    assert.deepEqual(done(all), ['voicemail', 'show bo', 'show cy', 'show di', 'tell ann'])
    assert.deepEqual(cards(all), { bo: 'voicemail', cy: 'voicemail', di: 'voicemail' })
  })

  it('does not wait for busy and muted members when all who ring declined', () => {
    const lane = { ...group('bo'), silent: [{ person: 'cy', how: 'silent' as const }], mayPull: ['di'] }
    assert.equal(state(then(begun({ rounds: [round(30, lane)] }), declines('bo', 2))), 'voicemail at 2')
  })

  it('rings on when a busy member declines a silent card', () => {
    const lane = { ...group('bo'), silent: [{ person: 'cy', how: 'silent' as const }] }
    assert.equal(state(then(begun({ rounds: [round(30, lane)] }), declines('cy', 2))), 'rings')
  })

  it('names the telephone that rings beside them, and can be picked up by those it rings', () => {
    const ringing = begun({ rounds: [round(20, telephone, group('bo'))] })
    const face = faceOf(ringing.call, 'bo')
    assert.deepEqual(face?.is === 'ringing' && face.alsoRings, ['4711'])
    assert.deepEqual([mayClaim(ringing.call, 'bo'), mayClaim(ringing.call, 'zoe')], [true, false])
  })

  it('is dead when nobody looked for half a minute, also where the source never tells how a hand-over went', () => {
    const rounds = [round(20, group('bo')), round(20, group('cy'))]
    assert.equal(state(then(begun({ rounds, reports: false }), timeIsUp(50.001))), 'missed at 20')
  })

  it('has rung until now while it rings', () => {
    assert.equal(secondsRung(begun({ rounds: [round(30, group('bo'))] }).call, 12_400), 12)
  })

  it('rings the telephone to its end, whoever declines beside it', () => {
    const ringing = then(begun({ rounds: [round(20, group('bo'), telephone)] }), declines('bo', 2))
    assert.equal(state(ringing), 'rings')
    assert.equal(state(then(ringing, timeIsUp(20))), 'voicemail at 20')
  })

  it('is over when somebody answers on the telephone that rings beside it', () => {
    const answered = then(begun({ rounds: [round(20, group('bo'), telephone)] }), connects(6))
    assert.equal(state(answered), 'answered at 6')
    assert.deepEqual(done(answered), ['show bo'])
    assert.deepEqual(cards(answered), { bo: 'answered' })
  })

  it('can no longer be picked up by a member who was taken out of the group', () => {
    const without = then(three, isRemoved('bo', 3))
    assert.deepEqual(done(without), ['show bo'])
    assert.equal(cards(without)['bo'], 'removed')
    assert.equal(then(without, claims('bo', 4)).call, without.call)
    assert.equal(state(then(without, claims('cy', 4))), 'with cy')
  })

  it('moves on when everybody left declined or was taken out of the group', () => {
    const left = then(three, isRemoved('bo', 1), declines('cy', 2), isRemoved('di', 3))
    assert.equal(state(left), 'voicemail at 3')
  })

  it('keeps its winner even when they are taken out of the group before they are connected', () => {
    const without = then(three, claims('bo', 1), isRemoved('bo', 2))
    assert.deepEqual(done(without), [])
    assert.equal(cards(then(without, connects(3)))['bo'], 'answered by bo')
  })
})

describe('a caller who hangs up', () => {
  it('ends the ringing for everybody, without an order to the source', () => {
    const gone = then(three, declines('cy', 5), hangsUp(12))
    assert.equal(state(gone), 'abandoned at 12')
    assert.deepEqual(done(gone), ['show bo', 'show cy', 'show di', 'tell ann'])
    assert.equal(then(gone, claims('bo', 12)).call, gone.call)
  })

  it('ends the call while the winner is being connected', () => {
    const gone = then(three, claims('bo', 5), hangsUp(6))
    assert.equal(state(gone), 'abandoned at 6')
    assert.equal(cards(gone)['bo'], 'abandoned')
  })

  it('changes nothing once the call is over', () => {
    const talking = then(three, claims('bo', 5), connects(6))
    assert.equal(then(talking, hangsUp(60)).call, talking.call)
    assert.equal(state(talking), 'answered at 5')
  })
})

describe('the time of a call', () => {
  it('is not up a millisecond early', () => {
    assert.equal(then(three, timeIsUp(29.999)).call, three.call)
    assert.equal(state(then(three, timeIsUp(30))), 'voicemail at 30')
  })

  it('counts from when it was up, not from when that was noticed', () => {
    assert.equal(state(then(three, timeIsUp(60))), 'voicemail at 30')
  })

  it('rings nobody for a call whose time was up more than half a minute ago', () => {
    const twoRounds = begun({ rounds: [round(20, group('bo')), round(30, group('cy'))] })
    const dead = then(twoRounds, timeIsUp(50.001))
    assert.equal(state(dead), 'missed at 20')
    assert.deepEqual(done(dead), ['missed', 'show bo', 'tell ann'])
  })

  it('raises the version with every change and never otherwise', () => {
    const versions = [three, then(three, declines('bo', 1)), then(three, declines('zed', 1))]
    assert.deepEqual(
      versions.map(({ call }) => call.version - three.call.version),
      [0, 1, 0],
    )
  })
})
