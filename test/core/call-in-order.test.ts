import assert from 'node:assert/strict'
import { type Call, nextDue } from '../../src/core/call.ts'
import { faceOf } from '../../src/core/face.ts'
import { callGroup, voicemail } from '../../src/core/target.ts'
import { group as aGroupOf, planFor } from './plan-in-words.ts'
import { alsoRing, forwardAtOnce, memberId, owner, unansweredTo } from './situations.ts'
import { begunAs, begun, cards, claims, declines, isRemoved, list, state, then, timeIsUp } from './telling.ts'

const five = begun({ rounds: [list('bo', 'cy', 'di', 'ed', 'fay')] })

/** A call as planned from settings: five members in order, the owner's voicemail after so many seconds. */
function planned(given: Parameters<typeof planFor>[0]) {
  const plan = planFor({ ...aGroupOf(5), order: 'inOrder', ...given })
  return begunAs({ id: 'call 1', owner, caller: { kind: 'internal' }, plan, reportsConnection: true })
}

/** Who rings now, by the number of the member. */
function ringing({ parties }: Call): readonly string[] {
  return parties.filter(({ standing }) => standing === 'ringing').map(({ person }) => person)
}

describe('a group that rings in order', () => {
  it('rings one member after the other for 20 seconds, then goes on as planned', () => {
    const turns = [0, 20, 40, 60, 80].map((second) => ringing(then(five, ...ticks(second)).call))
    assert.deepEqual(turns, [['bo'], ['cy'], ['di'], ['ed'], ['fay']])
    assert.equal(state(then(five, ...ticks(99))), 'rings')
    assert.equal(state(then(five, ...ticks(100))), 'voicemail at 100')
  })

  it('leaves the button to members whose turn is over', () => {
    const second = then(five, timeIsUp(20))
    assert.deepEqual(cards(second), { bo: 'pick up, turn over', cy: 'pick up' })
    assert.equal(state(then(second, claims('bo', 25))), 'with bo')
  })

  it('may be picked up by a member whose turn has not come', () => {
    assert.equal(state(then(five, claims('fay', 3))), 'with fay')
  })

  it('gives nobody a turn any more once somebody picked up', () => {
    const taken = then(five, claims('bo', 19))
    assert.equal(nextDue(taken.call), 49_000)
    assert.equal(then(taken, timeIsUp(20)).call, taken.call)
  })

  it('names on a card only the one whose turn it is', () => {
    const faces = ['bo', 'cy'].map((person) => faceOf(then(five, timeIsUp(20)).call, person))
    assert.deepEqual(
      faces.map((face) => face?.is === 'ringing' && face.alsoRings),
      [['cy'], []],
    )
  })

  it('gives the next member their turn at once when the one before declines', () => {
    const plan = planned({ forwarding: forwardAtOnce(callGroup) })
    const third = then(plan, timeIsUp(20), declines(memberId(1), 25))
    assert.deepEqual(ringing(third.call), [memberId(2)])
    const dues = [45, 65].map((second) => then(third, timeIsUp(second)))
    assert.equal(nextDue(third.call), 45_000)
    assert.deepEqual(
      dues.map(({ call }) => ringing(call)),
      [[memberId(3)], [memberId(4)]],
    )
    assert.equal(state(then(third, timeIsUp(45), timeIsUp(65), timeIsUp(85))), 'voicemail at 85')
  })

  it('lets the turn be when somebody declines whose turn is over', () => {
    const second = then(five, timeIsUp(20), declines('bo', 25))
    assert.deepEqual(ringing(second.call), ['cy'])
    assert.equal(nextDue(second.call), 40_000)
  })

  it('goes on as planned the moment the last one declines in their turn', () => {
    const all = ['bo', 'cy', 'di', 'ed', 'fay'].map((person, second) => declines(person, second + 1))
    assert.equal(state(then(five, ...all)), 'voicemail at 5')
  })

  it('ends with the last turn though members before could still pick up', () => {
    const last = then(five, ...ticks(80), declines('fay', 84))
    assert.equal(state(last), 'voicemail at 84')
  })

  it('passes over members who were taken out of the group', () => {
    const without = then(five, isRemoved('cy', 5), timeIsUp(20))
    assert.deepEqual(ringing(without.call), ['di'])
    assert.deepEqual(ringing(then(without, isRemoved('di', 22)).call), ['ed'])
  })

  it('rings whose turn it is when the time is noticed late', () => {
    const late = then(five, timeIsUp(45))
    assert.deepEqual(ringing(late.call), ['di'])
    assert.equal(nextDue(late.call), 60_000)
  })
})

describe('a group that also rings in order', () => {
  const given = { forwarding: alsoRing(callGroup), unanswered: unansweredTo(voicemail, 60) }
  const ringsBoth = planned(given)

  it('rings beside its owner, who rings all the time, and stops with the delay', () => {
    const turns = [0, 20, 40].map((second) => ringing(then(ringsBoth, ...ticks(second)).call))
    assert.deepEqual(
      turns,
      [0, 1, 2].map((turn) => [owner, memberId(turn)]),
    )
    assert.equal(state(then(ringsBoth, ...ticks(60))), 'voicemail at 60')
  })

  it('cuts a turn short when the delay is over', () => {
    const half = planned({ ...given, unanswered: unansweredTo(voicemail, 30) })
    const second = then(half, timeIsUp(20))
    assert.deepEqual(ringing(second.call), [owner, memberId(1)])
    assert.equal(nextDue(second.call), 30_000)
    assert.equal(state(then(second, timeIsUp(30))), 'voicemail at 30')
  })

  it('rings on in order when the owner declines', () => {
    const alone = then(ringsBoth, declines(owner, 5), timeIsUp(20))
    assert.deepEqual(ringing(alone.call), [memberId(1)])
  })

  it('leaves the owner ringing when its list is over', () => {
    const short = planned({ ...given, ...aGroupOf(2), unanswered: unansweredTo(voicemail, 60) })
    const over = then(short, ...ticks(40))
    assert.deepEqual(ringing(over.call), [owner])
    assert.equal(state(then(over, claims(memberId(0), 50))), `with ${memberId(0)}`)
    assert.equal(state(then(over, timeIsUp(60))), 'voicemail at 60')
  })

  it('goes on as planned the moment everybody declined, whoever had a turn', () => {
    const short = planned({ ...given, ...aGroupOf(2), unanswered: unansweredTo(voicemail, 60) })
    const all = [owner, memberId(0), memberId(1)].map((person, second) => declines(person, second + 1))
    assert.equal(state(then(short, ...all)), 'voicemail at 3')
  })
})

describe('a group in order for unanswered calls', () => {
  it('begins when the owner has not answered, gives everybody their turn and ends missed', () => {
    const unanswered = planned({ unanswered: unansweredTo(callGroup, 20) })
    assert.deepEqual(ringing(then(unanswered, timeIsUp(20)).call), [memberId(0)])
    assert.deepEqual(ringing(then(unanswered, ...ticks(100)).call), [memberId(4)])
    assert.equal(state(then(unanswered, ...ticks(120))), 'missed at 120')
  })

  it('begins at once when the owner declines', () => {
    const unanswered = then(planned({ unanswered: unansweredTo(callGroup, 20) }), declines(owner, 4))
    assert.deepEqual(ringing(unanswered.call), [memberId(0)])
    assert.equal(nextDue(unanswered.call), 24_000)
  })
})

/** Time noticed every 20 seconds until then. */
function ticks(until: number) {
  return Array.from({ length: Math.floor(until / 20) }, (_, count) => timeIsUp((count + 1) * 20))
}
