import assert from 'node:assert/strict'
import { inTurn, keep, refuse } from '../../src/core/change.ts'
import { addMembers, setRingOrder } from '../../src/core/members.ts'
import { isWarning } from '../../src/core/refusal.ts'
import { type Subscriber, type Subscribers } from '../../src/core/subscriber.ts'
import { annWith, bos } from './office.ts'

const adds = (names: readonly string[]) => (person: Subscriber, subscribers: Subscribers) =>
  addMembers(person, names, subscribers)

describe('changes in turn', () => {
  it('each see what those before them changed, of the person and of everybody else', () => {
    const office = annWith(['bo'])
    const seen: string[] = []
    const look = (person: Subscriber, subscribers: Subscribers) => {
      const memberships = subscribers('cy').settings.memberships.length
      seen.push(`${person.settings.group.members.join()} ${memberships} ${person.id}`)
      return keep([])
    }
    const change = inTurn(office.who('ann'), [look, adds(['cy']), look, adds(['dee'])], office.who)
    assert.deepEqual(seen, ['bo 0 ann', 'bo,cy 1 ann'])
    assert.deepEqual([...change.sheets.keys()].sort(), ['ann', 'cy', 'dee'])
    office.keep(change)
    assert.deepEqual(office.members('ann'), ['bo', 'cy', 'dee'])
  })

  it('see the person as they are given, not as others know them', () => {
    const office = annWith(['bo'])
    const given = { ...office.who('ann'), settings: annWith(['eve']).sheet('ann') }
    const seen: string[] = []
    inTurn(
      given,
      [
        (person, subscribers) => {
          seen.push(...person.settings.group.members, ...subscribers('ann').settings.group.members)
          seen.push(...subscribers('bo').settings.memberships.map(({ owner }) => owner))
          return keep([])
        },
      ],
      office.who,
    )
    assert.deepEqual(seen, ['eve', 'eve', 'ann'])
  })

  it('keep nothing when one of them is refused, and say why', () => {
    const office = annWith(['bo'])
    const no = { code: 'E_FORBIDDEN' } as const
    const change = inTurn(office.who('ann'), [adds(['cy']), () => refuse(no), adds(['dee'])], office.who)
    assert.deepEqual([change.refusals, change.sheets.size], [[no], 0])
  })

  it('keep only what is not as it was, and warn of what is so in the end', () => {
    const office = annWith(bos(3), 'inOrder')
    const order = (to: 'inOrder' | 'simultaneous') => (person: Subscriber, subscribers: Subscribers) =>
      setRingOrder(person, to, subscribers)
    const steps = [order('simultaneous'), order('inOrder')]
    const change = inTurn(office.who('ann'), steps, office.who)
    assert.equal(change.sheets.size, 0)
    const warning = { code: 'W_ALL_MUTED' } as const
    assert.deepEqual(inTurn(office.who('ann'), [], office.who).warnings, [])
    assert.deepEqual(inTurn(office.who('ann'), [() => keep([], [warning])], office.who).warnings, [warning])
    const forgotten = [() => keep([], [warning]), () => keep([])]
    assert.deepEqual(inTurn(office.who('ann'), forgotten, office.who).warnings, [])
  })
})

describe('what somebody is told of a change', () => {
  it('is a warning, or a refusal', () => {
    assert.equal(isWarning({ code: 'W_ALL_MUTED' }), true)
    assert.equal(isWarning({ code: 'E_FORBIDDEN' }), false)
  })
})
