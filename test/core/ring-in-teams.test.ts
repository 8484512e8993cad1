import assert from 'node:assert/strict'
import { type CallGroup, ringWay } from '../../src/core/call-group.ts'
import { type CallingSettings, neverConfigured } from '../../src/core/calling-settings.ts'
import { setRingOrder } from '../../src/core/members.ts'
import { eligible, globalPolicy } from '../../src/core/policy.ts'
import { asTeamsRings, leftToTeams, ringInTeams } from '../../src/core/ring-in-teams.ts'
import { ringPlan } from '../../src/core/ring-plan.ts'
import { begin, step } from '../../src/core/step.ts'
import { type Subscriber } from '../../src/core/subscriber.ts'

const subscriber = (id: string, settings: Partial<CallingSettings> = {}): Subscriber => ({
  id,
  settings: { ...neverConfigured, ...settings },
  policy: globalPolicy,
  eligibility: eligible,
})
const group = (count: number, more: Partial<CallGroup> = {}): CallGroup => ({
  members: Array.from({ length: count }, (_, index) => `m${index}`),
  order: 'simultaneous',
  isRungByTeams: true,
  ...more,
})
const toGroup = { is: 'on', rule: { type: 'immediate', to: { is: 'group' } } } as const
const alsoGroup = { is: 'on', rule: { type: 'simultaneous', to: { is: 'group' } } } as const
const planOf = (owner: Subscriber) =>
  ringPlan(
    owner,
    { kind: 'pstn' },
    (id) => (id === owner.id ? owner : subscriber(id)),
    () => 'available',
  )
const rung = (settings: Partial<CallingSettings>) => {
  const owner = subscriber('ann', settings)
  return ringInTeams(owner, planOf(owner))
}
const targets = (settings: Partial<CallingSettings>) =>
  rung(settings)?.targets.map((one) => (one.is === 'person' ? one.person : one.number)) ?? null

describe('A group that Teams rings by itself', () => {
  it('is everybody who would ring first, for as long as they would', () => {
    assert.deepEqual(targets({ group: group(2), forwarding: toGroup }), ['m0', 'm1'])
    assert.deepEqual(targets({ group: group(2), forwarding: alsoGroup }), ['ann', 'm0', 'm1'])
    assert.equal(rung({ group: group(2), forwarding: toGroup })?.seconds, 30)
  })

  for (const [after, seconds] of [
    [5, 15],
    [20, 20],
    [60, 60],
  ] as const)
    it(`rings ${seconds} seconds where calls are unanswered after ${after}: Graph takes 15 to 90`, () => {
      const unanswered = { is: 'on', rule: { to: { is: 'voicemail' }, after } } as const
      assert.equal(rung({ group: group(1), forwarding: toGroup, unanswered })?.seconds, seconds)
    })

  it('is left to the cards where Teams cannot do it, or the owner does not want it', () => {
    assert.equal(rung({ group: group(2, { isRungByTeams: false }), forwarding: toGroup }), null)
    assert.equal(rung({ group: group(2, { order: 'inOrder' }), forwarding: toGroup }), null)
    assert.equal(rung({ group: group(2, { order: 'inOrder' }), forwarding: alsoGroup }), null)
    assert.equal(rung({ group: group(2) }), null, 'calls do not go to the group')
    assert.equal(rung({ group: group(25), forwarding: toGroup })?.targets.length, 25)
    assert.equal(rung({ group: group(25), forwarding: alsoGroup }), null, '26 are more than Graph takes')
  })

  it('is one of three ways to ring, and each takes back the others', () => {
    let owner = subscriber('ann', { group: group(2, { isRungByTeams: undefined }) })
    for (const way of ['byTeams', 'inOrder', 'byTeams', 'simultaneous'] as const) {
      const { sheets } = setRingOrder(owner, way, (id) => subscriber(id))
      owner = { ...owner, settings: sheets.get('ann') ?? owner.settings }
      assert.equal(ringWay(owner.settings.group), way)
      assert.equal(setRingOrder(owner, way, (id) => subscriber(id)).sheets.size, 0)
    }
  })

  it('makes a call end at once as left to Teams, which changes nothing any more', () => {
    const owner = subscriber('ann', { group: group(2), forwarding: toGroup })
    const plan = planOf(owner)
    const offer = { id: 'c', owner: 'ann', caller: { kind: 'pstn' }, plan: leftToTeams(plan) } as const
    const { call, effects } = begin({ ...offer, reportsConnection: true }, 1)
    assert.deepEqual([call.state.is === 'ended' && call.state.outcome, effects], ['leftToTeams', []])
    assert.equal(step(call, { is: 'callerHungUp', at: 2 }).call, call)
    const [first, ...later] = asTeamsRings(owner, {
      ...plan,
      rounds: [...plan.rounds, ...plan.rounds],
    }).rounds
    assert.deepEqual([first, later], [{ ...plan.rounds[0], seconds: 30 }, []])
    assert.deepEqual(asTeamsRings(owner, plan).end, { is: 'leftToTeams' })
    assert.equal(asTeamsRings(subscriber('ann'), plan), plan)
  })
})
